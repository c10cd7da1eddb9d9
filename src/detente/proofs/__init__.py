"""Proofs: what somebody can check offline, without the host. On floor 7, below the views."""
