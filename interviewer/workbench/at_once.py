"""How many of the candidates' programs run at the same time, and as many of their queries."""

import os

RUNS_AT_ONCE = max(1, (os.cpu_count() or 2) - 1)
"""One processor is left to whoever else uses the server; further runs wait for their turn."""
