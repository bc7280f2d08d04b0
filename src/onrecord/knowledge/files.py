"""Every knowledge file with its schema: CSV files of rows, TOML files of tables."""

from __future__ import annotations

from onrecord.knowledge.basis import Signs
from onrecord.knowledge.comparing import Comparing
from onrecord.knowledge.cues import Cues
from onrecord.knowledge.entries import (
    Alias,
    Body,
    Country,
    Dealing,
    Expression,
    Homonym,
    Kinds,
    Nouns,
    Person,
    Region,
    Roles,
)
from onrecord.knowledge.equipment import Item, Likeness
from onrecord.knowledge.fates import Fates
from onrecord.knowledge.frames import Frames, NounClasses
from onrecord.knowledge.gazetteer import NAMES, PLACES
from onrecord.knowledge.hedges import Hedges
from onrecord.knowledge.quantities import (
    ContextFile,
    CountedFile,
    CurrencyFile,
    DistractorFile,
    MeasureFile,
    ModifierFile,
    NumeralFile,
)
from onrecord.knowledge.times import Times

ROWS: dict[str, type] = {
    "aliases.csv": Alias,
    "bodies.csv": Body,
    "countries.csv": Country,
    "dealings.csv": Dealing,
    "equipment.csv": Item,
    "expressions.csv": Expression,
    "homonyms.csv": Homonym,
    "likenesses.csv": Likeness,
    "people.csv": Person,
    "regions.csv": Region,
}
TABLES: dict[str, type] = {
    "anonymous.toml": Nouns,
    "basis.toml": Signs,
    "bodies_kinds.toml": Kinds,
    "contexts.toml": ContextFile,
    "counted.toml": CountedFile,
    "cues.toml": Cues,
    "distractors.toml": DistractorFile,
    "comparing.toml": Comparing,
    "fates.toml": Fates,
    "frames.toml": Frames,
    "hedges.toml": Hedges,
    "modifiers.toml": ModifierFile,
    "money.toml": CurrencyFile,
    "nouns.toml": NounClasses,
    "numerals.toml": NumeralFile,
    "roles.toml": Roles,
    "times.toml": Times,
    "units.toml": MeasureFile,
}
# Searched where they lie, by knowledge/gazetteer.py.
SEARCHED = (PLACES, NAMES)
