"""Checks a call against the published fields of its method: names, types, what is required."""

import json
import re
from pathlib import Path
from typing import Any

SPEC = json.loads((Path(__file__).parents[1] / "data" / "telegram-botapi-10.3.json").read_text(encoding="utf-8"))
_PRIMITIVES = {"Integer": int, "String": str, "Boolean": bool, "Float": float, "True": bool}


class ApiError(Exception):
    """A call that Telegram refuses, with its code and words; ``parameters`` as in #responseparameters."""

    def __init__(self, code: int, description: str, parameters: dict[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class Undocumented(ApiError):
    """A call that the documentation does not allow: our fault, whatever the real server would do."""

    def __init__(self, what: str) -> None:
        super().__init__(400, f"Bad Request: {what}")


def decode(method: str, form: dict[str, str]) -> dict[str, Any]:
    """Return the parameters of a call, in their own types.

    Raises:
        Undocumented: an unknown method or field, a wrong type, or something required that is missing.
    """
    if method not in SPEC["methods"]:
        raise Undocumented(f"method {method} is not known")
    fields = SPEC["methods"][method].get("fields", {})
    _check_names(form, fields, method)
    return {name: _from_form(text, fields[name]["type"], f"{method}.{name}") for name, text in form.items()}


def _check_names(given: dict[str, Any], fields: dict[str, Any], where: str) -> None:
    for name in given:
        if name not in fields:
            raise Undocumented(f"{where}: field {name} is not known")
    for name, field in fields.items():
        if field["required"] and name not in given:
            raise Undocumented(f"{where}: field {name} is required")


def _from_form(text: str, kind: str, where: str) -> Any:
    """Read a form value, where everything is text; objects and lists are JSON."""
    if kind == "String":
        return text
    if kind == "Integer or String":
        return int(text) if re.fullmatch(r"-?\d+", text) else text
    try:
        value = json.loads(text)
    except ValueError:
        raise Undocumented(f"{where}: {kind} expected") from None
    _check(value, kind, where)
    return value


def _check(value: Any, kind: str, where: str) -> None:
    if " or " in kind:
        _check_any(value, kind.split(" or "), where)
    elif kind.startswith("Array of "):
        if not isinstance(value, list):
            raise Undocumented(f"{where}: {kind} expected")
        for index, item in enumerate(value):
            _check(item, kind.removeprefix("Array of "), f"{where}[{index}]")
    elif kind in _PRIMITIVES:
        right = isinstance(value, _PRIMITIVES[kind]) and (kind == "Boolean" or not isinstance(value, bool))
        if not right:
            raise Undocumented(f"{where}: {kind} expected")
    else:
        _check_object(value, kind, where)


def _check_any(value: Any, kinds: list[str], where: str) -> None:
    problems = []
    described = [kind for kind in kinds if kind in _PRIMITIVES or kind in SPEC["types"]]
    for kind in described or kinds:
        try:
            return _check(value, kind, where)
        except Undocumented as problem:
            problems.append(problem)
    raise problems[0]


def _check_object(value: Any, kind: str, where: str) -> None:
    if not isinstance(value, dict):
        raise Undocumented(f"{where}: {kind} expected")
    described = SPEC["types"].get(kind)
    if described is None:
        return
    if described.get("subtypes"):
        return _check_any(value, described["subtypes"], where)
    fields = described.get("fields", {})
    _check_names(value, fields, where)
    for name, item in value.items():
        _check(item, fields[name]["type"], f"{where}.{name}")
