"""Practice outside an interview: critique of single answers."""
