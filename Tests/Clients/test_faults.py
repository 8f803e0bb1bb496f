"""Calls between workers and their store are lost, refused, failed and slow, and clocks jump: everything is done, and once."""

import mmap
import pathlib
import random
import struct
import subprocess
import threading

import pytest
from faulty_wire import FaultyWire
from pools import Backend, Running, Serve, end_all, until
from test_pools import Pool, Work, check, prepare, watch

JOBS = 100
# In hundredths of all calls.
FAULTS = {"lost request": 3, "lost reply": 3, "torn reply": 3, "throttled": 4, "failed": 4, "slow": 2}


@pytest.fixture(autouse=True)
def nothing_stays():
    yield
    end_all()


@pytest.fixture
def works():
    return [Work(number) for number in range(JOBS)]


def do(works, serve, pools):
    """Sends jobs straight to the server, waits until the pools have done them, and counts again."""
    backend = Backend(serve.url)
    prepare(backend)
    for work in works:
        backend.send(work.queue, work.document)
    rows, _ = watch(backend, works, 400)
    until(lambda: backend.messages() == 0, 60, "no message is left")
    for pool in pools:
        assert pool.stop() == 0, pool.text
    check(backend, works, rows)
    return rows


@pytest.fixture(scope="module")
def leaping(tmp_path_factory):
    library = tmp_path_factory.mktemp("shim") / "leaping_clock.so"
    source = pathlib.Path(__file__).parent / "leaping_clock.c"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, source], check=True)
    return library


class LeapingClock:
    """The wall clock of the processes that are started with its environment; it leaps by up to half an hour."""

    def __init__(self, library, file, seed):
        self.random = random.Random(seed)
        self.leaps = 0
        file.write_bytes(bytes(8))
        with file.open("r+b") as opened:
            self.offset = mmap.mmap(opened.fileno(), 8)
        self.environment = {"LD_PRELOAD": str(library), "CLOCK_OFFSET": str(file)}

    def leap(self):
        self.leaps += 1
        self.set(self.random.randrange(-1800, 1800))

    def set(self, seconds):
        self.offset[:] = struct.pack("q", seconds)


def test_calls_are_lost_refused_failed_and_slow(binary, tmp_path, works):
    serve = Serve(binary, tmp_path / "data", "--log-level", "warning")
    with FaultyWire(serve.port, FAULTS, seed=11) as wire:
        # Workers look at the store as they begin, and may find that it throttles: what begins them tries again.
        pools = [Pool(binary, wire.url) for _ in range(2)]
        do(works, serve, pools)
    print(dict(wire.counts))
    assert all(wire.counts[fault] >= 10 for fault in FAULTS), wire.counts
    assert serve.stop() == 0


def test_clocks_leap(binary, leaping, tmp_path, works):
    of_store, *of_pools = clocks = [LeapingClock(leaping, tmp_path / f"clock-{seed}", seed) for seed in range(3)]
    serve = Serve(binary, tmp_path / "data", "--log-level", "warning", environment=of_store.environment)
    pools = [Pool(binary, serve.url, environment=clock.environment) for clock in of_pools]
    over = threading.Event()

    def leap():
        for number in range(60):
            if not over.wait(0.2):
                clocks[number % 3].leap()
        # A message that was delayed before a clock was set back waits until its time has come.
        for clock in clocks:
            clock.set(1800)

    leaping = threading.Thread(target=leap)
    leaping.start()
    try:
        do(works, serve, pools)
    finally:
        over.set()
        leaping.join()
    assert all(clock.leaps > 3 for clock in clocks)
    assert serve.stop() == 0
