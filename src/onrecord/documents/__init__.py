"""From bytes to documents: files, folders, standard input and URLs; text, HTML, JSON Lines."""

from onrecord.documents.inputs import read
from onrecord.documents.options import MAX_BYTES, MAX_CHARACTERS, Failure, Options
from onrecord.documents.records import document_from

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "Failure", "Options", "document_from", "read"]
