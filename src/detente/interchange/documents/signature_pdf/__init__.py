"""The PDF for signature: an edition typeset in its languages, with its digest and position on every page."""
