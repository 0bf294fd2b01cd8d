"""A cry in a language that is not offered is answered in it; the rest of the screen stays as it was."""

import pytest

from tests.bot.talk import Person

CRIES = {
    "me pega mi marido": ("Su seguridad, ante todo", "Continuar", "Salir rápido"),
    "আমার স্বামী আমাকে মারে": ("আগে আপনার নিরাপত্তা", "চালিয়ে যান", "দ্রুত বের হন"),
    "我老公打我": ("您的安全最重要", "继续", "快速离开"),
}


@pytest.mark.parametrize("cry", CRIES)
async def test_a_cry_of_another_language_is_answered_in_it(library, cry):
    """The card and both ways on are in the language of the cry; the numbers are those of the case."""
    title, go_on, leave = CRIES[cry]
    person = Person(library)
    await person.opens()
    reply = await person.types(cry)
    screen = reply.screens[0]

    assert reply.private and screen.urgent
    assert screen.blocks[0].text == title
    assert [button.text.split(" ", 1)[1] for row in screen.rows for button in row] == [go_on, leave]
    assert "tel-violences-femmes" in reply.numbers
    assert reply.language == "fr"


async def test_a_gentle_line_is_in_the_language_of_the_words(library):
    """What only may mean danger brings one line in the language of the words, then the conversation goes on."""
    person = Person(library)
    await person.opens()
    reply = await person.types("我怕我老公")

    assert any("3919" in block.text and "倾听" in block.text for screen in reply.screens for block in screen.blocks)
