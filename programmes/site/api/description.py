"""The API's description of itself in OpenAPI 3.1: what ninja makes of the views, and what holds for all of them."""

from __future__ import annotations

from functools import cache
from typing import Any

from programmes.site.api.application import api
from programmes.site.api.problems import MEDIA_TYPE

ROOT = "api/v1/"
PROBLEMS = {
    "301": "It is at another address: one that was moved, or written in small letters.",
    "400": "The request can't be understood.",
    "404": "The archive has nothing with this address, or with what a parameter names.",
    "410": "It once stood in the archive: withdrawn, or gone in a later reading. Says what became of it.",
    "413": "The request is larger than the address receives.",
    "414": "The address is longer than 4,094 characters: told by the server itself, and no problem document.",
    "415": "The body is no JSON.",
    "422": "A parameter can't be used: `errors` says which and why.",
    "429": "Asked too often: `Retry-After` says when to come back.",
    "503": "The archive can't answer at this moment: `Retry-After` says when to come back.",
}
NO_DOCUMENT = ("301", "414")
PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "A problem as RFC 9457 has it.",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string", "description": "What kind of problem it is, in the caller's language."},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "message"],
                "properties": {"parameter": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
    "examples": [{"type": "/api/v1/#not-found", "title": "Arkivet har ingenting med denne adressen.", "status": 404}],
}
RATE_HEADERS = {
    "RateLimit-Limit": "How often may be asked at a stretch.",
    "RateLimit-Remaining": "How often more may be asked at this moment.",
    "RateLimit-Reset": "Seconds until all of it is there again.",
    "RateLimit-Policy": "The rule: so many in a window of so many seconds.",
}


@cache
def description() -> dict[str, Any]:
    """Return the description of the API; the same for as long as the process runs."""
    schema: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=ROOT))
    schema["components"]["schemas"]["Problem"] = PROBLEM
    schema["components"]["responses"] = {
        f"Problem{status}": _problem(status, said) for status, said in PROBLEMS.items()
    }
    schema["components"]["headers"] = {
        name: {"description": said, "schema": {"type": "string" if name.endswith("Policy") else "integer"}}
        for name, said in RATE_HEADERS.items()
    }
    schema["servers"] = [{"url": "/"}]
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            operation["parameters"] = [_parameter(each) for each in operation["parameters"]]
            operation["responses"] = _responses(operation["responses"], has_body=method == "post", is_one="{" in path)
    return schema


def _problem(status: str, said: str) -> dict[str, Any]:
    if status in NO_DOCUMENT:
        return {"description": said}
    return {"description": said, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _responses(answers: dict[Any, Any], *, has_body: bool, is_one: bool) -> dict[str, Any]:
    """Return what an operation may answer: its own answer with the headers of the rate, and its problems."""
    own = {str(status): dict(each) for status, each in answers.items()}
    for answer in own.values():
        answer["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in RATE_HEADERS}
    able = {
        "400",
        "404",
        "422",
        "429",
        "503",
        *(("413", "415") if has_body else ("410", "414")),
        *(("301",) if is_one else ()),
    }
    return own | {status: {"$ref": f"#/components/responses/Problem{status}"} for status in sorted(able)}


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    """Return a parameter as OpenAPI wants it: one that is left out is no null, and an example is one."""
    schema = dict(parameter["schema"])
    kinds = [each for each in schema.pop("anyOf", ()) if each != {"type": "null"}]
    schema = {**schema, **kinds[0]} if kinds else schema
    for name in ("description", "title", "default") if schema.get("default", 0) is None else ("description", "title"):
        schema.pop(name, None)
    found = {name: value for name, value in parameter.items() if name not in ("schema", "examples")}
    if examples := schema.pop("examples", None):
        found["example"] = examples[0]
    if parameter["name"] == "fields":
        found |= {"style": "form", "explode": False}
    return {**found, "schema": schema}
