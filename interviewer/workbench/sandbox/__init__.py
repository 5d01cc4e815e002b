"""Running code that a candidate wrote, where it can reach nothing."""
