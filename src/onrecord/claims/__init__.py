"""Mention -> Claim: candidate figures and events, and the stages that fill in each field."""
