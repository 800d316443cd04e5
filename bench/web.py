"""The server under load: a record of a million claims, many clients, reads of all sorts and some writes.

    python -m bench.web
    python -m bench.web --seconds 20 --clients 8

One server process, `onrecord serve`, answers clients that ask one thing after another without a pause, from a process
of their own. Every twentieth request writes: a decision, or a reading that is added. At the end the server is stopped
and the record looked through for all that it said it had stored. Writes bench/results.json.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from bench.record_made import COMMON, RARE, STORIES, UNUSED, make
from bench.results import save

MADE = Path(__file__).parents[1] / "build" / "record-made.db"
WRITES = 0.05
"""Share of the requests."""
SAMPLED = 2000
"""Claims and threads that are looked at."""
_JSON = {"Content-Type": "application/json"}

Asked = tuple[str, str, str, str | None]
"""What it is called, method, path, body."""


def reads(random_: random.Random, claims: list[str], threads: list[int]) -> list[Asked]:
    """Return one request of each sort."""
    outlet = f"outlet-{random_.randrange(300)}.example"
    word = random_.choice([COMMON, "minister", "percent", "defence", "budget", "the", "housing"])
    country = random_.choice(["UK", "Kenya", "France", "Pakistan"])
    paths = {
        "api: a rare word": f"/api/claims?words={RARE}",
        "api: no such word": f"/api/claims?words={UNUSED}",
        "api: a common word": f"/api/claims?words={word}",
        "api: two words, actor, kind": f"/api/claims?words=minister+{word}&actor={country}&kind=commitment",
        "api: word, outlet": f"/api/claims?words={word}&outlet={outlet}",
        "api: verdict, days": "/api/claims?verdict=refuted&first_day=2019-01-01&last_day=2021-12-31",
        "api: no filter": "/api/claims?limit=50",
        "api: stories": f"/api/stories?words={word}",
        "api: tracker": f"/api/threads?actor={country}",
        "api: a claim": f"/api/claims/{random_.choice(claims)}",
        "api: a thread": f"/api/threads/{random_.choice(threads)}",
        "api: a series": "/api/figures/gdp_current_usd/GBR",
        "page: read": "/",
        "page: record": f"/record?words={word}",
        "page: record, a rare word": f"/record?words={RARE}",
        "page: commitments": "/commitments",
        "page: commitments, actor": f"/commitments?actor={country}",
        "page: a claim": f"/claims/{random_.choice(claims)}",
        "page: a thread": f"/threads/T{random_.choice(threads)}",
        "page: about": "/about",
    }
    return [(name, "GET", path, None) for name, path in paths.items()]


def write(random_: random.Random, claims: list[str], client: int) -> Asked:
    """Return a decision about some claim, or a small reading to be added."""
    if random_.random() < 0.5:
        given = {"address": random_.choice(claims), "decision": random_.choice(["accepted", "rejected"])}
        found = {"reviewer": f"client {client}"}
        return "write: a review", "POST", "/api/reviews", json.dumps(given | found)
    return "write: a reading", "POST", "/api/captures/reading", json.dumps(_reading(random_))


def _reading(random_: random.Random) -> dict[str, Any]:
    words = " ".join(random_.choices(["roads", "budget", "minister", "percent", "harbour", "taxes", "spend"], k=12))
    mark = f"{random_.random():.17f}"[2:]
    sentence = f"Norland will spend {random_.randrange(2, 90)} percent on {words} {mark} by 2031."
    evidence = {"start": 9, "end": 9 + len(sentence)}
    claim = {
        "kind": "commitment",
        "actor": "Norland",
        "country": None,
        "measure": f"spend on {words[:30]}",
        "quantity": {"value": 3.0, "unit": "percent"},
        "when": {"text": "by 2031", "relation": "by", "end": "2031-12-31"},
        "said_by": None,
        "negated": False,
        "confidence": 0.9,
        "evidence": evidence,
        "selector": {"exact": sentence, "prefix": "", "suffix": ""},
    }
    text = f"Norland\n\n{sentence}"
    story = {"start": 0, "end": len(text), "headline": "Norland", "published": "2025-05-05", "language": "en"}
    return {
        "source": f"https://load.example/{mark}",
        "id": hashlib.sha256(text.encode()).hexdigest(),
        "text": text,
        "published": "2025-05-05",
        "language": "en",
        "stories": [story | {"body": [[9, len(text)]], "statements": [], "claims": [claim]}],
    }


class Client(threading.Thread):
    """Asks one thing after another until the time is up."""

    def __init__(self, number: int, address: str, until: float, claims: list[str], threads: list[int]) -> None:
        super().__init__(daemon=True)
        self._number, self._until, self._claims, self._threads = number, until, claims, threads
        self._random = random.Random(number)
        self._host = urlsplit(address).netloc
        self.took: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []
        self.captures: list[str] = []
        self.reviews: list[int] = []

    def run(self) -> None:
        """Ask."""
        connection = http.client.HTTPConnection(self._host, timeout=60)
        while time.monotonic() < self._until:
            if self._random.random() < WRITES:
                asked = write(self._random, self._claims, self._number)
            else:
                asked = self._random.choice(reads(self._random, self._claims, self._threads))
            self._ask(connection, asked)

    def _ask(self, connection: http.client.HTTPConnection, asked: Asked) -> None:
        name, method, path, body = asked
        start = time.perf_counter()
        try:
            connection.request(method, quote(path, safe="/?=&+"), body, _JSON if body else {})
            answer = connection.getresponse()
            told = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.errors.append(f"{name}: {error!r}")
            connection.close()
            return
        self.took[name].append((time.perf_counter() - start) * 1000)
        # somebody else decided before: that is an answer, as it would be to a person
        if answer.status >= 400 and answer.status != 409:
            self.errors.append(f"{name}: {answer.status} {told[:200]!r}")
        elif name == "write: a reading":
            self.captures.append(json.loads(told)["capture_id"])
        elif name == "write: a review" and answer.status == 201:
            self.reviews.append(json.loads(told)["review"]["number"])


def ask(address: str, seconds: float, clients: int, claims: list[str], threads: list[int]) -> dict[str, Any]:
    """Return what all clients saw."""
    until = time.monotonic() + seconds
    asking = [Client(number, address, until, claims, threads) for number in range(clients)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    took: dict[str, list[float]] = defaultdict(list)
    for one in asking:
        for name, found in one.took.items():
            took[name] += found
    return {
        "took": took,
        "errors": [error for one in asking for error in one.errors],
        "captures": [capture for one in asking for capture in one.captures],
        "reviews": [review for one in asking for review in one.reviews],
    }


def measure(place: Path, seconds: float, clients: int) -> dict[str, Any]:
    """Return how a server on a record, which is written to, keeps up."""
    claims, threads = _sample(place)
    command = [str(Path(sys.executable).with_name("onrecord")), "serve", "--record", str(place), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[1]
        try:
            _in_another_process(address, 5, 4, claims, threads)  # what is loaded once, and the disk's pages
            load, used = os.getloadavg()[0], _processor(server.pid)
            found = _in_another_process(address, seconds, clients, claims, threads)
            used, memory = _processor(server.pid) - used, _memory(server.pid)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)
    every = sorted(one for several in found["took"].values() for one in several)
    kept = _lost(place, found)
    return {
        "claims": STORIES * 10,
        "clients": clients,
        "seconds": seconds,
        "requests": len(every),
        "requests a second": round(len(every) / seconds, 1),
        "writes": sum(len(one) for name, one in found["took"].items() if name.startswith("write")),
        **{f"p{part} ms": round(_part(every, part), 1) for part in (50, 95, 99)},
        "worst ms": round(every[-1], 1),
        "errors": len(found["errors"]),
        "first errors": found["errors"][:5],
        "stored": len(found["captures"]) + len(found["reviews"]),
        "lost": kept,
        "server's processor seconds a second": round(used / seconds, 2),
        "server MB": memory,
        "load before": round(load, 1),
        "p50 and p99 ms by request": {
            name: [round(_part(sorted(one), part), 1) for part in (50, 99)]
            for name, one in sorted(found["took"].items())
        },
    }


def _sample(place: Path) -> tuple[list[str], list[int]]:
    chance = random.Random(3)
    with sqlite3.connect(place) as connection:
        ids = [chance.randrange(1, STORIES * 10) for _ in range(SAMPLED)]
        marks = ",".join("?" * len(ids))
        claims = [row[0] for row in connection.execute(f"SELECT address FROM claims WHERE id IN ({marks})", ids)]
        numbers = [chance.randrange(1, STORIES * 2) for _ in range(SAMPLED)]
        threads = [row[0] for row in connection.execute(f"SELECT id FROM threads WHERE id IN ({marks})", numbers)]
    connection.close()
    return claims, threads


def _in_another_process(
    address: str, seconds: float, clients: int, claims: list[str], threads: list[int]
) -> dict[str, Any]:
    given = json.dumps([address, seconds, clients, claims, threads])
    command = [sys.executable, "-m", "bench.web", "--as-clients"]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def _lost(place: Path, found: dict[str, Any]) -> int:
    """Return how many writes that were answered as stored the record does not have."""
    with sqlite3.connect(place) as connection:
        captures = {row[0] for row in connection.execute("SELECT id FROM captures WHERE reader <> 'made'")}
        reviews = {row[0] for row in connection.execute("SELECT id FROM reviews")}
    connection.close()
    return len(set(found["captures"]) - captures) + len(set(found["reviews"]) - reviews)


def _part(ordered: list[float], percent: int) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def _processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return round(int(next(line for line in status if line.startswith("VmRSS")).split()[1]) / 1000)


def main() -> None:
    """Measure on a copy of the record, and save."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--made", type=Path, default=MADE)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--as-clients", action="store_true")
    given = parser.parse_args()
    if given.as_clients:
        print(json.dumps(ask(*json.load(sys.stdin))))
        return
    if not given.made.exists():
        given.made.parent.mkdir(exist_ok=True)
        make(given.made)
    with tempfile.TemporaryDirectory(dir=given.made.parent) as folder:
        place = Path(folder) / "record.db"
        shutil.copy(given.made, place)
        figures = measure(place, given.seconds, given.clients)
    print(json.dumps(figures, indent=1))
    save("web", figures)


if __name__ == "__main__":
    main()
