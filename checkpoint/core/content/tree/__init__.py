"""Steps on the element tree that Markdown makes, each a function of the tree and the work."""
