"""Whoever trains anew on a bare machine has what the training imports: ``make ear`` and ``make encoder`` start."""

import ast
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("bot", "dialogs", "i18n", "knowledge", "tests")
DISTRIBUTIONS = {"yaml": "pyyaml", "sklearn": "scikit-learn"}


def imported(module: str) -> set[str]:
    """Return the full names of what a module of ours imports when it is loaded, submodules named by ``from`` too."""
    spec = find_spec(module)
    path = Path(str(spec.origin))
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def needed(module: str) -> set[str]:
    """Return the packages of others that loading a module of ours needs, through all modules of ours."""
    seen, waiting, others = set(), [module], set()
    while waiting:
        name = waiting.pop()
        top = name.split(".")[0]
        if top not in OURS:
            others |= {top} - sys.stdlib_module_names
        elif name not in seen and is_module(name):
            seen.add(name)
            waiting += [*imported(name), *([name.rpartition(".")[0]] if "." in name else [])]
    return others


def is_module(name: str) -> bool:
    """Tell a module from something that a module holds."""
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


@pytest.mark.parametrize(
    ("module", "requirements"),
    [
        ("tests.ear.__main__", "ear"),
        ("tests.ear.subjects", "ear"),
        ("tests.encoder.__main__", "encoder"),
        ("tests.encoder.further", "encoder"),
    ],
)
def test_a_training_finds_all_it_imports_in_its_own_environment(module, requirements):
    lines = (ROOT / f"requirements-{requirements}.txt").read_text(encoding="utf-8").splitlines()
    listed = {line.split("==")[0].strip().lower() for line in lines}

    missing = {name for name in needed(module) if DISTRIBUTIONS.get(name, name) not in listed}

    assert missing == set()
    assert "numpy" in needed(module)
