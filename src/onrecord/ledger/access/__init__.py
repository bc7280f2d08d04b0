"""Who may ask a desk on a server for what: accounts and their roles, log-ins, tokens for programs, and the log."""

from onrecord.ledger.access.access import Access
from onrecord.ledger.access.accounts import Account, Accounts
from onrecord.ledger.access.audit import Audit, Event
from onrecord.ledger.access.names import folded
from onrecord.ledger.access.rights import ALL, RIGHTS, ROLES, Actor, Right, Role, granted, rights_of, role_of
from onrecord.ledger.access.sessions import LONGEST, Sessions
from onrecord.ledger.access.tokens import DAYS, Token, Tokens

__all__ = [
    "ALL",
    "DAYS",
    "LONGEST",
    "RIGHTS",
    "ROLES",
    "Access",
    "Account",
    "Accounts",
    "Actor",
    "Audit",
    "Event",
    "Right",
    "Role",
    "Sessions",
    "Token",
    "Tokens",
    "folded",
    "granted",
    "rights_of",
    "role_of",
]
