"""The sentence model: found, checked, converted, opened; grading is handed an encoder and knows no files."""
