"""The rules of an interview, pure: no I/O, no clock, no randomness, no framework but pydantic."""
