"""Terraform as facts: its language, values, providers, plans, states and where those are kept."""
