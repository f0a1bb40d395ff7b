"""`python -m jwt_sast` is the console script by another name."""

from jwt_sast.cli import main

main()
