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
from typing import NamedTuple
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
# Without the extra « sens »: the encoder needs numpy, which sqlite-utils imports too where it is (10 MB).
_SERVE = "import sys; sys.modules['numpy'] = sys.modules['onnxruntime'] = None; from bot.cli import main; main()"
_WITH_ENCODER = "from bot.cli import main; main()"
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
    """Return a copy of the project, compiled as ``deploy/`` does, with ``count`` cards: some made from real rights."""
    root = folder / "racine"
    for name in ("bot", "knowledge", "dialogs", "i18n"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run(
        [sys.executable, "-m", "compileall", "-q", "bot", "knowledge", "dialogs", "i18n"], cwd=root, check=True
    )
    rights = sorted((root / "knowledge/droits").glob("*.yaml"))
    there = sum(len(list((root / "knowledge" / each).glob("*.yaml"))) for each in ("droits", "services", "numeros"))
    for number in range(count - there):
        text = rights[number % len(rights)].read_text(encoding="utf-8")
        name = f"copie-{number}"
        lines = [f"id: {name}" if line.startswith("id:") else line for line in text.splitlines()]
        kept = "\n".join(line for line in lines if not line.startswith("anciens_ids:"))
        (root / f"knowledge/droits/{name}.yaml").write_text(kept + "\n", encoding="utf-8")
    return root


class Start(NamedTuple):
    """One start: milliseconds until it has an address, until the first page, of processor; peak and present MB."""

    address: float
    page: float
    processor: float
    peak: float
    now: float


def started(command: list[str], root: Path, data: Path, settle: float = 0, page: str = "") -> Start:
    """Return what a start takes, up to the first answer of ``page`` if given; memory is looked at ``settle`` s later."""
    env = os.environ | {"PASSERELLE_DONNEES": str(data), "PASSERELLE_PORT": "0", "PYTHONPATH": str(root)}
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=root, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = next((line for line in process.stdout if "http://" in line), "")
        address = shown = (time.perf_counter() - start) * 1000
        spent = _processor(process.pid)
        if page:
            with urlopen(f"{line.split()[-1]}{page}", timeout=30) as answer:
                assert answer.status == 200
            shown = (time.perf_counter() - start) * 1000
        time.sleep(settle)
        peak, now = (_memory(process.pid, name) for name in ("VmHWM", "VmRSS"))
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    return Start(address, shown, spent, peak, now)


def _processor(pid: int) -> float:
    """Return milliseconds of processor, all threads; says more than the clock does when others work too."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _memory(pid: int, name: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith(f"{name}:")), 0.0)


def starts(folder: Path) -> list[str]:
    """Return the rows on start and memory: the first start reads the YAML, the next ones what was kept of it."""
    root, data = copied(folder), folder / "donnees"
    data.mkdir(mode=0o700)
    bring(load_knowledge(ROOT / "knowledge"), data)
    real, beside = copied(folder / "vrai", 0), folder / "donnees-vraies"
    shutil.copytree(data, beside)
    python, serve = sys.executable, [sys.executable, "-c", _SERVE, "serve"]
    first = started(serve, root, data, 25, "/sante")
    started(serve, real, beside, 25, "/sante")
    full = [python, "-c", _WITH_ENCODER, "serve"]
    ours, true, empty, yaml, reading, reading_true = [], [], [], [], [], []
    for _ in range(ROUNDS):
        reading.append(started(full, root, data, page="/"))
        reading_true.append(started(full, real, beside, page="/"))
        ours.append(started(serve, root, data, page="/"))
        true.append(started(serve, real, beside, page="/"))
        empty.append(started([python, "-c", _EMPTY], root, data, page="/"))
        yaml.append(started([python, "-c", _YAML], root, data))
    settled, settled_true = (started(serve, *where, 15, "/sante") for where in ((root, data), (real, beside)))
    bare, plain = _median(empty), _median(yaml)
    many, own = _median(ours), _median(true)
    return [
        f"start, {CARDS} cards, 20,000 places: {_said(many, bare)}   {many.address / plain.address:5.2f} x plain YAML "
        f"({plain.address:.0f} ms)   targets <= 1500 ms, <= 150 MB",
        f"start, the real content:           {_said(own, bare)}",
        f"the same two with the encoder:     {_said(_median(reading), bare)}",
        f"                                   {_said(_median(reading_true), bare)}",
        f"start, an empty Starlette:         {_said(bare, bare)}",
        f"the very first start, nothing kept:    {first.address:6.0f} ms, {first.processor:.0f} of processor, {first.peak:.0f} MB",
        f"memory once the search index is built: {settled.now:6.0f} MB; the real content {settled_true.now:.0f} MB",
    ]


def _median(group: list[Start]) -> Start:
    return Start(*(statistics.median(values) for values in zip(*group, strict=True)))


def _said(ours: Start, bare: Start) -> str:
    return (
        f"{ours.address:6.0f} ms ({ours.processor:.0f} of processor), first page {ours.page:.0f} ms, peak {ours.peak:.0f} MB   "
        f"{ours.address / bare.address:5.2f} x, {ours.processor / bare.processor:.2f} x, {ours.peak / bare.peak:.2f} x the empty one"
    )


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
