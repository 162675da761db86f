"""What a user would do instead: others' ways to find a claim, run beside ours."""
