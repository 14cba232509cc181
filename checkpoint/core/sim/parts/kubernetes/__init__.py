"""Kubernetes clusters: objects, who may touch them, and the controllers that act on them."""
