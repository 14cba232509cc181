"""Kustomize as a function: a tree of files gives the objects of a folder, without a cluster."""
