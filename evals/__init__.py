"""Evaluation: is the grading worth trusting? Not part of the installed product."""
