"""Web addresses are opened politely, over real HTTP on loopback; without a network nothing is called dead."""

import json
import socket
import threading
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.verify_links import Pace, check_links, fetch

TODAY = date(2026, 11, 22)
HURRY = Pace(pause=0.0, total=60.0)


class Site(BaseHTTPRequestHandler):
    """Answers with the number in the path: /404 is not found."""

    def do_GET(self):
        code = int(self.path.strip("/") or 200)
        self.send_response(code)
        if code == 301:
            self.send_header("Location", "/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    """A real site on loopback; gives its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("200", "ok"),
        ("301", "ok"),
        ("404", "page introuvable (404)"),
        ("410", "page supprimée (410)"),
        ("403", "?"),  # many sites refuse programs: that says nothing of the page
        ("429", "?"),
        ("503", "?"),
    ],
)
def test_only_a_clear_answer_counts(site, path, state):
    """Gone is dead, answered is alive; a refusal or a failure of the day says nothing."""
    assert fetch(f"{site}/{path}", 5.0) == state


def test_a_closed_door_and_an_odd_address_say_nothing():
    """Nobody listens there: perhaps today only."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert fetch(f"http://127.0.0.1:{port}/", 5.0) == "?"
    assert fetch("file:///etc/hosts") == "?"


def test_what_is_learned_is_kept_a_week(tmp_path):
    """An address asked today is asked again after seven days, not before."""
    asked = []

    def one(url):
        asked.append(url)
        return "page introuvable (404)" if "b" in url else "ok"

    cache = tmp_path / "new" / "liens.json"
    urls = ["https://a.fr/", "https://b.fr/", "https://a.fr/"]

    first = check_links(urls, TODAY, cache, one, HURRY)
    again = check_links(urls, TODAY + timedelta(days=6), cache, one, HURRY)

    assert first == again
    assert first.dead == {"https://b.fr/": "page introuvable (404)"}
    assert (first.answered, first.unknown) == (1, 0)
    assert sorted(asked) == ["https://a.fr/", "https://b.fr/"]

    check_links(urls, TODAY + timedelta(days=7), cache, one, HURRY)

    assert len(asked) == 4


def test_without_a_network_nothing_is_dead(tmp_path):
    """When no site answers and no name is found, it is the network; nothing of it is kept."""
    cache = tmp_path / "liens.json"
    found = check_links(
        ["https://a.fr/", "https://b.fr/"], TODAY, cache, lambda url: "le nom du site n'existe pas", HURRY
    )

    assert found.dead == {}
    assert found.unknown == 2
    assert json.loads(cache.read_text()) == {}


def test_a_name_that_no_longer_exists_counts_when_others_answer(tmp_path):
    """One site is gone, another answers: the network is there."""

    def one(url):
        return "ok" if "a.fr" in url else "le nom du site n'existe pas"

    found = check_links(["https://a.fr/", "https://b.fr/"], TODAY, tmp_path / "liens.json", one, HURRY)

    assert list(found.dead) == ["https://b.fr/"]


def test_a_site_is_never_asked_twice_at_once(tmp_path):
    """Ten pages of one site are opened one after the other, whatever goes on elsewhere."""
    busy, most = {}, []
    lock = threading.Lock()

    def one(url):
        site = url.split("/")[2]
        with lock:
            busy[site] = busy.get(site, 0) + 1
            most.append(busy[site])
        with lock:
            busy[site] -= 1
        return "ok"

    urls = [f"https://{site}.fr/{number}" for site in "abc" for number in range(10)]
    found = check_links(urls, TODAY, tmp_path / "liens.json", one, HURRY)

    assert found.answered == 30
    assert max(most) == 1


def test_when_time_is_up_the_rest_waits(tmp_path):
    """No time at all: nothing is opened, nothing is dead."""
    found = check_links(["https://a.fr/"], TODAY, tmp_path / "liens.json", pytest.fail, Pace(0.0, 0.0))

    assert (found.dead, found.unknown) == ({}, 1)


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"https://a.fr/": 3}', '{"https://a.fr/": ["hier", "ok"]}'])
def test_a_damaged_file_is_forgotten(tmp_path, kept):
    """It is only a memory: everything is asked again."""
    cache = tmp_path / "liens.json"
    cache.write_text(kept)

    assert check_links(["https://a.fr/"], TODAY, cache, lambda url: "ok", HURRY).answered == 1


def test_a_folder_that_refuses_changes_nothing(tmp_path):
    """Nothing can be kept; the answer is the same."""
    (tmp_path / "fichier").write_text("")
    cache = tmp_path / "fichier" / "liens.json"

    assert check_links(["https://a.fr/"], TODAY, cache, lambda url: "ok", HURRY).answered == 1
