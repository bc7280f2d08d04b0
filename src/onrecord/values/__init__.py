"""The frozen values that travel through onrecord, from a document to its claims."""

from onrecord.values.annotation import Amount, Annotation, When, annotation_of
from onrecord.values.capture import UPLOAD, Capture
from onrecord.values.claim import (
    Basis,
    Claim,
    Figure,
    Kind,
    Moment,
    Party,
    Place,
    Quoted,
    Status,
    Thing,
    Type,
)
from onrecord.values.document import Box, Document
from onrecord.values.draft import Draft
from onrecord.values.errors import (
    DocumentError,
    FetchError,
    KnowledgeError,
    LedgerError,
    ModelError,
    OnrecordError,
    RequestError,
)
from onrecord.values.identity import content_id
from onrecord.values.mention import Attribution, Entity, ItemMention, Mentions, Quantity, Quotation, Time
from onrecord.values.opinion import Opinion, Pick
from onrecord.values.overlaps import Overlaps
from onrecord.values.reading import Fault, Reading
from onrecord.values.sentence import Sentence, Token
from onrecord.values.series import Grouping, Link, Measure, Mode, Point, Relation, Series, SeriesKey, Voice
from onrecord.values.span import Quote, Span, hull, quote

__all__ = [
    "UPLOAD",
    "Amount",
    "Annotation",
    "Attribution",
    "Basis",
    "Box",
    "Capture",
    "Claim",
    "Document",
    "DocumentError",
    "Draft",
    "Entity",
    "Fault",
    "FetchError",
    "Figure",
    "Grouping",
    "ItemMention",
    "Kind",
    "KnowledgeError",
    "LedgerError",
    "Link",
    "Measure",
    "Mentions",
    "Mode",
    "ModelError",
    "Moment",
    "OnrecordError",
    "Opinion",
    "Overlaps",
    "Party",
    "Pick",
    "Place",
    "Point",
    "Quantity",
    "Quotation",
    "Quote",
    "Quoted",
    "Reading",
    "Relation",
    "RequestError",
    "Sentence",
    "Series",
    "SeriesKey",
    "Span",
    "Status",
    "Thing",
    "Time",
    "Token",
    "Type",
    "Voice",
    "When",
    "annotation_of",
    "content_id",
    "hull",
    "quote",
]
