"""Judging a candidate's code: it is called in the sandbox, and compared outside of it."""
