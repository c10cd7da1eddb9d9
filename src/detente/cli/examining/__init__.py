"""What `detente doctor` looks at, one file for each place it looks; each look yields findings and changes nothing."""
