"""What libraries do, one module each: a table of qualified names, and code only where a library is peculiar."""
