"""Exercises: a start, goals over world and events, and a session that a learner plays."""
