"""Joining, the menu and leaving, on a phone: the real bot, the real store, Telegram on loopback."""

from datetime import timedelta

import pytest

from bot.conversation import Conversation
from bot.features import make_features
from bot.settings import Settings
from bot.staff.invitations import Invitation, Invitations
from bot.staff.model import Role
from bot.staff.staff import Staff
from bot.telegram import make_channel, run
from tests.fake_botapi import TOKEN, FakeBotApi, ManualClock

DAY = timedelta(days=1)


class Team:
    """The bot with its features, and the invitations of an operator."""

    def __init__(self, api, store, library, clock):
        self.api, self.store, self.clock = api, store, clock
        self.settings = Settings(telegram_token=TOKEN, telegram_api=api.url)
        self.features = make_features(self.settings, store, lambda: library, clock.now)
        self.conversation = Conversation(lambda: library, store, store.vault, self.features)
        self.staff = Staff(store.database, store.vault, clock.now)
        self.invitations = Invitations(store.database, store.vault, clock.now)

    async def invites(self, role=Role.PROMENEUR, name="Mésange", days=7):
        """Return the code of an invitation."""
        return await self.invitations.invite(Invitation(role, name, self.clock.now() + days * DAY), "opérateur")

    async def role(self, person):
        return await self.staff.role(self.conversation.person("telegram", person.id))

    async def joins(self, person, role=Role.PROMENEUR, name="Mésange"):
        """Take somebody in as they do it themselves."""
        code = await self.invites(role, name)
        person.writes(f"/start {code}")
        await person.sees_text("On vous invite")
        person.presses(f"e|oui|{code}")
        await person.sees_text("Bienvenue dans l'équipe")
        return code


@pytest.fixture
def clock():
    """A clock on which waiting takes no time."""
    return ManualClock()


@pytest.fixture
async def team(store, library, clock):
    """The bot, answering while the test runs, and its jobs."""
    import asyncio

    async with FakeBotApi() as api:
        team = Team(api, store, library, clock)
        channel = make_channel(team.conversation, team.settings, clock.timing)
        stop = asyncio.Event()
        jobs = [asyncio.create_task(run(channel, team.settings, stop))]
        jobs += [asyncio.create_task(each.run(channel.push, stop)) for each in team.features]
        await api.until(lambda: len(api.of("getUpdates")) > 0)
        yield team
        stop.set()
        await asyncio.gather(*jobs)


async def test_an_invitation_says_what_it_is_before_anything_is_kept(team):
    """Role, name, what they will do, what is kept, how to leave; a look changes nothing."""
    anne = team.api.person()
    code = await team.invites()
    anne.writes(f"/start {code}")
    screen = await anne.sees_text("On vous invite dans l'équipe de Passerelle.")

    assert "Votre rôle : Promeneur du Net. Votre nom dans l'équipe : Mésange." in screen.text
    assert "Des familles peuvent demander à vous parler" in screen.text
    assert "Je garde votre rôle, votre nom dans l'équipe et l'adresse de cette conversation, chiffrés" in screen.text
    assert "écrivez /equipe, puis « Quitter l'équipe »" in screen.text
    assert screen.labels == ["✅ Rejoindre l'équipe", "🚫 Ce n'est pas pour moi"]
    assert await team.role(anne) is None


async def test_who_accepts_is_in_the_team_and_can_be_reached(team):
    """The menu comes at once, and the address is that of the conversation."""
    anne = team.api.person()
    await team.joins(anne)
    (member,) = await team.staff.people(Role.PROMENEUR)

    assert await team.role(anne) is Role.PROMENEUR
    assert member.address == str(anne.id).encode()
    assert "Votre place dure jusqu'au 21 novembre 2027." in anne.texts[-1]
    assert [(line.who, line.action, line.detail) for line in await team.staff.journal()] == [
        ("opérateur", "a invité", "Mésange (promeneur)"),
        ("Mésange", "a rejoint l'équipe", "promeneur"),
    ]


async def test_a_family_that_got_a_forwarded_invitation_says_no_and_goes_on(team):
    """The invitation stays open for the one it was made for."""
    family, anne = team.api.person(5001), team.api.person(5002)
    code = await team.invites()
    family.writes(f"/start {code}")
    await family.sees_text("Si elle n'est pas pour vous")
    family.presses("🚫 Ce n'est pas pour moi")
    await family.sees(2)
    anne.writes(f"/start {code}")
    await anne.sees_text("On vous invite")
    anne.presses("✅ Rejoindre l'équipe")
    await anne.sees_text("Bienvenue dans l'équipe, Mésange.")

    assert await team.role(family) is None
    assert await team.role(anne) is Role.PROMENEUR


async def test_an_invitation_serves_once(team):
    """The second to come is told to warn who sent it; the first is at home."""
    anne, other = team.api.person(5001), team.api.person(5002)
    code = await team.joins(anne)
    other.writes(f"/start {code}")
    await other.sees_text("Cette invitation a déjà servi")
    other.presses_payload(f"e|oui|{code}", None)
    await other.sees(2)
    anne.writes(f"/start {code}")
    await anne.sees_text("Équipe : Mésange")

    assert "prévenez vite la personne qui vous l'a envoyée" in other.texts[1]
    assert await team.role(other) is None


async def test_two_who_press_at_once_share_no_place(team):
    """One of them joins, whoever it is."""
    people = [team.api.person(number) for number in (5001, 5002, 5003)]
    code = await team.invites()
    for person in people:
        person.presses_payload(f"e|oui|{code}", None)
    for person in people:
        await person.sees(1)

    roles = [await team.role(person) for person in people]

    assert sorted(map(str, roles)) == ["None", "None", "promeneur"]


async def test_a_yes_pressed_twice_is_one(team):
    """The second press shows the menu."""
    anne = team.api.person()
    code = await team.joins(anne)
    anne.presses_payload(f"e|oui|{code}", None)
    await anne.sees_text("Équipe : Mésange")

    assert len(await team.staff.people()) == 1


@pytest.mark.parametrize("spaced", [False, True], ids=["as it is", "read aloud"])
async def test_a_code_can_be_typed(team, spaced):
    """Groups of four, small letters, O for 0: it is the same code."""
    anne = team.api.person()
    code = await team.invites()
    grouped = " ".join(code[at : at + 4] for at in range(0, 17, 4))
    anne.writes(grouped.lower().replace("0", "o") if spaced else code)
    await anne.sees_text("On vous invite")

    assert any(code in payload for row in anne.bubbles[-1].rows for _, payload in row)


async def test_an_invitation_that_is_past_says_so(team):
    """To the second; thirty days later nobody knows it any more."""
    anne = team.api.person()
    code = await team.invites(days=2)
    team.clock.seconds += 2 * 86_400
    anne.writes(f"/start {code}")
    await anne.sees_text("Cette invitation n'est plus valable. Demandez-en une autre.")
    anne.presses_payload(f"e|oui|{code}", None)
    await anne.sees(2)
    await team.store.purge(team.clock.now() + 30 * DAY)
    anne.writes(f"/start {code}")
    await anne.sees_text("Je ne connais pas cette invitation.")

    assert await team.role(anne) is None


@pytest.mark.parametrize("spoiled", ["Y0000000000000000", "Y123456789ABCDE", "Y123456789ABCDEFGHJ"])
async def test_a_mistyped_invitation_is_answered_kindly(team, spoiled):
    """What to do is said; nothing tells whether it was close."""
    anne = team.api.person()
    anne.writes(f"/start {spoiled}")
    answer = await anne.sees_text("Je ne connais pas cette invitation.")

    assert "touchez de nouveau le lien reçu" in answer.text


@pytest.mark.parametrize("text", ["y a-t-il une crèche ici", "Yanis a 3 ans et demi", "yaourt", "Y"])
async def test_a_sentence_is_no_invitation(team, text):
    """Words that begin with Y are words."""
    family = team.api.person()
    family.writes(text)
    await family.sees(1)

    assert "invitation" not in family.texts[0]


async def test_the_menu_shows_the_place_and_leaves_the_question_where_it_was(team):
    """A member is a person too: their own conversation goes on after it."""
    anne = team.api.person()
    await team.joins(anne)
    anne.presses_payload("t|separation", None)
    await anne.sees_text("Où en est la séparation ?")
    anne.writes("/equipe")
    menu = await anne.sees_text("Équipe : Mésange")
    anne.presses("Retour", menu)
    await team.api.until(lambda: sum("Où en est la séparation ?" in text for text in anne.texts) >= 2)

    assert "Rôle : Promeneur du Net." in menu.text
    assert menu.labels == ["Ce que je garde de vous", "Quitter l'équipe", "Retour"]


async def test_a_place_that_ends_soon_says_so(team):
    """In its last thirty days, with whom to speak to."""
    anne = team.api.person()
    await team.joins(anne)
    said = []
    for days in (334, 2):
        team.clock.seconds += days * 86_400
        before = len(anne.bubbles)
        anne.writes("/equipe")
        await anne.sees(before + 1)
        said.append("Elle se termine bientôt" in anne.texts[-1])

    assert said == [False, True]


async def test_what_is_kept_of_a_member_is_shown(team):
    """One press from the menu."""
    anne = team.api.person()
    await team.joins(anne)
    anne.presses("Ce que je garde de vous")
    kept = await anne.sees_text("« Tout effacer » efface votre conversation")

    assert "un an au plus" in kept.text and "six mois au plus" in kept.text
    assert "Si vous bloquez ce robot, votre place s'efface aussi." in kept.text


@pytest.mark.parametrize("words", ["/equipe", "quitter l'équipe", "Quitter l’equipe."])
async def test_a_member_leaves_in_two_presses(team, store, words):
    """Role and address are gone from the disk; coming back needs another invitation."""
    anne = team.api.person()
    code = await team.joins(anne)
    anne.writes(words)
    if words == "/equipe":
        await anne.sees_text("Équipe : Mésange")
        anne.presses("Quitter l'équipe")
    await anne.sees_text("il vous faudra une autre invitation")
    anne.presses("Oui, quitter")
    await anne.sees_text("Vous n'êtes plus dans l'équipe.")
    anne.presses_payload(f"e|oui|{code}", None)
    await anne.sees_text("Cette invitation a déjà servi")

    assert await team.role(anne) is None
    assert await store.database.read(lambda c: c.execute("SELECT count(*) FROM staff").fetchone()[0]) == 0
    assert [line.action for line in await team.staff.journal()][-1] == "a quitté l'équipe"


async def test_erasing_a_conversation_leaves_the_place_and_says_it(team, store):
    """The family side of a member is erased like a family's; the role stays."""
    anne = team.api.person()
    await team.joins(anne)
    anne.writes("je suis séparée depuis deux mois")
    await anne.sees_text("Séparation : Depuis moins de 18 mois")
    anne.writes("/effacer")
    await anne.sees_text("Vous restez dans l'équipe. Pour la quitter : /equipe.")

    assert await team.role(anne) is Role.PROMENEUR
    assert await store.database.read(lambda c: c.execute("SELECT count(*) FROM sessions").fetchone()[0]) == 0


async def test_leaving_fast_shows_nothing_of_the_team(team):
    """Who holds the phone then does not learn it; the place stays."""
    anne = team.api.person()
    await team.joins(anne)
    anne.presses_payload("a|quitter", None)
    await anne.sees_text("Au revoir.")

    assert not any("équipe" in text for text in anne.texts)
    assert await team.role(anne) is Role.PROMENEUR


async def test_a_family_that_erases_is_told_nothing_of_a_team(team):
    """The words for members are theirs alone."""
    family = team.api.person()
    family.writes("/effacer")
    await family.sees(1)

    assert not any("équipe" in text for text in family.texts)


async def test_who_blocks_the_bot_is_in_the_team_no_more(team, store):
    """Nobody can be reached there: the address is not kept."""
    anne = team.api.person()
    await team.joins(anne)
    anne.blocks()
    family = team.api.person(5002)
    family.writes("/start")
    await family.sees(1)

    assert await team.role(anne) is None
    assert await store.database.read(lambda c: c.execute("SELECT count(*) FROM staff").fetchone()[0]) == 0


async def test_another_invitation_gives_another_role(team):
    """It says that it replaces the place from before."""
    anne = team.api.person()
    await team.joins(anne)
    code = await team.invites(Role.COORDINATION, "Chouette")
    anne.writes(f"/start {code}")
    await anne.sees_text("Cette invitation remplace votre place d'avant.")
    anne.presses(f"e|oui|{code}")
    await anne.sees_text("Bienvenue dans l'équipe, Chouette.")

    assert [(one.name_for_staff, one.role) for one in await team.staff.people()] == [("Chouette", Role.COORDINATION)]


async def test_the_coordination_learns_who_joined(team):
    """An invitation that somebody else used does not go unseen; others of the team hear nothing."""
    chief, anne, bilal = (team.api.person(number) for number in (5001, 5002, 5003))
    await team.joins(chief, Role.COORDINATION, "Chouette")
    await team.joins(anne, Role.PROMENEUR, "Mésange")
    await team.joins(bilal, Role.GUICHET, "Pinson")
    told = await chief.sees_text("Pinson a rejoint l'équipe (Guichet).")

    assert "passerelle staff revoke Pinson" in told.text
    assert not any("a rejoint" in text for person in (anne, bilal) for text in person.texts)
    assert not any("Chouette a rejoint" in text for text in chief.texts)


async def test_an_invitation_opened_where_nobody_can_be_written_to_stays_open(team, library):
    """On the web it says where it opens."""
    from bot.screen import Incoming

    code = await team.invites()
    person = team.conversation.person("web", "navigateur")
    told = [
        await team.conversation.handle(Incoming(person, **what), team.clock.now())
        for what in ({"start": code}, {"text": code}, {"payload": f"e|oui|{code}"})
    ]

    assert {reply.screens[0].blocks[0].text for reply in told} == {
        "Cette invitation s'ouvre dans Telegram. Elle reste valable."
    }
    assert len(await team.invitations.open()) == 1
