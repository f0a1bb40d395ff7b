"""JWT2xx: claims that are checked."""
