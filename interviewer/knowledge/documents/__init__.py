"""The user's own documents (résumé, job description, notes): read, kept apart, searched, forgotten.

They never enter the shipped index and are never offered as a citation.
"""
