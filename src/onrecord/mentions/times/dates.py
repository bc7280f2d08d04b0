"""Dates of the calendar: "27 March 2025", "Mar. 27", "Thursday, January 9", "27/03/2025", "March", "Monday"."""

from __future__ import annotations

import calendar

from onrecord.mentions.times.line import Line
from onrecord.mentions.times.meaning import Calendar, Interval, Match, Repeat
from onrecord.mentions.times.years import year_after

_MONTH_BEFORE = {
    "in", "since", "of", "by", "until", "till", "from", "to", "during", "early", "late", "mid", "last", "this", "next",
    "and", "between", "through", "before", "after", "-", "for", "or", "throughout", "beyond", "into", "around", "than",
    "every", "each", "on", "past", "coming", "previous", "as", "with", "over", ",", "(", "about", "against", "at",
    "alone", "starting", "beginning",
}  # fmt: skip
# Words that, right after "May" or "March", show that it is no month.
_NOT_AFTER_MONTH = {"on", "be", "have", "not", "well", "'", "also", "still", "madness", "for", "against"}
_AMBIGUOUS = {"may", "march", "august", "june", "april", "jan"}
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NAMES = {"ORG", "PERSON", "WORK_OF_ART", "FAC", "PRODUCT", "NORP"}
_COLOURS = {"black", "bloody", "cyber", "super", "ash", "palm", "holy", "maundy"}


def day_number(line: Line, index: int) -> int | None:
    """The atom as a day of the month: "7", "07", "27th"."""
    value = line.ordinal(index)
    if value is None and len(line.word(index)) <= 2:
        value = line.number(index)
    return value if value is not None and 1 <= value <= 31 else None


def exists(month: int, day: int, year: int | None = None) -> bool:
    """Whether there is such a day; 29 February needs a leap year only where the year is said."""
    return day <= (28 if month == 2 and year is not None and not calendar.isleap(year) else _LENGTHS[month - 1])


def month_at(line: Line, index: int) -> tuple[int, int] | None:
    """The month named at ``index`` and where its name (with a full stop) ends; capital letters only."""
    value = line.lexicon.months.get(line.word(index))
    if value is None or not line.capital(index):
        return None
    short = line.word(index) in line.lexicon.short
    return index + 1 + (short and line.word(index + 1) == "." and line.glued(index + 1)), value


def month_first(line: Line, start: int) -> Match | None:
    """A date or period that begins with a month."""
    found = month_at(line, start)
    if found is None:
        return None
    end, month = found
    the = line.word(end) == "the" and line.ordinal(end + 1) is not None
    day = day_number(line, end + the)
    if day is not None and exists(month, day) and not _is_count(line, end + the):
        return _with_day(line, end + the, month, day)
    close, year, within = year_after(line, end)
    if close > end:
        return close, Calendar(year=year, month=month, within=within)
    return (end, Calendar(month=month)) if _bare_month(line, start, end) else None


def _with_day(line: Line, index: int, month: int, day: int) -> Match:
    """The rest of "March 27, 2025" or "March 3-5, 2025" from the day's atom on."""
    end = index + 1
    other = day_number(line, end + 1)
    if line.word(end) == "-" and other is not None and other > day and not _is_count(line, end + 1):
        close, year, within = year_after(line, end + 2)
        first = Calendar(year=year, month=month, day=day, within=within)
        return close, Interval(first, Calendar(year=year, month=month, day=other, within=within))
    end, year, within = year_after(line, end)
    return end, Calendar(year=year, month=month, day=day, within=within)


def _is_count(line: Line, index: int) -> bool:
    """Whether the number after a month is the hour, a score or part of a larger number."""
    after = line.word(index + 1)
    if after in {":", "%", "/"} and line.glued(index + 1):
        return after != ":" or (line.glued(index + 2) and line.word(index + 2)[:1].isdigit())
    return after in {"percent", "am", "pm"} or after[:2] in {"a.", "p."}


def _bare_month(line: Line, start: int, end: int) -> bool:
    word = line.word(start)
    token = line.token(start)
    if word in line.lexicon.short and line.word(end - 1) != ".":
        return word in {"sept", "feb", "oct", "nov", "dec"} and line.word(start - 1) in _MONTH_BEFORE
    if token is not None and token.entity in _NAMES and line.word(start - 1) not in {"in", "since"}:
        return False
    if word not in _AMBIGUOUS:
        return True
    if line.tag(start) in {"MD", "VB", "VBP"} and line.word(start - 1) not in {"in", "since", "of", "last"}:
        return False
    if line.word(start - 1) not in _MONTH_BEFORE and not (start == 0 and line.tag(start).startswith("NNP")):
        named = line.word(start - 1) == "the" and line.word(end) not in _NOT_AFTER_MONTH and word != "jan"
        return named and (word != "may" or line.tag(end).startswith("NN"))
    if line.word(end) in _NOT_AFTER_MONTH and line.word(start - 1) not in {"in", "since", "last"}:
        return False
    return not (line.capital(end) and line.tag(end).startswith("NNP") and word != "march") or word == "august"


def day_first(line: Line, start: int) -> Match | None:
    """Such as "27 March 2025", "27th of March", "23-24 April"."""
    day = day_number(line, start)
    if day is None:
        return None
    end = start + 1
    other = day_number(line, end + 1) if line.word(end) == "-" else None
    if other is not None:
        end += 2
    of = line.word(end) == "of"
    found = month_at(line, end + of)
    if found is None or (line.word(start - 1) in {".", ","} and line.glued(start)):
        return None
    month = found[1]
    close, year, within = year_after(line, found[0])
    if not exists(month, max(day, other or day), year):
        return None
    last = Calendar(year=year, month=month, day=other or day, within=within)
    if other is None:
        return close, last
    return close, Interval(Calendar(year=year, month=month, day=day, within=within), last)


def day_list(line: Line, start: int) -> list[tuple[int, int, Calendar]] | None:
    """Days that share the month after them: "3 and 5 March", "1 to 15 February", "17, 18 and 19 September".

    Each as start, end and meaning; ``None`` when there are fewer than two.
    """
    days: list[tuple[int, int]] = []
    index = start
    while (day := day_number(line, index)) is not None and len(days) < 8:
        days.append((index, day))
        if line.word(index + 1) not in {"and", "to", "or", ",", "until", "through", "-"}:
            break
        index += 2
    if len(days) < 2 or index != days[-1][0]:
        return None
    found = day_first(line, index)
    end, last = found or (index, None)
    if not isinstance(last, Calendar):
        return None
    heads = [(i, i + 1, Calendar(year=last.year, month=last.month, day=d, within=last.within)) for i, d in days[:-1]]
    return [*heads, (index, end, last)]


def days_after(line: Line, index: int, date: Calendar) -> tuple[int, int, Calendar] | None:
    """The second day of "March 10 and 11", "Aug. 25 to 31"; ``index`` is the atom after the first."""
    if line.word(index) not in {"and", "to", "or", "until", "through"} or date.day is None:
        return None
    day = day_number(line, index + 1)
    if day is None or day <= date.day or _is_count(line, index + 1) or month_at(line, index + 2):
        return None
    end, year, within = year_after(line, index + 2)
    ranged = "between" in line.lower[max(0, index - 4) : index] or "from" in line.lower[max(0, index - 4) : index]
    if end == index + 2 and not ranged and line.tag(end).startswith(("NN", "JJ", "CD", "$")):
        return None
    if year is not None and date.year is not None:
        return None
    return index + 1, end, Calendar(year=year or date.year, month=date.month, day=day, within=within or date.within)


def weekday_first(line: Line, start: int) -> Match | None:
    """Such as "Monday", "Thursday, January 9", "Wednesday 16 October", "Mondays"."""
    word = line.word(start)
    if word in line.lexicon.plural_days and line.capital(start):
        return start + 1, Repeat(f"XXXX-WXX-{line.lexicon.plural_days[word]}")
    number = line.lexicon.weekdays.get(word)
    if number is None or not line.capital(start):
        return None
    end = start + 1
    dotted = word in line.lexicon.short and line.word(end) == "." and line.glued(end)
    end += dotted
    index = end + (line.word(end) == ",")
    index += line.word(index) == "the" and line.ordinal(index + 1) is not None
    for rule in (month_first, day_first):
        found = rule(line, index)
        if found and isinstance(found[1], Calendar) and found[1].day is not None:
            date = found[1]
            return found[0], Calendar(
                year=date.year, month=date.month, day=date.day, weekday=number, within=date.within
            )
    if word in line.lexicon.short and not dotted:
        return None
    if (ordinal := line.ordinal(index)) is not None and index > end:
        return index + 1, Calendar(day=ordinal, weekday=number)
    token = line.token(start)
    named = token is not None and token.entity in _NAMES and line.tag(start + 1).startswith("NNP")
    return None if named or line.word(start - 1) in _COLOURS else (end, Calendar(weekday=number))


def numeric(line: Line, start: int) -> Match | None:
    """Such as "2025-03-27", "27/03/2025", "3/27/2025", "27.03.2025"; the day comes first where both readings stand."""
    word = line.word(start)
    if len(word) == 10 and word[4] == word[7] == "-":
        year, month, day = (int(p) for p in word.split("-"))
    else:
        parts = word.replace(".", "/").split("/")
        if len(parts) != 3 or not all(p.isascii() and p.isdigit() for p in parts):
            return None
        day, month, year = (int(p) for p in parts)
        if month > 12 >= day:
            day, month = month, day
    if not (1 <= month <= 12 and day >= 1 and 1 <= year <= 9999) or not exists(month, day, year):
        return None
    return start + 1, Calendar(year=year, month=month, day=day)


def the_day(line: Line, start: int) -> Match | None:
    """Such as "the 20th", when a preposition governs it and no noun follows."""
    day = line.ordinal(start + 1)
    if line.word(start) != "the" or day is None or not 1 <= day <= 31:
        return None
    if line.word(start - 1) not in {"on", "by", "since", "until", "from", "of", "before", "after", "and", "to"}:
        return None
    after = line.tag(start + 2)
    ends = not after or after in {".", ",", ":", "IN", "CC", "TO", "-RRB-", "RB", "DT", "PRP", "''", "CD"}
    ends = ends or after.startswith("VB") or line.word(start + 2) in line.lexicon.parts
    return (start + 2, Calendar(day=day)) if ends and line.word(start + 2) not in {"-", "of"} else None
