"""The API described: for machines, and for people as a page where each address can be tried by a form."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from programmes.site.api.description import description
from programmes.site.api.problems import KINDS

OPERATION = "operation"
"""Beside the parameters of an operation, its name."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as the page shows it."""

    name: str
    said: SafeString
    is_required: bool
    is_in_path: bool
    choices: tuple[str, ...]
    """The values that it may have; empty where it may have others."""
    is_list: bool
    example: str
    """What the form has from the beginning."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An address as the page shows it."""

    name: str
    method: str
    path: str
    title: str
    said: SafeString
    parameters: tuple[Parameter, ...]
    body: str
    """An example of what is sent; empty where nothing is."""


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """Send the description of the API."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """Show each address with its parameters, a form to try it, and what may go wrong."""
    return render(
        request,
        "api.html",
        {
            "operations": list(operations()),
            "version": description()["info"]["version"],
            "problems": [(status, kind, title) for status, (kind, title) in KINDS.items()],
            "searches": settings.SEARCHES_PER_MINUTE,
            "look_ups": 5 * settings.SEARCHES_PER_MINUTE,
            "root": request.build_absolute_uri("/")[:-1],
        },
    )


@require_safe
def try_operation(request: HttpRequest) -> HttpResponse:
    """Lead from a form of the page to the address that it asks for, without what was left empty."""
    operation = next((each for each in operations() if each.name == request.GET.get(OPERATION)), None)
    if operation is None or operation.method != "GET":
        raise Http404
    path, pairs = operation.path, []
    for each in operation.parameters:
        values = [value.strip() for value in request.GET.getlist(each.name) if value.strip()]
        if each.is_in_path:
            path = path.replace(f"{{{each.name}}}", quote(values[0] if values else "-", safe=""))
        elif each.is_list:
            pairs += [(each.name, part.strip()) for value in values for part in value.split(",") if part.strip()]
        else:
            pairs += [(each.name, value) for value in values[:1]]
    return HttpResponseRedirect(f"{path}?{urlencode(pairs)}" if pairs else path)


def operations() -> Iterator[Operation]:
    """Yield the operations that the API describes, in its order."""
    for path, methods in description()["paths"].items():
        for method, told in methods.items():
            yield Operation(
                told["operationId"],
                method.upper(),
                path,
                told["summary"],
                _with_code(" ".join(told.get("description", "").split())),
                tuple(map(_parameter, told["parameters"])),
                _body(told.get("requestBody", {})),
            )


def _parameter(told: Mapping[str, Any]) -> Parameter:
    schema = told["schema"]
    values = schema.get("items", schema)
    choices = values.get("enum", ("true", "false") if values.get("type") == "boolean" else ())
    example = told.get("example", schema.get("default", "")) if told["name"] != "fields" else ""
    return Parameter(
        told["name"],
        _with_code(told.get("description", "")),
        told["required"],
        told["in"] == "path",
        tuple(map(str, choices)),
        schema.get("type") == "array",
        ", ".join(map(str, example)) if isinstance(example, list) else str(example),
    )


def _with_code(said: str) -> SafeString:
    """Return a text of the description with what stands between backticks as code."""
    parts = [format_html("<code>{}</code>", part) if at % 2 else part for at, part in enumerate(said.split("`"))]
    return format_html_join("", "{}", ((part,) for part in parts))


def _body(told: Mapping[str, Any]) -> str:
    """Return an example of a body, from the examples of its fields."""
    if not told:
        return ""
    schema = told["content"]["application/json"]["schema"]
    shape = description()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    example = {name: field.get("examples", [""])[0] for name, field in shape["properties"].items()}
    return json.dumps(example, ensure_ascii=False)
