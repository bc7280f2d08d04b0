"""The description of the API, OpenAPI 3.1: made from the table of endpoints and from the values themselves."""

from __future__ import annotations

import functools
import inspect
import json
from typing import Any

import msgspec

from onrecord.ledger import CaptureNote, Heading, Judgement
from onrecord.series.rules import Verdict
from onrecord.series.standing import Summary
from onrecord.values import Claim
from onrecord.version import VERSION
from onrecord.web.adding import Job
from onrecord.web.api.answers import NewDocument, NewJudgement
from onrecord.web.api.endpoints import ENDPOINTS, Endpoint

_VALUES = (Claim, Heading, Judgement, CaptureNote, Summary, Verdict, Job, NewDocument, NewJudgement)
_ARRAY = {"type": "array", "items": {"type": "object"}}
_NEXT = {"type": ["string", "null"], "description": "Give it as `cursor` for the next page; null at the end."}
_TOKEN = {
    "type": "http", "scheme": "bearer", "description": "A token made on the page of your account, where one logs in.",
}  # fmt: skip
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "instance"],
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "instance": {"type": "string"},
    },
}  # fmt: skip


@functools.cache
def description() -> bytes:
    """The description as JSON."""
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(f"/api/v1{endpoint.path}", {})[endpoint.method] = _operation(endpoint)
    made = {
        "openapi": "3.1.0",
        "info": {"title": "onrecord", "version": VERSION, "description": "A ledger of claims, for programs."},
        "paths": paths,
        "security": [{}, {"token": []}],
        "components": {"schemas": _components(), "securitySchemes": {"token": _TOKEN}},
    }
    return json.dumps(made, indent=1).encode()


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    told: dict[str, Any] = {
        str(endpoint.status): {
            "description": endpoint.about,
            "content": {"application/json": {"schema": _ref(endpoint.gives)}},
        }
    }
    if endpoint.method == "get":
        told["304"] = {"description": "You have it already, by its ETag."}
    for status in sorted({*endpoint.refuses, 400, 401, 403, 429}):
        told[str(status)] = {
            "description": "Why not, in one line.",
            "content": {"application/problem+json": {"schema": _ref("Problem")}},
        }
    operation: dict[str, Any] = {
        "summary": endpoint.about,
        "operationId": f"{endpoint.method}_{endpoint.answers.__name__}",
        "parameters": [
            {"name": one.name, "in": one.where, "schema": one.schema, "description": one.about,
             "required": one.where == "path" or (endpoint.path == "/sources" and one.name == "name")}
            for one in endpoint.parameters
        ],
        "responses": told,
    }  # fmt: skip
    if endpoint.body is not None:
        operation["requestBody"] = {
            "required": True, "content": {"application/json": {"schema": _ref(endpoint.body)}}
        }  # fmt: skip
    return operation


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _components() -> dict[str, Any]:
    _, found = msgspec.json.schema_components(_VALUES, ref_template="#/components/schemas/{name}")
    made: dict[str, Any] = dict(found)
    for schema in made.values():
        if "description" in schema:
            schema["description"] = inspect.cleandoc(schema["description"])
    for part in ("Party", "Place", "Thing"):  # the public record leaves out why a name was linked
        made[part]["properties"].pop("reason", None)
    more = {
        "document": _ref("Heading"), "read_at": {"type": "string", "format": "date-time"},
        "in_force": {"type": "boolean"}, "repeated": {"type": "boolean"},
    }  # fmt: skip
    on_record = {"allOf": [_ref("Claim"), {"type": "object", "required": list(more), "properties": more}]}
    full = {"judgements": {"type": "array", "items": _ref("Judgement")}, "links": _ARRAY}
    text: dict[str, Any] = {name: {"type": ["string", "null"]} for name in ("title", "publisher", "published", "url")}
    return made | {
        "Problem": _PROBLEM,
        "ClaimOnRecord": on_record,
        "ClaimInFull": {"allOf": [_ref("ClaimOnRecord"), _object(full)]},
        "ClaimPage": _object({"claims": {"type": "array", "items": _ref("ClaimOnRecord")}, "next": _NEXT}),
        "DocumentPage": _object({"documents": {"type": "array", "items": _ref("Heading")}, "next": _NEXT}),
        "DocumentInFull": _object(
            {"id": {"type": "string"}, "text": {"type": "string"}, **text,
             "captures": {"type": "array", "items": _ref("CaptureNote")}}
        ),
        "SeriesPage": _object({"series": {"type": "array", "items": _ref("Summary")}, "next": _NEXT}),
        "SeriesInFull": _object(
            {"id": {"type": "string"}, "key": {"type": "object"}, "rule": _ref("Verdict"), "sources": _ARRAY,
             "claims": {"type": "array", "items": _ref("Claim")}, "links": _ARRAY}
        ),
        "LinkPage": _object({"links": _ARRAY, "next": _NEXT}),
        "Source": _object(
            {"source": {"type": "string"}, "claims": {"type": "array", "items": _ref("ClaimOnRecord")},
             "revisions": {"type": "object"}, "disputes": _ARRAY, "next": _NEXT}
        ),
        "Changes": _object(
            {"since": {"type": "string", "format": "date-time"}, "reports": {"type": "integer"}, "changes": _ARRAY,
             "new_sources": {"type": "array", "items": {"type": "string"}}}
        ),
    }  # fmt: skip


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}
