"""Checkpoint: training and self-check for people who ship infrastructure."""
