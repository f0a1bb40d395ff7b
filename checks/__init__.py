"""The checks that ship with jwt-sast, one module each."""
