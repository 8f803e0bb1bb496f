"""Calls between workers and their store are lost, refused, failed and slow, and clocks jump: everything is done, and once."""

import random
import threading

import pytest
from faulty_wire import FaultyWire
from pools import Backend, Running, Serve, end_all, until
from test_pools import Pool, Work, check, prepare, watch

JOBS = 200
# In hundredths of all calls.
FAULTS = {"lost request": 3, "lost reply": 3, "torn reply": 3, "throttled": 4, "failed": 4, "slow": 2}
LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"


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


def test_calls_are_lost_refused_failed_and_slow(binary, tmp_path, works):
    serve = Serve(binary, tmp_path / "data", "--log-level", "warning")
    with FaultyWire(serve.port, FAULTS, seed=11) as wire:
        # Workers look at the store as they begin, and may find that it throttles: what begins them tries again.
        pools = [Pool(binary, wire.url) for _ in range(2)]
        do(works, serve, pools)
    print(dict(wire.counts))
    assert all(wire.counts[fault] >= 10 for fault in FAULTS), wire.counts
    assert serve.stop() == 0
