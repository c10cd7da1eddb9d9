"""Feeds of incidents: from a file as its source writes it to one Parquet file (docs/specs/incidents.md).

A row of the source stands in the output, or is reported as kept out with the reason. Nothing is dropped in silence, and
nothing is guessed: what can be read in two ways is not read.
"""
