"""Order for each person, no waiting between people."""

import asyncio

import pytest

from bot.telegram.ordering import PersonOrder


@pytest.fixture
def order():
    """An order whose updates are (person, rank)."""
    return PersonOrder(lambda update: update)


async def breathe():
    """Let everything that can run, run."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_those_who_wait_are_taken_by_rank(order):
    """The one under way ends first; then the smallest rank, whatever came first."""
    done, gate = [], asyncio.Event()

    async def work(name):
        await gate.wait()
        done.append(name)

    tasks = [asyncio.create_task(order.process_update(("a", rank), work(rank))) for rank in (9, 4, 3, 5)]
    await breathe()
    gate.set()
    await asyncio.gather(*tasks)

    assert done == [9, 3, 4, 5]
    assert order.people == 0


async def test_what_may_not_wait_is_taken_beside_the_one_under_way():
    """A call for help passes the person's own line; what comes after it waits for all that is under way."""
    order = PersonOrder(lambda update: update, lambda update: update[1] == 2)
    begun, gates = [], {number: asyncio.Event() for number in (1, 2, 3)}

    async def work(number):
        begun.append(number)
        await gates[number].wait()

    tasks = [asyncio.create_task(order.process_update(("a", number), work(number))) for number in (1, 3, 2)]
    await breathe()
    assert begun == [1, 2]
    gates[1].set()
    await breathe()
    assert begun == [1, 2]
    gates[2].set()
    await breathe()
    gates[3].set()
    await asyncio.gather(*tasks)

    assert begun == [1, 2, 3]
    assert order.people == 0


async def test_another_person_does_not_wait(order):
    """Somebody slow holds up nobody else."""
    slow = asyncio.create_task(order.process_update(("a", 1), asyncio.Event().wait()))
    done = []

    async def work():
        done.append("b")

    await breathe()
    await order.process_update(("b", 2), work())

    assert done == ["b"]
    slow.cancel()
    await asyncio.gather(slow, return_exceptions=True)
    assert order.people == 0


async def test_a_failure_lets_the_next_one_in(order):
    """An update that fails does not lock its person out."""

    async def fail():
        raise ValueError

    async def work():
        return None

    with pytest.raises(ValueError):
        await order.process_update(("a", 1), fail())
    await asyncio.wait_for(order.process_update(("a", 2), work()), 1)

    assert order.people == 0


async def test_cancelling_one_who_waits_keeps_the_line_moving(order):
    """Whoever is cancelled while waiting, or just when called, the next one is called."""
    gate, done = asyncio.Event(), []

    async def first():
        await gate.wait()

    async def work(name):
        done.append(name)

    tasks = [asyncio.create_task(order.process_update(("a", 1), first()))]
    tasks += [asyncio.create_task(order.process_update(("a", rank), work(rank))) for rank in (2, 3, 4)]
    await breathe()
    tasks[2].cancel()
    gate.set()
    await asyncio.sleep(0)
    tasks[1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    assert done[-1] == 4
    assert 3 not in done
    assert order.people == 0


async def test_giving_up_ends_everything(order):
    """At a stop, what runs and what waits is cancelled, and what still comes is not begun."""
    begun = []

    async def work(name):
        begun.append(name)
        await asyncio.Event().wait()

    tasks = [asyncio.create_task(order.process_update(("a", rank), work(rank))) for rank in (1, 2)]
    await breathe()
    order.abandon()
    await asyncio.gather(*tasks, return_exceptions=True)
    await order.process_update(("a", 3), work(3))

    assert begun == [1]
    assert all(task.cancelled() for task in tasks)
