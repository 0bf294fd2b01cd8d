"""``python -m bench.start``: start, memory, nearest and search with 1,000 cards and 20,000 imported places.

The service itself is started, in a copy of the project with generated cards, until it answers; beside it, in the same
run, an empty Starlette application on uvicorn and plain reading of the same YAML files.
"""

from __future__ import annotations

import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from bench.places import bring
from bench.search import evaluation, latency, many, plain_fts, texts
from knowledge.geography import nearest
from knowledge.imported import IMPORTED_FILE, ImportedPlaces
from knowledge.load import load_knowledge
from knowledge.search import Index
from knowledge.search_imported import FullSearch

ROOT = Path(__file__).resolve().parent.parent
CARDS, ROUNDS = 1_000, 5
_EMPTY = """
import asyncio, sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
app = Starlette(routes=[Route('/', lambda request: PlainTextResponse('ok'))])
class Told(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        port = self.servers[0].sockets[0].getsockname()[1]
        print(f'http://127.0.0.1:{port}', flush=True)
Told(uvicorn.Config(app, port=0, log_level='error')).run()
"""
_YAML = (
    "import yaml, pathlib\n"
    "for path in sorted(pathlib.Path('.').glob('[kd][ni]*/**/*.yaml')):\n"
    "    yaml.load(path.read_text(encoding='utf-8'), Loader=getattr(yaml, 'CSafeLoader', yaml.SafeLoader))\n"
    "print('http://', flush=True)\n"
)


def copied(folder: Path, count: int = CARDS) -> Path:
    """Return a copy of the project with ``count`` cards, those that are missing made from real rights."""
    root = folder / "racine"
    for name in ("bot", "knowledge", "dialogs", "i18n"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    rights = sorted((root / "knowledge/droits").glob("*.yaml"))
    there = sum(len(list((root / "knowledge" / each).glob("*.yaml"))) for each in ("droits", "services", "numeros"))
    for number in range(count - there):
        text = rights[number % len(rights)].read_text(encoding="utf-8")
        name = f"copie-{number}"
        lines = [f"id: {name}" if line.startswith("id:") else line for line in text.splitlines()]
        kept = "\n".join(line for line in lines if not line.startswith("anciens_ids:"))
        (root / f"knowledge/droits/{name}.yaml").write_text(kept + "\n", encoding="utf-8")
    return root


def started(command: list[str], root: Path, data: Path, settle: float = 0) -> tuple[float, float, float]:
    """Return milliseconds until a process prints an address, then its peak and its present memory (MB)."""
    env = os.environ | {"PASSERELLE_DONNEES": str(data), "PASSERELLE_PORT": "0", "PYTHONPATH": str(root)}
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=root, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = next((line for line in process.stdout if "http://" in line), "")
        took = (time.perf_counter() - start) * 1000
        if settle:
            time.sleep(settle)
            with urlopen(f"{line.split()[-1]}/sante", timeout=10) as answer:
                assert answer.status == 200
        peak, now = (_memory(process.pid, name) for name in ("VmHWM", "VmRSS"))
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    return took, peak, now


def _memory(pid: int, name: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith(f"{name}:")), 0.0)


def starts(folder: Path) -> list[str]:
    """Return the rows on start and memory: the first start reads the YAML, the next ones what was kept of it."""
    root, data = copied(folder), folder / "donnees"
    data.mkdir(mode=0o700)
    bring(load_knowledge(ROOT / "knowledge"), data)
    python, serve = sys.executable, [sys.executable, "-m", "bot", "serve"]
    first = started(serve, root, data, 25)
    ours, empty, yaml = [], [], []
    for _ in range(ROUNDS):
        ours.append(started(serve, root, data, 0))
        empty.append(started([python, "-c", _EMPTY], root, data))
        yaml.append(started([python, "-c", _YAML], root, data))
    settled = started(serve, root, data, 15)
    times = [statistics.median(each[0] for each in group) for group in (ours, empty, yaml)]
    bare = statistics.median(each[1] for each in empty)
    return [
        f"start until it answers, {CARDS} cards, 20,000 places: {times[0]:6.0f} ms   {times[0] / times[1]:5.2f} x an empty "
        f"Starlette on uvicorn ({times[1]:.0f} ms)   {times[0] / times[2]:5.2f} x plain YAML ({times[2]:.0f} ms)   target <= 1500 ms",
        f"the very first start, nothing kept:             {first[0]:6.0f} ms",
        f"memory at start:                                {statistics.median(each[1] for each in ours):6.0f} MB   "
        f"{statistics.median(each[1] for each in ours) / bare:5.2f} x the empty one ({bare:.0f} MB)   target <= 150 MB",
        f"memory with the search index built:             {settled[2]:6.0f} MB, peak {settled[1]:.0f} MB",
    ]


def lookups(folder: Path) -> list[str]:
    """Return the rows on the nearest places and on the search, 2,000 cards and 20,000 imported places."""
    knowledge = load_knowledge(ROOT / "knowledge")
    places = ImportedPlaces(folder / "donnees" / IMPORTED_FILE)
    services = [service.id for service in knowledge.services]
    asked = [(service, district) for service in services for district in range(1, 21)]
    objects = [place for service, district in asked for place in places.near(service, district, limit=10_000)]
    ours, peer = [], []
    for service, district in asked:
        start = time.perf_counter()
        places.near(service, district)
        middle = time.perf_counter()
        nearest((place for place in objects if place.service == service), district)
        ours.append((middle - start) * 1000)
        peer.append((time.perf_counter() - middle) * 1000)
    mine, theirs = statistics.median(ours), statistics.median(peer)
    rows = [
        f"nearest of a service, median:                   {mine:6.3f} ms   {mine / theirs:5.2f} x {len(objects)} objects in "
        f"memory, filtered and sorted ({theirs:.3f} ms)   p95 {statistics.quantiles(ours, n=20)[-1]:.3f} ms"
    ]
    queries = evaluation("held")
    index = Index(many(knowledge))
    full = FullSearch(index, places)
    everything = texts(index) | {place.id: f"{place.name} {place.address}" for place in objects}
    for name, search in (
        ("2,000 cards and 20,000 places", lambda text: [hit.id for hit in full.search(text)]),
        ("  the cards alone", lambda text: [hit.id for hit in index.search(text)]),
        ("  plain FTS5 over all of it", plain_fts(everything)),
    ):
        median, high = latency(search, queries, 3)
        rows.append(f"search, {name:<40}{median:6.3f} ms   p95 {high:6.3f} ms   target <= 1 and <= 5 ms")
    return rows


def main() -> None:
    """Print every row."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for row in (*starts(folder), *lookups(folder)):
            print(row, flush=True)


if __name__ == "__main__":
    main()
