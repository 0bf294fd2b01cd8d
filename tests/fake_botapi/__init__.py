"""A Bot API server for tests, over real HTTP on loopback: it keeps chats as people see them and checks calls.

What it refuses, it refuses as Telegram does, with Telegram's words; ``complaints`` lists calls that no
documented method or field allows, which a test should never see.
"""

from tests.fake_botapi.clock import ManualClock
from tests.fake_botapi.people import Bubble, Person
from tests.fake_botapi.server import TOKEN, FakeBotApi

__all__ = ["TOKEN", "Bubble", "FakeBotApi", "ManualClock", "Person"]
