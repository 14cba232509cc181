"""A bad change sent down the line, with some guardrails on: how far it gets, and what each of them does."""
