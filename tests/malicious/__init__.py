"""What a malicious host can try, and who finds it out: played for real, and told in docs/malicious-host.md."""
