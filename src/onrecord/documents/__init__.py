"""From bytes to captures and documents: files, folders, archives, standard input and URLs, in many formats."""

from onrecord.documents.inputs import Upload, captures, read, uploaded
from onrecord.documents.options import MAX_BYTES, MAX_CHARACTERS, Failure, Options
from onrecord.documents.records import document_from
from onrecord.documents.reports import documents

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "Failure",
    "Options",
    "Upload",
    "captures",
    "document_from",
    "documents",
    "read",
    "uploaded",
]
