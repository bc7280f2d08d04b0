"""Who or what a phrase means: names, pronouns, descriptions and nameless sources, resolved within the document."""

from onrecord.mentions.parties.resolve import Parties

__all__ = ["Parties"]
