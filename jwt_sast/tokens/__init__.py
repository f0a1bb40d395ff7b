"""What JSON Web Tokens are: algorithms, claims, keys, and the events that library models speak in. Names no library."""
