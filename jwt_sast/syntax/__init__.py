"""From the bytes of a file to a tree that can be walked and asked for places; knows Python's syntax, nothing of JWT."""
