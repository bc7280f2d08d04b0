"""From bytes to captures and documents: files, folders, archives, standard input and URLs, in many formats."""

from onrecord.documents.inputs import Upload, captures, read, uploaded
from onrecord.documents.options import MAX_BYTES, MAX_CHARACTERS, Failure, Options
from onrecord.documents.records import document_from
from onrecord.documents.reports import as_text, documents

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "Failure",
    "Options",
    "Upload",
    "as_text",
    "captures",
    "document_from",
    "documents",
    "read",
    "uploaded",
]
