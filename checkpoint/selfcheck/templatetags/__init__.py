"""Template filters of the self-check."""
