"""The demo's desk: what its instructor assigned and decided, and what its learners appealed."""
