"""`python -m interviewer` is the command line."""

from interviewer.cli.main import main

main()
