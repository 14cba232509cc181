"""Flux: fetched revisions, Kustomizations that are applied again and again."""
