"""Child support that is not paid: the public service that recovers it comes first."""

from tests.bot.talk import Person

UNPAID = "je suis séparée, il ne paie plus la pension, ma fille a 4 ans, je suis seule avec elle dans le 11e"


async def results(library, *said: str) -> list[str]:
    """Return the cards shown to who says all this, and then « je ne sais pas » to every question."""
    person = Person(library)
    await person.opens()
    for text in said:
        await person.types(text)
    while person.question:
        await person.presses("Je ne sais pas")
    return [
        block.title or block.text
        for screen in person.reply.screens
        for block in screen.blocks
        if block.style == "fiche"
    ]


async def test_with_a_judgment_the_service_that_recovers_it_is_first(library):
    """« Pension versée et récupérée par la Caf » (Aripa), before any help with housing."""
    shown = await results(library, f"{UNPAID}, j'ai un jugement")

    assert shown[:2] == ["Pension versée et récupérée par la Caf", "Allocation de soutien familial"]


async def test_what_fixes_the_pension_is_asked(library):
    """The answer decides between recovering the money and having the pension fixed first."""
    person = Person(library)
    await person.opens()
    await person.types("il ne paie plus la pension, ma fille a 4 ans")
    asked = []
    while person.question:
        asked.append(person.question)
        await person.presses("Je ne sais pas")

    assert "titre-pension" in asked


async def test_who_does_not_know_of_a_judgment_still_sees_that_service_before_housing(library):
    """What fits comes first (the allowance paid meanwhile), then that service among what lacks an answer."""
    shown = await results(library, UNPAID)

    assert shown[:2] == ["Allocation de soutien familial", "Pension versée et récupérée par la Caf"]


async def test_without_a_judgment_the_way_to_one_is_shown(library):
    """No service recovers what nothing fixes: the Caf can make an agreement official."""
    shown = await results(library, f"{UNPAID}, je n'ai pas de jugement")

    assert shown[:2] == ["Allocation de soutien familial", "Accord sur la pension rendu officiel par la Caf"]
