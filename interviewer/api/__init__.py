"""The HTTP API: thin routes over the same application functions as the command line."""
