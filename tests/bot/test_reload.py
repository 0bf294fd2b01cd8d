"""Content changes while families talk: what is good serves without a restart, what is broken never does."""

import asyncio
import gc
import json
import os
import shutil
import signal
import sys
import threading
import weakref
from dataclasses import replace
from hashlib import sha256
from urllib.request import urlopen

import pytest
import structlog

from bot import compiled
from bot.compiled import COMPILED_FILE
from bot.content import load_library
from bot.conversation import Conversation
from bot.crypto import Vault
from bot.good import content_files, first_library, keep_good
from bot.keys import KeyRing
from bot.reload import LiveLibrary, load_checked, stamp
from bot.screen import Incoming
from bot.store import MemoryStore
from dialogs.phrases_load import phrases
from dialogs.session import UPGRADES, VERSION, Known, LinkOffer, Session, dump
from dialogs.subject_cues import cues
from dialogs.told_load import tongues
from knowledge.reader import ContentError
from tests.bot.talk import NOW, Person
from tests.conftest import ROOT, TODAY

CARD = "knowledge/droits/asf.yaml"
TREE = "dialogs/arbres/separation.yaml"


@pytest.fixture
def root(tmp_path):
    """A copy of the content that a test may break."""
    for path in content_files(ROOT):
        place = tmp_path / "racine" / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    return tmp_path / "racine"


@pytest.fixture
def live(library, root):
    """The content of the service, read from that copy."""
    return LiveLibrary(library, lambda: load_library(root), root=root, seen=stamp(root))


def edit(root, file, before, after):
    """Change a file as an editor does."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def name_of(library, card="asf"):
    return library.content.knowledge.by_id[card].name


async def test_a_changed_card_is_served_without_a_restart(live, root):
    """The next family sees the new words."""
    edit(root, CARD, "nom: Allocation de soutien familial", "nom: Allocation toute neuve")

    assert await live.refresh()
    assert name_of(live()) == "Allocation toute neuve"


async def test_files_that_did_not_change_are_not_read_again(library, root):
    """A look costs a few milliseconds; only SIGHUP reads all the same."""
    readings = []
    live = LiveLibrary(library, lambda: readings.append(1) or library, root=root, seen=stamp(root))
    quiet = [await live.refresh(), await live.refresh()]

    assert (quiet, readings) == ([False, False], [])
    assert await live.refresh(forced=True)
    assert readings == [1]


async def test_a_broken_file_is_refused_and_the_last_good_version_goes_on(live, root):
    """The log says the file, the line and what to do; families see nothing of it."""
    version = live().content.knowledge.version
    edit(root, CARD, "nom: Allocation de soutien familial", "nom: Allocation toute neuve\nnon: pas une rubrique")
    with structlog.testing.capture_logs() as logs:
        changed = await live.refresh()
        again = await live.refresh()

    assert (changed, again) == (False, False)
    assert (live().refused, live().content.knowledge.version) == (1, version)
    assert name_of(live()) == "Allocation de soutien familial"
    problems = [entry for entry in logs if entry["event"] == "content.problem"]
    assert [(each["where"], each["what"]) for each in problems] == [
        ("knowledge/droits/asf.yaml:3", "clé 'non' inconnue")
    ]


async def test_once_mended_it_serves(live, root):
    """Nobody has to restart anything after a mistake."""
    edit(root, CARD, "id: asf", "id: asf\nnon: rubrique")
    await live.refresh()
    edit(root, CARD, "\nnon: rubrique", "")
    edit(root, CARD, "nom: Allocation de soutien familial", "nom: Allocation mise à jour")

    assert await live.refresh()
    assert (live().refused, name_of(live())) == (0, "Allocation mise à jour")


async def test_a_mistake_that_only_the_checks_see_is_refused_too(library, root):
    """A tree that asks a question nobody wrote would fail in the middle of a conversation."""
    live = LiveLibrary(library, lambda: load_checked(root, None, TODAY), root=root)
    edit(root, TREE, "demander: age-enfants", "demander: age-enfnats")
    with structlog.testing.capture_logs() as logs:
        await live.refresh()

    assert live().refused
    assert "dialogs/arbres/separation.yaml:10" in [entry.get("where") for entry in logs]


async def test_a_reading_that_takes_too_long_is_given_up_and_not_begun_twice(library, root):
    """A slow disk delays new content, never an answer; the reading ends on its own and the next look takes it."""
    free, readings = threading.Event(), []

    def slow():
        readings.append(1)
        free.wait(30)
        return library

    live = LiveLibrary(library, slow, root=root, limit=0)
    with structlog.testing.capture_logs() as logs:
        first, second = await live.refresh(forced=True), await live.refresh(forced=True)
    free.set()
    await live._reading

    assert (first, second, readings) == (False, False, [1])
    assert [entry["event"] for entry in logs] == ["content.too_slow", "content.still_reading"]


async def test_half_an_update_never_serves(library, root):
    """Files that change while they are read wait for the next look."""

    def read_during_an_update():
        found = load_library(root)
        edit(root, CARD, "sigle: ASF", "sigle: ASF2")
        return found

    live = LiveLibrary(library, read_during_an_update, root=root)
    edit(root, CARD, "nom: Allocation de soutien familial", "nom: À moitié")

    assert await live.refresh() is False
    assert name_of(live()) == "Allocation de soutien familial"


async def test_a_fault_of_ours_while_reading_ends_nothing(library, root):
    """Whatever a file makes the code do, the service goes on with what it has, and says so once."""

    def fails():
        raise RuntimeError("une phrase de la fiche")

    live = LiveLibrary(library, fails, root=root)
    with structlog.testing.capture_logs() as logs:
        await live.refresh(forced=True)
        await live.refresh()

    assert live().refused == 1
    assert [entry["event"] for entry in logs] == ["content.reload_failed", "content.refused"]
    assert "phrase" not in repr(logs)


async def test_a_conversation_goes_on_when_its_question_and_its_tree_are_gone(live, root):
    """What a family has said stays known; it is asked the next question, or shown the menu."""
    person = Person(live())
    person.conversation = Conversation(live, person.store, Vault(KeyRing.new()))
    await person._send(payload="t|separation")
    await person.presses("Depuis moins de 18 mois")
    await person.types("2 et 7 ans")
    edit(root, TREE, "- {questions: [pension, foyer, arrondissement]}", "- {questions: [arrondissement]}")
    pending = person.question
    assert await live.refresh()
    reply = await person.types("19e")
    facts = (await person.store.load(person.person, NOW)).session["facts"]

    assert pending in ("pension", "foyer", "arrondissement")
    assert not reply.private and person.question != pending
    assert facts["separation"][0] == "recente" and len(facts["enfants"][0]["liste"]) == 2
    (root / TREE).unlink()
    edit(root, "dialogs/menu.yaml", "arbres: [separation, ", "arbres: [")
    assert await live.refresh()
    await person.types("bonjour")
    assert person.buttons and (await person.store.load(person.person, NOW)).session["facts"] == facts


KNOWN = Session(
    facts={
        "separation": Known("recente", "dit", "2026-11-21", "separation"),
        "enfants": Known({"liste": [{"naissance": "2024-11"}], "complet": "oui"}, "dit", "2026-11-21", "age-enfants"),
    },
    trail=("separation", "age-enfants"),
    stack=("separation",),
    pending="pension",
)
GONE = {
    "a fact": KNOWN.with_facts({"fait_disparu": "oui"}, "dit", "2026-11-21", "question-disparue"),
    "a value": KNOWN.with_facts({"pension": "valeur_disparue"}, "dit", "2026-11-21", "pension"),
    "what a number was": KNOWN.with_facts({"loyer": "beaucoup"}, "dit", "2026-11-21", "loyer"),
    "a tree": replace(KNOWN, stack=("arbre-disparu",)),
    "the pending question": replace(KNOWN, pending="question-disparue"),
    "the question being changed": replace(KNOWN, changing="question-disparue"),
    "answered questions": replace(KNOWN, trail=("question-disparue",), refused=("question-disparue",)),
    "what a link brought": replace(KNOWN, offer=LinkOffer("arbre-disparu", "fiche-disparue", {"fait_disparu": "x"})),
}
DONE = [
    {"start": ""}, {"text": "bonjour"}, {"payload": "a|continuer"}, {"payload": "a|changer"}, {"payload": "a|retour"},
    {"payload": "a|pourquoi"}, {"payload": "a|menu"}, {"payload": "c|pension|impayee"}, {"payload": "o|1"}, {"payload": "o|0"},
]  # fmt: skip


@pytest.mark.parametrize("gone", GONE)
@pytest.mark.parametrize("done", DONE, ids=lambda done: "-".join(map(str, *done.items())))
async def test_a_session_that_names_what_is_gone_still_gets_an_answer(library, gone, done):
    """Whatever an editor removed, whatever is done next: an answer with something to press, and no fact is lost."""
    store = MemoryStore()
    conversation = Conversation(lambda: library, store, Vault(KeyRing.new()))
    await store.commit("p", dump(GONE[gone]), now=NOW, language="fr")
    reply = await conversation.handle(Incoming("p", **done), NOW)
    facts = (await store.load("p", NOW)).session["facts"]

    assert any(screen.rows for screen in reply.screens)
    assert done.get("payload") == "a|retour" or facts["separation"][0] == "recente"


def test_what_did_not_change_is_not_read_twice(root, tmp_path, monkeypatch):
    """A second start takes the YAML files as they were read by the first, and finds the same content."""
    first = load_library(root, tmp_path)
    edit(root, CARD, "nom: Allocation de soutien familial", "nom: Allocation changée")
    read, files = compiled.reader.read, []
    monkeypatch.setattr(compiled.reader, "read", lambda path, shown: files.append(shown) or read(path, shown))
    second = load_library(root, tmp_path)

    assert files == [CARD]
    assert name_of(second) == "Allocation changée"
    assert second.content.knowledge.services == first.content.knowledge.services
    assert second.content.dialogs.trees == first.content.dialogs.trees


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"lu_par": "un autre"}', '{"fichiers": 3}', "\n\n"])
def test_a_damaged_memory_of_files_is_only_slower(root, tmp_path, damage):
    """The files are what counts."""
    (tmp_path / COMPILED_FILE).write_text(damage)

    assert name_of(load_library(root, tmp_path)) == "Allocation de soutien familial"
    assert len((tmp_path / COMPILED_FILE).read_text().splitlines()) > 500


def test_without_room_to_keep_what_was_read_the_content_serves(root, tmp_path):
    """A place that takes no file makes the next start slower, nothing else."""
    (tmp_path / "pas-un-dossier").write_text("")

    assert name_of(load_library(root, tmp_path / "pas-un-dossier")) == "Allocation de soutien familial"


def test_what_was_kept_and_no_longer_fits_is_read_again(root, tmp_path):
    """After a change of the program, the files have the last word."""
    load_library(root, tmp_path)
    header, *lines = (tmp_path / COMPILED_FILE).read_text().splitlines()
    kept = [line.split(" ", 2) for line in lines]
    values = [value.replace('{"id": "asf",', '{"id": "asf", "rubrique_d_avant": "x",', 1) for _, _, value in kept]
    assert values != [value for _, _, value in kept]
    lines = [
        f"{key} {sha256(value.encode()).hexdigest()} {value}" for (key, _, _), value in zip(kept, values, strict=True)
    ]
    (tmp_path / COMPILED_FILE).write_text("\n".join([header, *lines, ""]))

    assert name_of(load_library(root, tmp_path)) == "Allocation de soutien familial"


def test_problems_have_their_lines_though_files_were_read_before(root, tmp_path):
    """A file that is right alone and wrong among the others is still shown by its line."""
    load_library(root, tmp_path)
    edit(root, "dialogs/menu.yaml", "arbres: [separation, ", "arbres: [separation, separation, ")
    (root / "knowledge/droits/double.yaml").write_bytes((root / CARD).read_bytes())

    with pytest.raises(ContentError) as caught:
        load_library(root, tmp_path)

    assert "knowledge/droits/double.yaml:1" in str(caught.value)


def test_a_service_leaves_out_what_only_checks_read(root, tmp_path):
    """Cards serve without the families that test them; all else is as the files say."""
    served, whole = (load_library(root, cache).content.knowledge for cache in (tmp_path, None))

    assert any(card.examples for card in whole.cards)
    assert not any(card.examples for card in served.cards)
    assert served.cards == tuple(card.model_copy(update={"examples": ()}) for card in whole.cards)
    assert (served.places, served.topics, served.version) == (whole.places, whole.topics, whole.version)


def test_a_reload_still_checks_the_examples(root, tmp_path):
    """An example that its card no longer gives refuses the new content, as before."""
    edit(root, CARD, "verdict: oui}", "verdict: peut-etre}")

    with pytest.raises(ContentError, match="'verdict' ne peut pas valoir 'peut-etre'"):
        load_checked(root, tmp_path, TODAY)


def test_a_start_from_the_copy_reads_no_file_twice(root, tmp_path, monkeypatch):
    """An update of the content does not make the next start slow: what did not change is taken as kept."""
    first_library(root, tmp_path)
    keep_good(root, tmp_path, lambda: True)
    edit(root, CARD, "nom: Allocation de soutien familial", "nom: Allocation non vérifiée")
    read, files = compiled.reader.read, []
    for where in ("bot.compiled.reader.read", "bot.content.read"):
        monkeypatch.setattr(where, lambda path, shown: files.append(shown) or read(path, shown))
    library, current = first_library(root, tmp_path)

    assert (name_of(library), current, files) == ("Allocation de soutien familial", False, [])


def test_what_served_first_is_let_go_once_replaced(root, tmp_path, monkeypatch):
    """A start tells the collector to pass over its content; new content does not pile up on it all the same."""
    monkeypatch.setattr("bot.checks.check_all", lambda root, on: [])
    library, _ = first_library(root, tmp_path)
    served, passed_over = weakref.ref(library.content.knowledge), gc.get_freeze_count()
    library = load_checked(root, tmp_path, TODAY)
    gc.collect()

    assert passed_over > 50_000
    assert gc.get_freeze_count() < 1_000
    assert served() is None
    assert name_of(library) == "Allocation de soutien familial"


def test_warm_content_makes_the_first_sentence_wait_for_nothing(root, tmp_path):
    """Words and index are there before anybody types: half a second of everybody's, once."""
    words = (phrases, tongues, cues)
    for each in words:
        each.cache_clear()
    library = load_library(root, tmp_path)
    cold = [each.cache_info().currsize for each in words], "index" in vars(library)
    library.warm()

    assert cold == ([0, 0, 0], False)
    assert ([each.cache_info().currsize for each in words], "index" in vars(library)) == ([1, 1, 1], True)


def test_the_copy_of_good_content_holds_all_that_is_read(root, tmp_path):
    """Data beside the phrases, in whatever form content has, serves from the copy too."""
    (root / "knowledge/urgences/modele.json").write_text("{}")
    keep_good(root, tmp_path, lambda: True)
    (copy,) = tmp_path.glob("contenu-bon-*")

    assert (copy / "knowledge/urgences/modele.json").read_text() == "{}"


def test_a_restart_never_serves_what_a_reload_refused(root, tmp_path):
    """The copy of the last good content serves until the files are right again."""
    library, current = first_library(root, tmp_path)
    keep_good(root, tmp_path, lambda: True)
    edit(root, CARD, "nom: Allocation de soutien familial", "nom: Allocation non vérifiée")
    after, is_current = first_library(root, tmp_path)
    keep_good(root, tmp_path, lambda: True)
    last, again = first_library(root, tmp_path)

    assert (current, is_current, again) == (True, False, True)
    assert name_of(library) == name_of(after) == "Allocation de soutien familial"
    assert name_of(last) == "Allocation non vérifiée"
    assert len(list(tmp_path.glob("contenu-bon-*"))) == 1


def test_files_that_change_while_they_are_copied_are_not_kept_as_good(root, tmp_path):
    """What was checked is what is kept, or nothing is."""
    keep_good(root, tmp_path, lambda: False)

    assert list(tmp_path.glob("contenu-bon-*")) == []


def test_a_new_program_starts_with_its_own_content(root, tmp_path, monkeypatch):
    """A copy made by other code is not looked at: it may mean something else there."""
    keep_good(root, tmp_path, lambda: True)
    edit(root, CARD, "nom: Allocation de soutien familial", "nom: Allocation de la nouvelle version")
    monkeypatch.setattr("bot.good._code", lambda: "0123456789abcdef")
    library, current = first_library(root, tmp_path)

    assert (current, name_of(library)) == (True, "Allocation de la nouvelle version")


class Service:
    """The real command on a copy of code and content."""

    def __init__(self, folder, data):
        self.folder, self.data, self.process, self.address = folder, data, None, ""

    async def start(self):
        settings = {"PASSERELLE_DONNEES": str(self.data), "PASSERELLE_PORT": "0"}
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve",
            cwd=self.folder, env={**os.environ, **settings, "PYTHONPATH": str(self.folder)},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        line = (await self.process.stdout.readline()).decode()
        assert "http://" in line
        self.address = line.split()[-1]

    async def says(self, event):
        """Wait for a line of the log."""
        async with asyncio.timeout(60):
            while event not in (line := (await self.process.stderr.readline()).decode()):
                assert line, "the service stopped"
        return line

    async def health(self):
        answer = await asyncio.to_thread(urlopen, f"{self.address}/sante")
        return json.loads(answer.read())

    async def stop(self):
        self.process.send_signal(signal.SIGTERM)
        await self.process.communicate()
        return self.process.returncode


async def test_the_running_service_takes_new_content_at_a_signal_and_refuses_a_broken_one(root, tmp_path):
    """SIGHUP reads the files again; /sante tells what serves and how many problems the files have."""
    for package in ("bot", "knowledge", "dialogs", "i18n"):
        shutil.copytree(ROOT / package, root / package, dirs_exist_ok=True)
    service = Service(root, tmp_path / "donnees")
    await service.start()
    first = await service.health()
    edit(root, CARD, "nom: Allocation de soutien familial", "nom: Allocation au signal")
    service.process.send_signal(signal.SIGHUP)
    await service.says("content.reloaded")
    second = await service.health()
    edit(root, CARD, "id: asf", "id: asf\nnon: rubrique")
    service.process.send_signal(signal.SIGHUP)
    where = await service.says("content.problem")
    third = await service.health()
    ended = await service.stop()
    await service.start()
    fourth = await service.health()
    await service.stop()

    assert (first["contenu_refuse"], second["contenu_refuse"]) == (0, 0)
    assert first["contenu"] != second["contenu"] == third["contenu"] == fourth["contenu"]
    assert third["contenu_refuse"] == 1 and "knowledge/droits/asf.yaml:2" in where
    assert ended == 0


async def test_a_session_of_the_version_before_goes_on_in_the_new_one(library, monkeypatch):
    """The step of its version is applied at the next message; what is saved then is of the new version."""
    store = MemoryStore()
    conversation = Conversation(lambda: library, store, Vault(KeyRing.new()))
    await store.commit("p", dump(KNOWN), now=NOW, language="fr")
    monkeypatch.setattr("dialogs.session.VERSION", VERSION + 1)
    monkeypatch.setitem(UPGRADES, VERSION, lambda data: {**data, "version": VERSION + 1, "refused": ["loyer"]})
    await conversation.handle(Incoming("p", payload="a|continuer"), NOW)
    saved = (await store.load("p", NOW)).session

    assert (saved["version"], saved["refused"]) == (VERSION + 1, ["loyer"])
    assert saved["facts"]["separation"][0] == "recente" and saved["trail"] == ["separation", "age-enfants"]


async def test_a_session_of_a_later_version_starts_again_politely_in_its_language(library):
    """After going back to an older program, nobody meets a failure."""
    store = MemoryStore()
    conversation = Conversation(lambda: library, store, Vault(KeyRing.new()))
    await store.commit("p", {**dump(KNOWN), "version": 99, "language": "en"}, now=NOW, language="en")
    reply = await conversation.handle(Incoming("p", payload="a|continuer", language="fr"), NOW)

    assert reply.language == "en" and any(screen.rows for screen in reply.screens)
    assert (await store.load("p", NOW)).session["facts"] == {}
