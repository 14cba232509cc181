"""Commands of the self-check."""
