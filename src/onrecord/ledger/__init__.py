"""The ledger: captures, documents, readings and claims, kept in SQLite or PostgreSQL and never overwritten."""

from onrecord.ledger.claims import Claims, Page
from onrecord.ledger.compared.compared import RELATIONS, Account, Compared, Told
from onrecord.ledger.compared.differences import Difference
from onrecord.ledger.entries import CaptureNote, Entry, Heading, Judgement, Report
from onrecord.ledger.harvest import Counts, Harvest
from onrecord.ledger.ledger import Ledger

__all__ = [
    "RELATIONS",
    "Account",
    "CaptureNote",
    "Claims",
    "Compared",
    "Counts",
    "Difference",
    "Entry",
    "Harvest",
    "Heading",
    "Judgement",
    "Ledger",
    "Page",
    "Report",
    "Told",
]
