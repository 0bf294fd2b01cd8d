"""Nobody else reaches any function of the team: each declared payload, command and page, tried by everybody else.

A feature names what is the team's in ``staff_menu``, ``staff_payloads`` and ``staff_commands``, and what everybody may
press in ``family_payloads``. A payload that is in the code and named nowhere fails here, and so does one that answers
anybody without the role.
"""

import re
from datetime import timedelta

import httpx
import pytest
from pydantic import SecretStr

from bot.conversation import Conversation
from bot.feature import Feature
from bot.features import make_features
from bot.payload import decode
from bot.screen import Incoming
from bot.settings import Settings
from bot.staff.model import MEMBERSHIP, Member, Role
from bot.staff.staff import Staff
from bot.store import SqliteStore
from bot.telegram.menu import PAYLOADS
from bot.web.app import create_app
from bot.web.desk.access import hash_code
from tests.bot.relay.conftest import GROUP
from tests.bot.relay.conftest import Team as RelayTeam
from tests.bot.staff.conftest import NOW
from tests.bot.web.conftest import listening
from tests.conftest import ROOT
from tests.fake_botapi import FakeBotApi, ManualClock

UNKNOWN = "zz|inconnu"
PUBLIC = {
    "/", "/l/{code}", "/sante", "/sante/vivant", "/code-source.tar.gz", "/favicon.ico", "/static",
    "/confidentialite", "/accessibilite", "/mentions-legales", "/guichet/entrer", "/guichet/sortir",
}  # fmt: skip
"""Pages that everybody may open; every other one asks for the staff code."""


def features():
    """Return every feature of the product, served or not."""
    found, left = [], [Feature]
    while left:
        children = left.pop().__subclasses__()
        found += children
        left += children
    return sorted({each for each in found if each.__module__.startswith("bot.")}, key=lambda each: each.__name__)


def roles_of(feature):
    """Return who may use what a feature keeps for staff: the roles of its lines in the menu, all without any."""
    return frozenset(role for entry in feature.staff_menu for role in entry.roles) or frozenset(Role)


def payloads_of(feature):
    """Return what only staff may press of a feature."""
    return [*(entry.payload for entry in feature.staff_menu), *feature.staff_payloads]


PRESSES = [(feature, payload) for feature in features() for payload in payloads_of(feature)]
COMMANDS = [(feature, command) for feature in features() for command in feature.staff_commands]
DECLARED = {payload for _, payload in PRESSES} | {
    payload for feature in features() for payload in feature.family_payloads
}
WRONG_ROLES = [(role, payload) for feature, payload in PRESSES for role in Role if role not in roles_of(feature)]
OTHERS = ["family", "revoked", "left", "expired", "damaged", "moved", "web"]


class Service:
    """The conversation with all its features, and one person of each kind."""

    def __init__(self, store, library, clock, folder):
        settings = Settings(donnees=folder, groupe=str(GROUP))
        self.store, self.clock = store, clock
        self.features = make_features(settings, store, lambda: library, clock.now)
        self.conversation = Conversation(lambda: library, store, store.vault, self.features)
        self.bare = Conversation(lambda: library, store, store.vault)
        self.staff = Staff(store.database, store.vault, clock.now)
        self._chats = 0

    async def person(self, kind):
        """Return the name and the address of somebody new of a kind."""
        self._chats += 1
        if kind == "web":
            return self.store.vault.person("web", str(self._chats)), b""
        chat = str(self._chats)
        person, role = self.store.vault.person("telegram", chat), Role.COORDINATION
        if isinstance(kind, Role):
            await self.staff.add(Member(person, Role(kind), chat.encode(), f"nom {chat}"), self.clock.now())
        elif kind != "family":
            life = timedelta(0) if kind == "expired" else MEMBERSHIP
            await self.staff.add(Member(person, role, chat.encode(), f"nom {chat}"), self.clock.now(), life)
            await self._taken_out(kind, person, f"nom {chat}")
        return person, chat.encode()

    async def _taken_out(self, kind, person, name):
        damage = {
            "damaged": ("UPDATE staff SET body = substr(body, 1, 40) WHERE person = ?", (person,)),
            "moved": ("UPDATE staff SET person = ? WHERE person = ?", (person, "somebody else")),
        }
        if kind == "moved":  # the row of a real member, copied onto this person's name
            other = Member("somebody else", Role.COORDINATION, b"0", "autre")
            await self.staff.leave(person, self.clock.now())
            await self.staff.add(other, self.clock.now())
        if kind == "revoked":
            assert await self.staff.dismiss(name, "opérateur", self.clock.now())
        elif kind == "left":
            assert await self.staff.leave(person, self.clock.now())
        elif kind in damage:
            await self.store.database.write(lambda c: c.execute(*damage[kind]))

    async def hears(self, who, conversation=None, **what):
        """Return what somebody is answered, as words and buttons."""
        person, address = who
        talk = conversation or self.conversation
        reply = await talk.handle(Incoming(person, language="fr", address=address, **what), self.clock.now())
        return [
            ([(b.style, b.title, b.text, b.lines) for b in screen.blocks], [b.text for row in screen.rows for b in row])
            for screen in reply.screens
        ]

    async def in_the_middle(self, kind):
        """Return somebody new of a kind, with a question under way."""
        who = await self.person(kind)
        await self.hears(who, start="")
        await self.hears(who, payload="t|separation")
        return who


@pytest.fixture
def service(store, library, clock, tmp_path):
    """The service on a store of its own."""
    return Service(store, library, clock, tmp_path)


def test_there_is_something_to_try():
    """The features of the team are found; without them all that follows would pass."""
    named = {feature.__name__ for feature, _ in PRESSES}

    assert {"StaffFeature", "Relay", "Campaigns"} <= named
    assert len(PRESSES) > 30 and len(COMMANDS) > 5


@pytest.mark.parametrize("payload", [payload for _, payload in PRESSES])
async def test_a_press_of_the_team_is_an_unknown_one_for_everybody_else(service, payload):
    """Never a member, taken out, left, past the end, with a spoiled or borrowed row, or on the web: the same answer."""
    expected = await service.hears(await service.in_the_middle("family"), payload=UNKNOWN)
    answers = {kind: await service.hears(await service.in_the_middle(kind), payload=payload) for kind in OTHERS}

    assert {kind: answer for kind, answer in answers.items() if answer != expected} == {}


@pytest.mark.parametrize(("role", "payload"), WRONG_ROLES)
async def test_a_press_of_another_role_is_an_unknown_one(service, role, payload):
    """Being of the team opens what one's own role has, and no more."""
    expected = await service.hears(await service.in_the_middle("family"), payload=UNKNOWN)

    assert await service.hears(await service.in_the_middle(role), payload=payload) == expected


@pytest.mark.parametrize("command", [command for _, command in COMMANDS])
async def test_a_command_of_the_team_is_an_unknown_one_for_everybody_else(service, command):
    """Written by anybody else, it is answered as where the team does not exist."""
    for text in (command, f"{command}@passerelle_bot", command.upper(), f"{command} 1"):
        for kind in OTHERS:
            expected = await service.hears(await service.in_the_middle("family"), service.bare, text=text)
            answer = await service.hears(await service.in_the_middle(kind), text=text)

            assert answer == expected, (kind, text)


def forged(payload):
    """Return payloads that look like one of the team."""
    head, _, tail = payload.rpartition("|")
    made = [
        payload + "|", payload + "|1", f" {payload}", f"{payload} ", payload.upper(), payload + "\n", payload + "\x00",
        f"{payload}|{payload}"[:64], payload[:-1], f"{head}|-1", f"{head}|0", f"{head}|{'9' * 40}", f"{head}|٣",
        f"{head}|1;DROP TABLE staff", f"{payload.split('|')[0]}|{tail}", payload.replace("|", "||"),
    ]  # fmt: skip
    return [each for each in made if each != payload]


@pytest.mark.parametrize("payload", [payload for _, payload in PRESSES])
async def test_forged_presses_move_nobody_and_nothing(service, payload):
    """From a family or from a member, what is not an exact form gives an answer and no place."""
    before = await service.staff.people()
    for kind in ("family", Role.PROMENEUR, Role.COORDINATION):
        who = await service.person(kind)
        for each in forged(payload):
            assert await service.hears(who, payload=each), each
        if kind == "family":
            assert await service.staff.role(who[0]) is None
        else:
            await service.staff.leave(who[0], NOW)

    assert [each.person for each in await service.staff.people()] == [each.person for each in before]


async def test_a_press_kept_from_before_is_worth_nothing_after(service):
    """A member's own buttons, pressed again after a revocation, are unknown at the very next press."""
    who = await service.in_the_middle(Role.COORDINATION)
    opened = {payload: await service.hears(who, payload=payload) for payload in ("e|equipe", "e|garde", "k|c")}
    name = (await service.staff.member(who[0])).name_for_staff
    await service.staff.dismiss(name, "opérateur", NOW)
    expected = await service.hears(await service.in_the_middle("family"), payload=UNKNOWN)
    replayed = {payload: await service.hears(who, payload=payload) for payload in opened}

    assert all(answer != expected for answer in opened.values())
    assert all(answer == expected for answer in replayed.values())


async def test_what_a_member_was_asked_to_write_is_not_taken_from_who_is_none_any_more(service):
    """A title, a text under way: after the revocation, words are a family's words."""
    who = await service.in_the_middle(Role.COORDINATION)
    await service.hears(who, payload="k|n")
    await service.staff.dismiss((await service.staff.member(who[0])).name_for_staff, "opérateur", NOW)
    lines = len(await service.staff.journal())
    expected = await service.hears(await service.in_the_middle("family"), service.bare, text="Ateliers de juin")

    assert await service.hears(who, text="Ateliers de juin") == expected
    assert len(await service.staff.journal()) == lines


async def test_the_menu_of_each_role_opens_on_what_is_declared_only(service):
    """Every button that a member can reach from the menu is named by its feature, or is the conversation's."""
    seen = set()
    for role in Role:
        who = await service.person(role)
        left, tried = ["e|equipe"], set()
        while left and len(tried) < 60:
            payload = left.pop(0)
            if payload in tried or payload == "e|quitter-oui":
                continue
            tried.add(payload)
            reply = await service.conversation.handle(
                Incoming(who[0], payload=payload, language="fr", address=who[1]), service.clock.now()
            )
            mine = [b.payload for screen in reply.screens for row in screen.rows for b in row if not decode(b.payload)]
            left += mine
            seen |= set(mine)

    assert {"k|c", "k|n", "e|garde", "e|quitter"} <= seen
    assert {shape(each) for each in seen} - {shape(each) for each in DECLARED} - {
        (each,) for each in PAYLOADS.values()
    } == set()


def shape(payload):
    """Return what stays of a payload when its numbers and values change."""
    prefix, *rest = payload.split("|")
    return (prefix, *rest[:1], len(rest)) if rest else (payload,)


LITERAL = re.compile(r"""["']([a-z]\|[^"'{}\s]*)["']""")
NOT_DECLARED = {"r", "v"}
"""Prefixes whose every payload is for families: reminders, and the voice of families."""


def test_no_payload_is_in_the_code_and_named_nowhere():
    """A new button has to say whose it is, and is then tried above."""
    found = {
        (path.relative_to(ROOT).as_posix(), payload)
        for path in (ROOT / "bot").rglob("*.py")
        for payload in LITERAL.findall(path.read_text(encoding="utf-8"))
        if not decode(payload) and payload[0] not in NOT_DECLARED and len(payload) > 2
    }
    shapes = {shape(each) for each in DECLARED}

    assert len(found) > 10
    assert {(path, each) for path, each in found if shape(each) not in shapes and not each.endswith("|")} == set()


COMMAND = re.compile(r"""["'(`« ]/([a-z_]{3,32})\b(?![/.])""")
TELEGRAM_OWN = {"start", "setinline", "bot", "token", "telegram", "arreter", "aide"}
"""Not commands to answer: of BotFather, parts of addresses, the word a poster uses, help in a topic."""


def test_no_command_is_in_the_code_and_named_nowhere():
    """A command of a feature is in Telegram's menu table or declared as the team's."""
    packages = ("staff", "campaigns", "relay", "reminders", "voice", "telegram", "inline")
    files = [path for package in packages for path in (ROOT / "bot" / package).rglob("*.py")]
    named = {name for path in files for name in COMMAND.findall(path.read_text(encoding="utf-8"))}
    declared = {command.removeprefix("/") for _, command in COMMANDS}

    assert "equipe" in named
    assert named - declared - {f"{name}s" for name in declared} - set(PAYLOADS) - TELEGRAM_OWN == set()


def test_telegrams_menu_shows_no_command_of_the_team():
    """What families see when they type « / » holds nothing of the team."""
    assert [command for _, command in COMMANDS if command.removeprefix("/") in PAYLOADS] == []


async def test_in_the_teams_group_a_stranger_moves_nothing(tmp_path, library, vault):
    """Every press and every command of the team, in the topic of a family that waits: nothing happens."""
    store = await SqliteStore.open(tmp_path / "passerelle.db", vault)
    async with FakeBotApi() as api:
        team = RelayTeam(api, store, library, ManualClock(), tmp_path)
        ana, stranger, worker = api.person(6001), api.person(6666), await team.worker(7001, "Camille")
        async with team.running():
            thread = await team.asks(ana)
            await team.sees(thread, "demande à parler")
            before, heard = team.group.said_in(thread), list(ana.texts)
            question = next(each for each in team.group.bubbles.values() if each.mine and each.rows)
            for _, payload in PRESSES:
                stranger.presses_payload(payload, question, team.group)
            for _, command in COMMANDS:
                stranger.writes_in(team.group, thread, command)
            worker.presses_in(team.group, thread, "Je prends")
            await ana.sees_text("est là")
            await team.sees(thread, "Camille suit cette famille")

        # What the stranger would have moved was asked for before, and would have been said before.
        assert [text for text in team.group.said_in(thread) if text not in before] == [
            "Camille suit cette famille. Ses messages ici partent à la famille."
        ]
        assert len(ana.texts) == len(heard) + 1
    await store.close()


@pytest.fixture
async def pages(library, clock, tmp_path, vault):
    """The application with a staff code, and a browser in front of it."""
    store = await SqliteStore.open(tmp_path / "passerelle.db", vault)
    talk = Conversation(lambda: library, store, vault)
    settings = Settings(donnees=tmp_path, guichet_code=SecretStr(hash_code("bonjour-equipe")))
    app = create_app(talk, lambda: library, settings, clock.now, kept=store)
    async with listening(app) as address, httpx.AsyncClient(base_url=address, trust_env=False) as client:
        yield app, client
    await store.close()


async def test_every_page_that_is_not_public_asks_for_the_staff_code(pages):
    """With no cookie, a made-up one, or the chat's: the door. A new page is behind it, or named as public."""
    app, client = pages
    tried = []
    for route in app.routes:
        if route.path in PUBLIC:
            continue
        for method in sorted(route.methods - {"HEAD"}):
            for cookie in ("", "guichet=1", "guichet=1900000000.abcdef"):
                headers = {"cookie": cookie} if cookie else {}
                answer = await client.request(method, route.path, headers=headers)
                tried.append(route.path)

                assert (answer.status_code, answer.headers.get("location")) == (303, "/guichet/entrer"), route.path

    assert {"/guichet", "/contenu", "/liens", "/metriques", "/observatoire"} <= set(tried)
