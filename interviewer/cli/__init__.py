"""The command line; it holds no rule. Heavy imports stay inside the commands."""
