"""Screens of campaigns for the team, in French: the list, one campaign, its choices, its result. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.buttons import Row
from bot.campaigns import payloads
from bot.campaigns.audience import BAND_NAMES, FLOOR, THEMES, Audience, theme_label
from bot.campaigns.campaign import ENDED, Campaign, State
from bot.campaigns.check import DUTY
from bot.campaigns.pace import RATE
from bot.content import Library
from bot.reminders.hours import PARIS
from bot.screen import Block, Button, Screen

STATES = {
    State.DRAFT: "brouillon", State.ASKED: "attend l'accord d'une autre personne", State.APPROVED: "accord donné",
    State.PLANNED: "programmée", State.SENDING: "en cours d'envoi", State.PAUSED: "en pause",
    State.DONE: "terminée", State.STOPPED: "arrêtée",
}  # fmt: skip
LANGUAGES = {
    "fr": "français", "en": "anglais", "ar": "arabe", "fr@facile": "français facile", "fr@tu": "français, en « tu »",
}  # fmt: skip
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_SECONDS = 3600
QUESTION = "campagne"
"""Marks screens that are answered by a press, so that the next one takes their place instead of coming below."""


def button(text: str, verb: str, campaign: Campaign, value: str = "", *, quiet: bool = False) -> Button:
    """Return a button on one campaign."""
    return Button(text, payloads.staff(verb, campaign.id, value), quiet=quiet)


def listed(campaigns: list[Campaign]) -> Screen:
    """Return the newest campaigns, and the way to write one."""
    new: Row = (Button("➕ Nouvelle campagne", payloads.NEW),)
    if not campaigns:
        return Screen(
            (Block("titre", "Campagnes"), Block("texte", "Aucune campagne pour l'instant.")), (new,), question=QUESTION
        )
    rows = tuple((button(f"{title(each)} · {STATES[each.state]}", "c", each),) for each in campaigns)
    blocks = (Block("titre", "Campagnes"), Block("texte", "La plus récente d'abord."))
    return Screen(blocks, (new, *rows), question=QUESTION)


def title(campaign: Campaign) -> str:
    """Return what a campaign is called."""
    return campaign.letter.title or f"Campagne {campaign.id}"


def one(campaign: Campaign, library: Library, *, approver: bool, said: str = "") -> Screen:
    """Return a campaign with what this person may do.

    Args:
        campaign: as it is now.
        library: names themes.
        approver: this person may give the second yes.
        said: a sentence above.
    """
    blocks = [Block("texte", said)] if said else []
    blocks.append(Block("titre", f"{title(campaign)} (n° {campaign.id})"))
    blocks.append(Block("champ", "", "État", (STATES[campaign.state], *_when(campaign))))
    blocks.append(Block("champ", "", "Public", (audience_text(campaign.letter.audience, library),)))
    written = [LANGUAGES.get(each, each) for each in campaign.letter.texts]
    blocks.append(Block("champ", "", "Textes", (", ".join(written) or "aucun",)))
    blocks.append(Block("champ", "", "Bouton « En savoir plus »", (campaign.letter.opens or "aucun",)))
    if campaign.counts.total >= 0:
        blocks.append(Block("champ", "", "Résultat", counts_lines(campaign)))
    if campaign.state is State.DRAFT:
        blocks.append(Block("note", DUTY))
    rows = (*_rows(campaign, approver=approver), (Button("↩️ Campagnes", payloads.DESK),))
    return Screen(tuple(blocks), rows, question=QUESTION)


def _when(campaign: Campaign) -> tuple[str, ...]:
    if campaign.state is not State.PLANNED:
        return ()
    return (f"à partir de {moment(datetime.fromtimestamp(campaign.due, UTC))}",)


def _rows(campaign: Campaign, *, approver: bool) -> tuple[Row, ...]:
    def b(text: str, verb: str, value: str = "") -> Row:
        return (button(text, verb, campaign, value),)

    look = b("👁️ Aperçu", "p")
    match campaign.state:
        case State.DRAFT:
            words = (*b("✏️ Titre", "i"), *b("✏️ Textes", "e"))
            whom = (*b("📍 Arrondissements", "a"), *b("🧒 Âge", "g"))
            what = (*b("🏷️ Thème", "s"), *b("👉 Ce qui s'ouvre", "o"))
            return (words, whom, what, look, b("🤝 Demander l'accord", "d"), b("🗑️ Supprimer", "x"))
        case State.ASKED:
            seen = b("👁️ Aperçu, puis accord", "p") if approver else look
            return (seen, b("↩️ Rendre au brouillon", "b"))
        case State.APPROVED:
            return (look, b("🗓️ Choisir le moment", "h"), b("↩️ Rendre au brouillon", "b"), b("⏹️ Arrêter", "st"))
        case State.PLANNED:
            return (look, b("🗓️ Changer le moment", "h"), b("⏸️ Pause", "pa"), b("⏹️ Arrêter", "st"))
        case State.SENDING:
            return (look, b("🔄 Actualiser", "c"), b("⏸️ Pause", "pa"), b("⏹️ Arrêter", "st"))
        case State.PAUSED:
            return (look, b("▶️ Reprendre", "re"), b("⏹️ Arrêter", "st"))
    return (look,)


def audience_text(audience: Audience, library: Library) -> str:
    """Return whom a campaign is for, in words."""
    where = "tout Paris et autour"
    if audience.districts:
        many = "s" if len(audience.districts) > 1 else ""
        where = f"arrondissement{many} {', '.join(sorted(audience.districts, key=int))}"
    age = f" ; un enfant de {BAND_NAMES[audience.band]}" if audience.band in BAND_NAMES else ""
    theme = ""
    if audience.theme in THEMES:
        theme = f" ; sujet coché : {theme_label(audience.theme, library.content.knowledge).text}"
    return f"familles qui ont dit oui aux nouvelles ; {where}{age}{theme}"


def sure(campaign: Campaign, question: str, yes: str, verb: str) -> Screen:
    """Return a last question before what cannot be undone."""
    rows = ((button(yes, verb, campaign, "oui"),), (button("↩️ Non", "c", campaign),))
    return Screen((Block("question", question),), rows, question=QUESTION)


def told(problems: list[str], campaign: Campaign) -> Screen:
    """Return what has to be put right, each with what to do."""
    lines = tuple(each.replace("\n    -> ", " : ") for each in problems)
    blocks = (Block("question", "À revoir"), Block("liste", "", "", lines))
    return Screen(blocks, ((button("↩️ La campagne", "c", campaign),),))


def reached(number: int, campaign: Campaign, library: Library, *, approver: bool) -> Screen:
    """Return how many families a campaign would reach; in tens, hidden under the floor.

    Below what families will see is where the second person says yes: nobody approves what was not shown.
    """
    text = f"moins de {FLOOR} familles" if number < FLOOR else f"au moins {number} familles"
    lines = [text]
    if number >= FLOOR:
        lines.append(f"à {RATE:.0f} messages par seconde : {_lasts(number)}")
    lines.append("Le nombre est arrondi, et reste le même toute la journée : il ne dit rien d'une famille.")
    who = Block("texte", audience_text(campaign.letter.audience, library))
    asked = approver and campaign.state is State.ASKED
    yes: Row = (button("✅ Donner l'accord", "ok", campaign, campaign.letter.digest),) if asked else ()
    rows = (*([yes] if yes else []), (button("↩️ La campagne", "c", campaign),))
    return Screen((Block("titre", "Qui recevra ces messages"), who, Block("liste", "", "", tuple(lines))), rows)


def _lasts(number: int) -> str:
    seconds = number / RATE
    return f"environ {max(1, round(seconds / 60))} min" if seconds < _SECONDS else f"environ {seconds / _SECONDS:.1f} h"


def counts_lines(campaign: Campaign) -> tuple[str, ...]:
    """Return the result in numbers that tell of no family: each in tens, hidden under the floor."""
    counts = campaign.counts
    lines = [f"envoyés : {in_words(counts.sent)}", f"partis de Telegram : {in_words(counts.gone)}"]
    lines.append(f"incertains (coupés, jamais renvoyés) : {in_words(counts.uncertain)}")
    if campaign.state in ENDED:
        lines.append(
            f"laissés de côté (arrêt, pause, effacement, déjà assez ce mois-ci) : {in_words(counts.skipped())}"
        )
    return tuple(lines)


def in_words(number: int) -> str:
    """Return a number as the team may read it."""
    return f"moins de {FLOOR}" if number < FLOOR else f"{number // FLOOR * FLOOR} ou un peu plus"


def moment(at: datetime) -> str:
    """Return a moment as « mardi 24/11 à 10 h », in Paris."""
    local = at.astimezone(PARIS)
    return f"{_DAYS[local.weekday()]} {local:%d/%m} à {local.hour} h{f' {local:%M}' if local.minute else ''}"
