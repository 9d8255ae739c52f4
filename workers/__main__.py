"""`python -m workers` is `wireroom`."""

from workers.cli import main

main()
