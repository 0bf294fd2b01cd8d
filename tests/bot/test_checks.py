"""Everything put together: one list of problems, one report, on our own content and on content broken on purpose."""

import pytest

from bot.checks import LIMITS, check_all, narrowest, prove_all, read_families
from bot.prove_screens import ChannelLimits, prove_screens, units
from knowledge.reader import ContentError
from tests.conftest import ROOT, TODAY
from tests.dialogs.small_dialogs import Talks
from tests.knowledge.small_base import ON


@pytest.fixture
def root(tmp_path):
    """A small content with danger words of ours and one language."""
    talks = Talks(tmp_path)
    talks.add("lacunes.yaml", "lacunes: []\n")
    talks.add("../i18n/en/langue.yaml", "id: en\nnom: English\ndirection: ltr\nlocale: en_GB\nrang: 2\n")
    (tmp_path / "knowledge" / "urgences").symlink_to(ROOT / "knowledge" / "urgences")
    return talks


def whats(root, limits=LIMITS):
    """Return what is wrong, danger words apart: the small base has not their helplines."""
    problems = check_all(root.root, ON, limits)
    return [f"{each.where}: {each.what}" for each in problems if not each.where.path.startswith("knowledge/urgences")]


def test_all_kinds_of_problems_come_in_one_list(root):
    """Content, dialogs, gaps and translations at once, sorted by file."""
    root.change("droits/aide.yaml", "fait: foyer", "fait: foyers")
    root.change_tree("alors: fin", "alors: fini")
    root.change("lacunes.yaml", "[]", "[{theme: separation}]")
    root.add("../i18n/en/messages.po", 'msgctxt "question.foyer.choix.seul"\nmsgid "Seul"\nmsgstr "Alone {n}"\n')

    assert whats(root) == [
        "dialogs/arbres/separation.yaml:10: 'alors' va vers 'fini', qui n'est pas dans cet arbre",
        "i18n/en/messages.po: 1 texte(s) : on ne sait pas comment ce texte a été fait.",
        "i18n/en/messages.po:2: question.foyer.choix.seul : {n} n'est pas dans le texte français.",
        "knowledge/droits/aide.yaml:9: fait 'foyers' inconnu",
        "knowledge/lacunes.yaml:1: il manque « raison: »",
    ]


def test_what_waits_for_a_translator_is_counted(root):
    """Thousands of late sentences make one line a language."""
    entries = [f'msgctxt "droit.aide.pieces.{number}"\nmsgid "Pièce {number}"\nmsgstr ""\n' for number in range(9)]
    root.add("../i18n/en/messages.po", "\n".join(entries))

    assert whats(root) == ["i18n/en/messages.po: 9 texte(s) : pas encore traduit."]


def test_a_label_is_measured_in_every_language(root):
    """A short French button may become too long once translated."""
    long = "A" * 65
    root.add(
        "../i18n/en/messages.po",
        f'# fabrique: relu\nmsgctxt "question.foyer.choix.seul"\nmsgid "Seul"\nmsgstr "{long}"\n',
    )

    found = whats(root)

    assert [text for text in found if "trop long" in text] == [
        "i18n/en/messages.po:3: question.foyer.choix.seul : le texte est trop long (65 caractères, 64 au plus)."
    ]


def test_a_button_that_sends_too_much_is_found(root):
    """64 bytes for Telegram: the prefix, the question and the choice."""
    root.change_question("id: seul,", f"id: {'s' * 40},")

    assert whats(root) == []

    root.change_question("- id: foyer", f"- id: {'f' * 22}")
    root.change_tree("demander: foyer", f"demander: {'f' * 22}")

    assert whats(root) == ["dialogs/questions.yaml:8: le bouton envoie 65 octets, 64 au plus"]


def test_the_narrowest_channel_decides():
    """Each limit is the smallest of all channels; none when no channel has one."""
    limits = {"a": ChannelLimits(4096, None, 64), "b": ChannelLimits(1000, None, 100), "c": ChannelLimits()}

    assert narrowest(limits) == ChannelLimits(1000, None, 64)


def test_our_screens_fit_every_channel(library):
    """Every question and card of ours, in every language offered."""
    section = prove_screens(library, TODAY, LIMITS)

    assert section.problems == ()
    assert section.figures["langues"] == len(library.catalogs.languages)


def test_a_channel_too_narrow_is_named(library):
    """With 100 units a message and 20 characters a button, questions no longer fit."""
    narrow = {"sms": ChannelLimits(message=100, button=20, payload=30)}

    problems = prove_screens(library, TODAY, narrow).problems

    assert any("question revenus-n2" in text and "unités, sms en prend 100" in text for text in problems)
    assert any("caractères, sms en prend 20" in text for text in problems)
    assert any("octets, sms en prend 30" in text for text in problems)


@pytest.mark.parametrize(("text", "size"), [("abc", 3), ("é", 1), ("👶", 2), ("👨‍👩‍👧", 8), ("", 0)])
def test_a_text_is_measured_as_telegram_does(text, size):
    """UTF-16 units: a pictogram counts two or more."""
    assert units(text) == size


def test_gaps_that_cannot_be_read_stop_the_proof(library, tmp_path):
    """With the line to mend, like any content."""
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "lacunes.yaml").write_text("lacunes: [{theme: x}]\n")

    with pytest.raises(ContentError, match="il manque « raison: »"):
        prove_all(library, TODAY, families=(), root=tmp_path)


def test_golden_families_are_read_with_their_day(library):
    """One file a family, facts in plain form."""
    families = read_families(ROOT / "tests" / "familles", library.content.knowledge.vocabulary)

    assert families
    assert all(family.on and family.verdicts and family.facts for family in families)
