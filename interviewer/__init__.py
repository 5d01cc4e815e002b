"""A mock interviewer for bank AI roles: the model writes words, the code keeps the score."""

__version__ = "0.1.0"
