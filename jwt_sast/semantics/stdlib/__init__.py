"""What the standard library's names, items and functions give."""
