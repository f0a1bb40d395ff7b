"""What maintainers run by hand; none of it is installed."""
