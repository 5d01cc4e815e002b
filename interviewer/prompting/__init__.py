"""Prompt files, the library that renders them, and the fence around untrusted text."""
