"""Document -> Sentence: the only folder that knows spaCy."""

from onrecord.sentences.parse import SENTENCES

__all__ = ["SENTENCES"]
