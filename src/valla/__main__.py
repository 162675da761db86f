"""`python -m valla`."""

from valla.cli import main

main()
