"""Which address of the API asks for what: the table from which both the routes and the OpenAPI description are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from onrecord.ledger import RELATIONS
from onrecord.ledger.access import Right
from onrecord.ledger.search.query import MAX_LENGTH
from onrecord.series.rules import RULES
from onrecord.web.api import answers
from onrecord.web.api.answers import LIMIT

Schema = dict[str, Any]


class Parameter(msgspec.Struct, frozen=True):
    """What may be asked: its name, where it stands, its JSON schema, and what it is about."""

    name: str
    where: Literal["query", "path", "header"]
    schema: Schema
    about: str


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """One address.

    Attributes:
        path: below ``/api/v1``. answers: what answers.
        about: in a sentence. parameters: what may be asked.
        body: component of what is sent, if anything is. gives: component of what is given.
        status: when all is well. refuses: other statuses that it may give.
        needs: what whoever asks must be allowed to do.
    """

    method: Literal["get", "post"] = "get"
    path: str
    answers: Callable[..., Any]
    about: str
    parameters: tuple[Parameter, ...] = ()
    body: str | None = None
    gives: str
    status: int = 200
    refuses: tuple[int, ...] = (400,)
    needs: Right = "read"


_DAY: Schema = {"type": "string", "format": "date"}
_WORD: Schema = {"type": "string", "minLength": 1, "maxLength": 200}
_AS_OF = Parameter("as_of", "query", _DAY, "Only what the world could know on that day.")
_LIMIT = Parameter("limit", "query", {"type": "integer", "minimum": 1, "maximum": LIMIT}, "How many at most.")
_CURSOR = Parameter(
    "cursor", "query", {"type": "string", "pattern": "^[0-9]{1,18}$"}, "The field `next` of the page before."
)
_ID = Parameter("id", "path", _WORD, "The id, or a beginning of it that no other has.")
_KEY = Parameter("Idempotency-Key", "header", _WORD, "The same key and body again are answered alike, and done once.")
_MATCH = Parameter("If-Match", "header", _WORD, "The ETag of the claim as you saw it; refused when it has changed.")
_NUMBER = Parameter("number", "path", {"type": "integer", "minimum": 1, "maximum": 10**9}, "Of the job.")
_RELATION = Parameter("relation", "query", {"enum": list(RELATIONS)}, "By default `disagrees`.")
_RULE = Parameter("rule", "query", {"enum": list(RULES)}, "A house rule.")
_NAME = Parameter("name", "query", _WORD, "Its canonical name, or its id.")
_SINCE = Parameter("since", "query", {"type": "string", "format": "date-time"}, "The moment.")
_PAGES = (_AS_OF, _LIMIT, _CURSOR)
_QUESTION = Parameter(
    "q", "query", {"type": "string", "maxLength": MAX_LENGTH}, "In the language of `onrecord search`."
)

ENDPOINTS = (
    Endpoint(path="/claims", answers=answers.claims, about="Claims, newest report first.",
             parameters=(_QUESTION, *_PAGES), gives="ClaimPage"),
    Endpoint(path="/claims/{id}", answers=answers.claim, about="One claim with its judgements and links.",
             parameters=(_ID,), gives="ClaimInFull", refuses=(404,)),
    Endpoint(method="post", path="/claims/{id}/judgements", answers=answers.judge, about="Judge a claim.",
             parameters=(_ID, _MATCH, _KEY), body="NewJudgement", gives="Judgement", status=201,
             refuses=(400, 404, 412, 422), needs="review"),
    Endpoint(path="/documents", answers=answers.documents, about="Reports, the last that came in first.",
             parameters=_PAGES, gives="DocumentPage"),
    Endpoint(path="/documents/{id}", answers=answers.document, about="One report with its text and its captures.",
             parameters=(_ID,), gives="DocumentInFull", refuses=(404,)),
    Endpoint(method="post", path="/documents", answers=answers.add,
             about="Hand a report over, to be read in the background.",
             parameters=(_KEY,), body="NewDocument", gives="Job", status=202, refuses=(400, 422),
             needs="add"),
    Endpoint(path="/jobs/{number}", answers=answers.job, about="What became of what was handed over.",
             parameters=(_NUMBER,),
             gives="Job", refuses=(400, 404)),
    Endpoint(path="/series", answers=answers.series_list, about="Series, those that moved last first.",
             parameters=_PAGES, gives="SeriesPage"),
    Endpoint(path="/series/{id}", answers=answers.series, about="One series, as of a day and by a house rule.",
             parameters=(_ID, _AS_OF, _RULE),
             gives="SeriesInFull", refuses=(400, 404)),
    Endpoint(path="/links", answers=answers.links, about="Links of one kind, those found last first.",
             parameters=(_RELATION, _LIMIT, _CURSOR),
             gives="LinkPage"),
    Endpoint(path="/sources", answers=answers.source, about="What a source claims, and how its figures moved.",
             parameters=(_NAME, _CURSOR),
             gives="Source", refuses=(400, 404)),
    Endpoint(path="/changes", answers=answers.changes,
             about="What came in since a moment; in the last week by default.",
             parameters=(_SINCE,),
             gives="Changes"),
)  # fmt: skip
