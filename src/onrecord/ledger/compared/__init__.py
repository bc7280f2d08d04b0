"""How the claims of a ledger compare: what they measure, kept beside them; series and links, kept up to date."""
