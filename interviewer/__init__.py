"""A mock interviewer for bank AI roles: the model writes words, the code keeps the score."""

import os

__version__ = "0.1.0"

# Before numpy is loaded: its products are small here, and OpenBLAS lets a second thread spin through
# each of them. An answer takes twice the processor time that way, and no less by the clock.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
