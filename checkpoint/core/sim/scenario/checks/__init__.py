"""What a goal can ask of the world: one kind of check for each system."""
