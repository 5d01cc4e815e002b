"""The committee: votes, a decision by rules, dissent, and what would have changed it."""
