"""Whole conversations as an editor would write them, in tests/scenarios/*.yaml.

``pytest --update-scenarios`` rewrites the transcripts; the difference is then read, line by line.
"""

from pathlib import Path

import pytest

from knowledge.reader import read
from tests.bot.talk import Person

FILES = sorted((Path(__file__).parent / "scenarios").glob("*.yaml"))


async def transcript(library, scenario) -> str:
    """Return what a conversation says; a step « [Oui] » presses a button, anything else is typed."""
    person = Person(library, scenario.get("langue", "fr"))
    await person.opens(scenario.get("lien", ""))
    person.transcript.clear()
    for step in scenario["dit"]:
        if step.startswith("[") and step.endswith("]"):
            await person.presses(step[1:-1])
        else:
            await person.types(step)
    return "\n".join(person.transcript) + "\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_a_conversation_goes_as_it_was_written(path, library, request):
    """What is said is what an editor read and agreed to."""
    scenario = read(path)
    said = await transcript(library, scenario)
    if request.config.getoption("--update-scenarios"):
        head = path.read_text(encoding="utf-8").split("transcription:")[0]
        body = "".join(f"  {line}\n" if line else "\n" for line in said.splitlines())
        path.write_text(f"{head}transcription: |\n{body}", encoding="utf-8")
        return

    assert said == scenario["transcription"]


def test_there_is_a_scenario_for_each_tree(content):
    """Each subject has at least one conversation that an editor can read."""
    told = " ".join(path.stem for path in FILES)

    assert all(tree in told for tree in content.dialogs.trees)
