"""Measures the speed of jwt-sast on whatever source it is given; no part of what is installed."""
