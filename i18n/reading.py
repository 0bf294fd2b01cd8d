"""Read small YAML texts strictly: every scalar is text with its line; opens no file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import yaml

from i18n.errors import CatalogError, Problem


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a mapping: a text or a list of texts, and its line from 1."""

    value: str | tuple[str, ...]
    line: int

    @property
    def text(self) -> str:
        """The value as one text."""
        return self.value if isinstance(self.value, str) else ", ".join(self.value)

    @property
    def texts(self) -> tuple[str, ...]:
        """The value as several texts."""
        return (self.value,) if isinstance(self.value, str) else self.value


def read_mapping(
    text: str, path: str, required: Collection[str], optional: Collection[str] = ()
) -> Mapping[str, Field]:
    """Return the fields of a YAML mapping that has the ``required`` keys and maybe the others.

    Raises CatalogError, with the lines, for anything else.
    """
    return _mapping(_compose(text, path), path, required, optional)


def read_mappings(
    text: str, path: str, required: Collection[str], optional: Collection[str]
) -> tuple[Mapping[str, Field], ...]:
    """Return the mappings of a YAML list, each with the ``required`` keys and maybe the others.

    Raises CatalogError with the problems of all items.
    """
    root = _compose(text, path)
    if not isinstance(root, yaml.SequenceNode):
        hint = "Commencez chaque ligne par « - »."
        raise CatalogError([Problem(path, 1, "Ce fichier doit être une liste.", hint)])
    found: list[Mapping[str, Field]] = []
    problems: list[Problem] = []
    for item in root.value:
        try:
            found.append(_mapping(item, path, required, optional))
        except CatalogError as error:
            problems += error.problems
    if problems:
        raise CatalogError(problems)
    return tuple(found)


def _compose(text: str, path: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogError([Problem(path, line, "Ce YAML est mal formé.", str(error.problem))]) from error


def _mapping(
    node: yaml.Node | None, path: str, required: Collection[str], optional: Collection[str]
) -> Mapping[str, Field]:
    keys = f"Clés : {', '.join([*required, *optional])}."
    line = node.start_mark.line + 1 if node else 1
    if not isinstance(node, yaml.MappingNode):
        raise CatalogError([Problem(path, line, "Il faut ici des lignes « clé: valeur ».", keys)])
    fields: dict[str, Field] = {}
    problems: list[Problem] = []
    for key, value in node.value:
        field = Field(_texts(value), key.start_mark.line + 1)
        fault = _fault(key.value, field, fields, {*required, *optional})
        if fault:
            problems.append(Problem(path, field.line, fault, keys))
        fields.setdefault(key.value, field)
    problems += [Problem(path, line, f"Il manque « {key} ».", keys) for key in required if key not in fields]
    if problems:
        raise CatalogError(problems)
    return fields


def _fault(key: str, field: Field, before: Mapping[str, Field], known: Collection[str]) -> str:
    if key not in known:
        return f"Clé inconnue : « {key} »."
    if key in before:
        return f"« {key} » est écrit deux fois, d'abord à la ligne {before[key].line}."
    return "" if field.value else f"« {key} » n'a pas de texte."


def _texts(node: yaml.Node) -> str | tuple[str, ...]:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    if not all(isinstance(item, yaml.ScalarNode) for item in items):
        return ()
    return tuple(str(item.value) for item in items)
