"""A service that counts one family, writes it down, counts another, and waits to be killed."""

import asyncio
import sys
from pathlib import Path

from bot.content import load_library
from bot.store import open_store
from tests.bot.observatory.conftest import Service
from tests.bot.observatory.test_counting import separation


async def main(folder: Path) -> None:
    """Count twice, write once, and say so."""
    service = Service(load_library(), await open_store(folder))
    await separation(service, "19")
    await service.pass_(hours=1)
    await separation(service, "7")
    print("counted", flush=True)
    await asyncio.sleep(600)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
