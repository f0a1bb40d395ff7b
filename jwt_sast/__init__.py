"""Finds JSON Web Token misuse in Python code."""
