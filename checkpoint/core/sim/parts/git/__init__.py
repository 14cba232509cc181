"""Git as facts: objects, index, refs, history, merging. Real formats, real hashes, no disk."""
