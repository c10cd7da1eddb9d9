"""Minutes in plain text: time, who, what. The kinds of acts are the one schema; nothing is defined twice.

A line is `<time> <phrase>`, where the phrase is the kind's own; the other fields follow, indented. Printing an
act and reading it back gives the same act, for every kind. docs/guide/minutes.md shows the language.
"""
