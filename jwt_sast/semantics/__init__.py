"""What Python code means: names, values and the forward abstract interpreter. Knows nothing of tokens."""
