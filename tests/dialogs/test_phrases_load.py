"""The word lists of phrases/ are checked when they are read: what is wrong is told with its file and line."""

import importlib
import pkgutil
import shutil

import pytest

import dialogs
from dialogs import phrases_load
from dialogs.phrases_story import StoryPattern
from knowledge.reader import ContentError


@pytest.fixture
def written(tmp_path, monkeypatch):
    """A copy of the files, and a function that writes one thing for another in the French one and reads them."""
    folder = tmp_path / "dialogs" / "phrases"
    shutil.copytree(phrases_load.FOLDER, folder)
    monkeypatch.setattr(phrases_load, "FOLDER", folder)

    def rewrite(said, instead):
        text = (folder / "fr.yaml").read_text()
        assert said in text
        line = text[: text.index(said)].count("\n") + 1
        (folder / "fr.yaml").write_text(text.replace(said, instead, 1))
        return line, phrases_load.phrases.__wrapped__

    return rewrite


@pytest.mark.parametrize(
    ("said", "instead", "what"),
    [
        ("  chez_soi: [", "  chez_soit: [", "clé 'chez_soit' inconnue"),
        ("  a_seul: [solo, seul, seule, isolé, isolée, célibataire]", "  a_seul: []", "'a_seul' est vide"),
        ("  fratrie: [", "  fratrie: oui\n  autre: [", "'fratrie' vaut 'oui'"),
        ("avec <mon_compagnon>", "avec <mon_compaignon>", "la famille <mon_compaignon> n'existe pas"),
    ],
)
def test_a_list_written_wrong_is_told_with_its_line(written, said, instead, what):
    """A name misspelt, a list left empty or of another form, a family that nobody wrote."""
    line, read = written(said, instead)
    with pytest.raises(ContentError) as refused:
        read()

    assert f"dialogs/phrases/fr.yaml:{line}: {what}" in str(refused.value)


def test_a_list_left_out_is_asked_for(written):
    """Without a list no expression that names it would mean what it says."""
    _, read = written("  vit_avec: [vit, vivent, habite, habitent, garde, gardons]\n", "")
    with pytest.raises(ContentError, match=r"dialogs/phrases/fr\.yaml:\d+: il manque « vit_avec: »"):
        read()


def test_each_expression_names_lists_that_are_there():
    """What reads whose an age is never asks for a list that the file does not have."""
    modules = [importlib.import_module(f"dialogs.{each.name}") for each in pkgutil.iter_modules(dialogs.__path__)]
    patterns = {each for module in modules for each in vars(module).values() if isinstance(each, StoryPattern)}
    known = phrases_load.phrases()

    assert len(patterns) > 30
    assert all(pattern.of(known) for pattern in patterns)
