"""The evaluation suite: six pieces of work, run by Inspect AI or plainly, and their floors.

`suite.WORKS` holds them. Nothing but `with_inspect` needs Inspect AI (dependency group `evals`), so
that floors and negative controls are enforced where it is not installed.
"""
