"""onrecord: the claims that news reports put on record, with who asserted them and the exact words."""
