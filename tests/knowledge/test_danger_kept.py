"""What is heard does not depend on whether the words of danger were just compiled or kept from another start."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from knowledge import danger_kept
from knowledge.danger import detect
from knowledge.danger_kept import as_json, from_json
from knowledge.danger_load import LANGUAGES, load_danger
from knowledge.reader import ContentError

ROOT = Path(__file__).parents[2]
URGENCES = ROOT / "knowledge" / "urgences"
GROUPS = len(LANGUAGES) - 2  # French, English and Arabic are one
COMPILE = (
    "import json, sys; from hashlib import sha256; from pathlib import Path;"
    "from knowledge.danger_kept import as_json; from knowledge.danger_load import load_danger;"
    "lexicon = load_danger(Path('knowledge/urgences'));"
    "print(sha256(json.dumps([as_json(tongue, {}) for tongue in lexicon.tongues]).encode()).hexdigest())"
)


class Drawer:
    """Keeps values as text, as a disk does, and notes what was asked."""

    def __init__(self):
        self.values, self.found, self.put = {}, [], []

    def kept(self, key):
        self.found.append(key in self.values)
        return json.loads(self.values[key]) if key in self.values else None

    def keep(self, key, value):
        self.put.append(key)
        self.values[key] = json.dumps(value)


def phrases_of(lexicon):
    """Return what is kept of a lexicon."""
    return lexicon.tongues, lexicon.texts


@pytest.fixture(scope="module")
def lexicon():
    return load_danger(URGENCES)


@pytest.fixture(scope="module")
def filled(lexicon):
    """All that a first start keeps."""
    drawer = Drawer()
    assert phrases_of(load_danger(URGENCES, shelf=drawer)) == phrases_of(lexicon)
    return drawer


@pytest.fixture
def drawer(filled):
    """The same, on a second start."""
    again = Drawer()
    again.values = dict(filled.values)
    return again


@pytest.fixture
def folder(tmp_path):
    """A copy of the phrases that a test may change."""
    return Path(shutil.copytree(URGENCES, tmp_path / "urgences"))


def test_a_second_start_hears_every_evaluation_sentence_as_the_first(lexicon, drawer):
    """The same alarm, card and numbers for each of them, in thirteen languages, without compiling anything."""
    second = load_danger(URGENCES, shelf=drawer)
    texts = [
        row["texte"]
        for path in sorted((ROOT / "tests" / "evaluation").glob("danger-*.yaml"))
        for row in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["phrases"]
    ]

    assert len(texts) > 2_000
    assert [detect(second, text) for text in texts] == [detect(lexicon, text) for text in texts]
    assert (drawer.found, drawer.put) == ([True] * GROUPS, [])


def test_what_is_kept_is_all_that_was_compiled(lexicon, drawer):
    """Phrases, spellings, slips, cards: the second start has them all, equal one by one."""
    second = load_danger(URGENCES, shelf=drawer)

    assert phrases_of(second) == phrases_of(lexicon)
    assert list(second.texts) == list(LANGUAGES)
    assert second.tongues[0].grammar.phrases is not lexicon.tongues[0].grammar.phrases


def test_two_programs_compile_the_same():
    """The order in which a program happens to go through its sets changes nothing that is heard."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", COMPILE],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
        )
        for seed in ("1", "2")
    ]
    first, second = (process.communicate(timeout=120)[0] for process in running)

    assert first == second
    assert len(first.strip()) == 64


def test_a_changed_file_is_compiled_again_and_heard_at_once(folder, drawer):
    """A phrase added by an editor is heard from the first message; the other languages are not compiled again."""
    spanish = folder / "es.yaml"
    text = spanish.read_text(encoding="utf-8")
    head = "motifs:\n  violence:\n    sur:\n"
    assert head in text
    spanish.write_text(text.replace(head, f'{head}      - "kroxovel brindas"\n'), encoding="utf-8")
    changed = load_danger(folder, shelf=drawer)

    assert detect(load_danger(URGENCES, shelf=drawer), "kroxovel brindas") is None
    assert detect(changed, "kroxovel brindas").level == "sur"
    assert len(drawer.put) == 1


def test_what_other_code_made_is_compiled_again(drawer, lexicon, monkeypatch):
    """After an update of the program, nothing of before is trusted."""
    monkeypatch.setattr(danger_kept, "_CODE", "une autre version")

    assert phrases_of(load_danger(URGENCES, shelf=drawer)) == phrases_of(lexicon)
    assert (drawer.found, len(drawer.put)) == ([False] * GROUPS, GROUPS)


def _with(kept, part, **changed):
    """Return a kept value with one of its grammars changed."""
    return kept | {part: kept[part] | changed}


@pytest.mark.parametrize(
    "damage",
    [
        lambda kept: None,
        lambda kept: [],
        lambda kept: {},
        lambda kept: _with(kept, "grammar", names=kept["grammar"]["names"][:-1]),
        lambda kept: _with(kept, "grammar", words="tous"),
        lambda kept: _with(kept, "toning", phrases=kept["toning"]["phrases"][:-1]),
        lambda kept: _with(kept, "grammar", slips=["pas du base64", kept["grammar"]["slips"][1]]),
        lambda kept: {key: value for key, value in kept.items() if key != "toning"},
        lambda kept: kept | {"meanings": [["sur"]]},
        lambda kept: kept | {"texts": {"zh": {}}},
        lambda kept: {key: value for key, value in kept.items() if key != "denied"},
    ],
)
def test_a_value_of_another_shape_is_refused(lexicon, damage):
    """What cannot have been written by this code is not taken for a lexicon."""
    tongue = lexicon.tongues[LANGUAGES.index("zh") - 2]
    kept = json.loads(json.dumps(as_json(tongue, {"zh": lexicon.texts["zh"]})))

    assert from_json(json.loads(json.dumps(kept))) == (tongue, {"zh": lexicon.texts["zh"]})
    assert from_json(damage(kept)) is None


def test_a_refused_value_is_made_again_and_replaced(drawer, lexicon):
    """One broken language costs the time of compiling it, and is mended for the next start."""
    broken = next(iter(drawer.values))
    drawer.values[broken] = "{}"

    assert phrases_of(load_danger(URGENCES, shelf=drawer)) == phrases_of(lexicon)
    assert drawer.put == [broken]
    assert drawer.values[broken] != "{}"


def test_a_file_with_a_problem_is_never_kept(folder):
    """The next start shows the problem again, with its line."""
    french = folder / "fr.yaml"
    french.write_text(french.read_text(encoding="utf-8").replace("langue: fr", "langue: de", 1), encoding="utf-8")
    drawer = Drawer()
    for _ in range(2):
        with pytest.raises(ContentError, match=r"knowledge/urgences/fr.yaml:\d+: 'langue' doit valoir 'fr'"):
            load_danger(folder, shelf=drawer)

    assert len(set(drawer.put)) == GROUPS - 1


def test_a_check_of_the_numbers_reads_the_files_themselves(drawer):
    """What was kept was not checked against the helplines in service of today."""
    with pytest.raises(ContentError, match="n'est pas en service"):
        load_danger(URGENCES, in_service=["17"], shelf=drawer)

    assert drawer.found == []
