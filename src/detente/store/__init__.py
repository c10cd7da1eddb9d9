"""Floor 8: the store. One port (`port.py`), and every implementation passes one conformance suite."""
