"""detente keeps the record of a mediated negotiation.

The house has ten floors; a floor imports only from floors below it (docs/adr/0001-the-house.md).
"""

__version__ = "0.1.0"
