"""``python -m onrecord.cli``."""

from onrecord.cli.main import main

main()
