"""Benchmarks: what the product promises about time, memory and tokens, measured on real parts.

`python -m benchmarks [NAME ...]` runs all or some and writes `benchmarks/RESULTS.md`. Nothing is
simulated but the language model, which is the scripted server of the tests.
"""
