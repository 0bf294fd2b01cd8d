"""How fast the bot talks, on a clock that the test moves."""

import asyncio

import pytest
from telegram.error import RetryAfter

from bot.telegram.limiter import UNASKED, URGENT, ChatLimiter
from tests.fake_botapi import ManualClock


class Line:
    """A limiter, and the moments at which calls left."""

    def __init__(self):
        self.clock = ManualClock(jumps=False)
        self.limiter = ChatLimiter(self.clock.timing)
        self.left = []
        self.tasks = []
        self.refusals = []

    def call(self, chat, endpoint="sendMessage", urgent=None):
        """Ask for a call."""

        async def leave():
            self.left.append((chat, round(self.clock.seconds - 1000, 3)))
            if self.refusals:
                raise self.refusals.pop(0)
            return True

        async def call():
            if urgent == UNASKED:
                await self.limiter.room()
            return await self.limiter.process_request(leave, (), {}, endpoint, data, urgent)

        data = {} if chat is None else {"chat_id": chat}
        self.tasks.append(asyncio.create_task(call()))
        return self.tasks[-1]

    def times(self, chat):
        """Return when the calls of a chat left, in seconds."""
        return [at for each, at in self.left if each == chat]


@pytest.fixture
async def line():
    """A line whose calls are all done at the end."""
    line = Line()
    yield line
    for task in line.tasks:
        task.cancel()
    await asyncio.gather(*line.tasks, return_exceptions=True)


async def test_three_at_once_then_one_a_second(line):
    """A chat gets a burst of three, then one message a second; a pause gives the burst back."""
    for _ in range(5):
        line.call(1)
    await line.clock.advance(10)
    for _ in range(4):
        line.call(1)
    await line.clock.advance(10)

    assert line.times(1) == [0, 0, 0, 1, 2, 10, 10, 10, 11]


async def test_chats_do_not_slow_each_other(line):
    """A chatty person does not delay another."""
    for _ in range(5):
        line.call(1)
    line.call(2)
    await line.clock.advance(0)

    assert line.times(2) == [0]


async def test_a_message_that_waited_for_other_chats_counts_from_when_it_left(line):
    """Held back by the pace of the whole bot, the messages of one chat do not leave in a heap afterwards."""

    async def talk(number):
        for _ in range(number):
            await line.call(1)

    await talk(3)
    await line.clock.advance(0.4)
    for chat in range(100, 200):
        line.call(chat)
    talking = asyncio.create_task(talk(4))
    await line.clock.advance(20)
    await talking

    # A hundred others take three seconds. Three more of chat 1 leave together then, and the last a second later.
    assert line.times(1) == [0, 0, 0, 3.4, 3.4, 3.4, 4.4]


async def test_edits_do_not_count_as_messages(line):
    """Pressing fast is answered fast: five edits leave at once."""
    for _ in range(5):
        line.call(1, "editMessageText")
    await line.clock.advance(0)

    assert line.times(1) == [0] * 5


async def test_thirty_a_second_for_everyone(line):
    """No second holds more than thirty calls, whoever they are for."""
    for chat in range(70):
        line.call(chat)
    await line.clock.advance(5)

    assert [at for _, at in line.left] == [0] * 30 + [1] * 30 + [2] * 10


async def test_a_429_holds_its_chat_only(line):
    """The chat that was refused waits as long as asked; another does not."""
    line.refusals = [RetryAfter(7)]
    line.call(1)
    await line.clock.advance(0)
    line.call(2)
    await line.clock.advance(6.9)
    line.call(1)
    await line.clock.advance(1)

    assert line.times(2) == [0]
    assert line.times(1) == [0, 7.1, 7.1]


async def test_a_429_holds_what_already_waits_for_its_turn(line):
    """A fourth message waits for its second; an edit is refused meanwhile: both stay quiet as long as Telegram asks."""
    for _ in range(4):
        line.call(1)
    await line.clock.advance(0.5)
    line.refusals = [RetryAfter(5)]
    line.call(1, "editMessageText")
    await line.clock.advance(5)

    assert line.times(1) == [0, 0, 0, 0.5]
    await line.clock.advance(5)
    assert len(line.times(1)) == 6
    assert min(line.times(1)[4:]) >= 5.5


async def test_a_429_without_end_is_given_up(line):
    """Five refusals in a row, or more than ten minutes to wait, are raised to the caller."""
    line.refusals = [RetryAfter(1) for _ in range(5)]
    often = line.call(1)
    await line.clock.advance(20)
    line.refusals = [RetryAfter(601)]
    long = line.call(2)
    await line.clock.advance(1)

    assert isinstance(often.exception(), RetryAfter)
    assert len(line.times(1)) == 5
    assert isinstance(long.exception(), RetryAfter)


async def test_what_names_no_chat_leaves_at_once(line):
    """The answer to a press does not queue behind messages."""
    for chat in range(30):
        line.call(chat)
    line.call(None, "answerCallbackQuery")
    await line.clock.advance(0)

    assert line.times(None) == [0]


async def test_what_is_urgent_overtakes(line):
    """An emergency card does not wait, and counts for those behind it."""
    for _ in range(3):
        line.call(1)
    line.call(1, urgent=URGENT)
    line.call(1)
    await line.clock.advance(5)

    # The fourth leaves at once though its second was 1; the fifth keeps its own, 2.
    assert line.times(1) == [0, 0, 0, 0, 2]


async def test_chats_gone_quiet_are_forgotten(line):
    """The limiter keeps no list of everyone it ever wrote to."""
    for chat in range(1_000):
        line.call(chat)
    await line.clock.advance(60)
    line.call(5_000)
    await line.clock.advance(1)

    assert len(line.limiter._paces) == 1


async def test_what_nobody_waits_for_leaves_room_for_answers(line):
    """With hundreds of news waiting, five answers in the same second leave at once, and news go on at 25 a second."""
    for chat in range(1, 101):
        line.call(chat, urgent=UNASKED)
    await line.clock.advance(0.5)
    for chat in range(1001, 1006):
        line.call(chat)
    await line.clock.advance(10)
    answers = [line.times(chat) for chat in range(1001, 1006)]
    news = sorted(at for chat, at in line.left if chat < 1000)

    assert answers == [[0.5]] * 5
    assert len(news) == 100 and news[-1] <= 5
    assert max(sum(1 for at in news if start <= at < start + 1) for start in news) == 25


async def test_a_429_holds_all_that_nobody_waits_for_and_no_answer(line):
    """Telegram says to wait 30 seconds: news to anybody wait, answers to others and to the same person do not."""
    line.refusals = [RetryAfter(30)]
    refused = line.call(1, urgent=UNASKED)
    await line.clock.advance(1)
    line.call(2, urgent=UNASKED)
    line.call(3)
    line.call(1)
    await line.clock.advance(60)

    assert line.times(3) == [1]
    assert line.times(1) == [0, 1]
    assert isinstance(refused.exception(), RetryAfter)
    assert line.times(2)[0] >= 30
