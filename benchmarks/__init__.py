"""Benchmarks. `python -m benchmarks` prints one table: medians, the peer or limit measured in the same run, ratios."""
