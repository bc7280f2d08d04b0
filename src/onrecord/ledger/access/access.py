"""All that decides who may ask a desk on a server for what."""

from __future__ import annotations

from sqlalchemy import Engine

from onrecord.ledger.access.accounts import Accounts
from onrecord.ledger.access.audit import Audit
from onrecord.ledger.access.sessions import Sessions
from onrecord.ledger.access.tokens import Tokens


class Access:
    """The accounts of a ledger, their sessions and tokens, and the log of what they did."""

    def __init__(self, engine: Engine) -> None:
        self.accounts = Accounts(engine)
        self.sessions = Sessions(engine)
        self.tokens = Tokens(engine)
        self.audit = Audit(engine)
