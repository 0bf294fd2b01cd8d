"""Which milestones a message may be about: nothing that tells a hardship to whoever holds the phone."""

from bot.reminders.choice import SCHOOL, SENSITIVE_TOPICS, is_school, remindable
from tests.bot.reminders.test_year import NEVER, WAITS_FOR_SCHOOL

UNSURE_WITHOUT_ANSWERS = {
    "cmg-12-ans", "conge-parental-3-ans", "prepare-1-an", "rsa-majore-3-ans", "jumeaux-6-mois", "majoration-18-ans",
}  # fmt: skip
"""Left out of the year for another reason: they ask for an answer that is not kept, or for a child of later years."""


def test_nothing_of_a_hardship_is_written_about(knowledge):
    """What follows a separation, a loss or a decision on a handicap, what a handicap or a school left decides: never."""
    left_out = {each.id for each in knowledge.milestones} - {each.id for each in remindable(knowledge)}

    assert left_out == NEVER - UNSURE_WITHOUT_ANSWERS


def test_no_message_opens_with_a_hardship(knowledge):
    """The words of what is written about name none: neither the line for locked screens, nor the name, nor the text."""
    words = ("handicap", "mdph", "séparation", "décès", "deuil", "violence", "veuv", "prison", "décroch")
    said = [(each.id, f"{each.discreet} {each.name}".lower()) for each in remindable(knowledge)]

    assert [name for name, text in said if any(word in text for word in words)] == []


def test_school_matters_are_named_by_cards_that_exist(knowledge):
    """A card renamed would make a school matter leave in the holidays."""
    assert set(knowledge.by_id) >= SCHOOL
    assert {each.id for each in remindable(knowledge) if is_school(each)} == WAITS_FOR_SCHOOL


def test_sensitive_subjects_are_subjects(knowledge):
    """A subject renamed would no longer be held back."""
    assert set(knowledge.topic_by_id) >= SENSITIVE_TOPICS
