"""What `detente verify` checks: one file a container, each told by its first line."""
