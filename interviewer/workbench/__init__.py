"""The workbench: running the candidate's code and queries, and the boards they draw."""
