"""The ledger: captures, documents, readings and claims, kept in SQLite or PostgreSQL and never overwritten."""

from onrecord.ledger.claims import FACETS, Claims, Page
from onrecord.ledger.compared.compared import RELATIONS, Account, Compared, LinkPage
from onrecord.ledger.compared.differences import Difference
from onrecord.ledger.compared.linked import Told
from onrecord.ledger.entries import CaptureNote, Entry, Heading, Judgement, Report
from onrecord.ledger.harvest import Counts, Harvest
from onrecord.ledger.ledger import Ledger
from onrecord.ledger.recent import News
from onrecord.ledger.review import Added, Agreement, Decision, Review

__all__ = [
    "FACETS",
    "RELATIONS",
    "Account",
    "Added",
    "Agreement",
    "CaptureNote",
    "Claims",
    "Compared",
    "Counts",
    "Decision",
    "Difference",
    "Entry",
    "Harvest",
    "Heading",
    "Judgement",
    "Ledger",
    "LinkPage",
    "News",
    "Page",
    "Report",
    "Review",
    "Told",
]
