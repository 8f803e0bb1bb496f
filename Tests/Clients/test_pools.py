"""Pools of workers, mixed jobs, and a SIGKILL of some process every second: everything is done, and nothing twice.

`SPEAKTRACKER_POOL_JOBS` says how many jobs.
"""

import collections
import datetime
import decimal
import json
import os
import random
import signal
import threading
import time
import zoneinfo

import pytest
from conftest import ROOT, job
from pools import Backend, Moto, Running, Serve, end_all, until

JOBS = int(os.environ.get("SPEAKTRACKER_POOL_JOBS", "200"))
SCHOOL = zoneinfo.ZoneInfo("Asia/Seoul")
# A day of which everything is still there to recompute it from.
DAY = datetime.datetime.now(SCHOOL).date() - datetime.timedelta(days=2)
MORNING = datetime.datetime.combine(DAY, datetime.time(9), SCHOOL).astimezone(datetime.UTC)
READINGS = [
    sample for line in (ROOT / "audio-samples/manifest.jsonl").read_text().splitlines()
    if (sample := json.loads(line))["id"].startswith("plain-")]
TURNS = ["turn-1.opus", "turn-3.flac"]
FINAL = {"COMPLETED", "FAILED"}
# How long a job may be its dead worker's: whoever has its message next, after at most 15 s, may be killed before the job
# begins, and the store with it. That it is back in 15 s where nobody else is killed has a test of its own.
PATIENCE = 4 * 15


def moment(seconds):
    return (MORNING + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


@pytest.fixture(autouse=True)
def nothing_stays():
    yield
    end_all()


class Work:
    """A job with what has to come of it."""

    def __init__(self, number):
        self.student = f"s{number % 7}@example.com"
        self.session = moment(60 * (number % 7) + number % 3)
        self.fails = False
        self.id = f"job-{number}"
        self.queue, self.kind, self.payload = self.content(number)
        self.document = job(self.id, self.kind, **self.payload).strip()

    def content(self, number):
        choice = number % 20
        if choice < 8:
            return "synthesis", "sentence.synthesize", {
                "sessionId": f"session-{number // 10}", "sentenceIndex": number, "english": f"This is number {number}."}
        if choice < 12:
            reading = READINGS[number % len(READINGS)]
            return "scoring", "pronunciation.score", {
                "student_email": self.student, "timestamp": moment(number), "original_text": reading["text"],
                "transcribed_text": reading["transcript"], "s3key": f"recordings/{reading['audio']}",
                "session_timestamp": self.session}
        if choice < 16:
            return "scoring", "conversation.analyze", {
                "student_email": self.student, "timestamp": moment(number % 2), "conversation_id": "talk",
                "s3key": f"recordings/{TURNS[number % len(TURNS)]}", "session_timestamp": self.session}
        if choice < 18:
            return "synthesis", "feedback.synthesize", {
                "composite_key": f"tutor@example.com#{self.student}", "timestamp": moment(number),
                "message": f"Well done, number {number}."}
        if choice == 18:
            self.fails = True
            return "scoring", "conversation.analyze", {
                "student_email": self.student, "timestamp": moment(0), "conversation_id": "talk",
                "s3key": "recordings/nowhere.wav", "session_timestamp": self.session}
        return "statistics", "statistics.aggregate", {"date": DAY.isoformat(), "student_email": self.student}


class Pool(Running):
    """A supervisor of four worker processes."""

    def __init__(self, binary, url, *options, environment=None):
        super().__init__(
            binary, "work", "--processes", 4, "--endpoint", url, "--log-level", "warning", *options,
            environment={
                "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
                **(environment or {})})


class Killer:
    """Kills a random process every second, each kind as often as there are such, and starts again what nobody else does."""

    def __init__(self, commands, seed):
        self.commands = commands
        self.random = random.Random(seed)
        self.killed = collections.Counter()
        self.deaths = {}
        self.deck = []
        self.over = threading.Event()
        self.failure = None
        self.thread = threading.Thread(target=self.run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()

    def run(self):
        try:
            while not self.over.wait(1):
                self.kill()
        except Exception as failure:
            self.failure = failure

    def kill(self):
        if not self.deck:
            pools = [command for command in self.commands if isinstance(command, Pool)]
            self.deck = [(command, False) for command in self.commands] + [(pool, True) for pool in pools * 4]
            self.random.shuffle(self.deck)
        command, takes_worker = self.deck.pop()
        if not takes_worker:
            self.killed[type(command).__name__] += 1
            command.kill()
            command.start()
        elif workers := command.workers:
            process = self.random.choice(workers)
            try:
                os.kill(process, signal.SIGKILL)
                self.killed["worker"] += 1
                self.deaths[process] = time.time()
            except ProcessLookupError:
                pass  # It has ended by itself.


def feed(backend, works):
    """Sends jobs as a school does: few wait, so that one that comes back is soon taken up."""
    for start in range(0, len(works), 20):
        until(lambda: backend.messages() < 40, 300, "few jobs wait")
        for work in works[start:start + 20]:
            backend.send(work.queue, work.document)


def prepare(backend):
    for name in [*(sample["audio"] for sample in READINGS), *TURNS]:
        backend.store(f"recordings/{name}", ROOT / "audio-samples" / name)


def watch(backend, works, seconds, deaths=None):
    """Waits until every job is in a final state; gives back the rows, and the longest that one was a dead worker's."""
    longest = 0.0

    def finished():
        nonlocal longest
        rows = backend.statuses()
        for row in rows.values():
            if row["status"] == "PROCESSING" and (death := (deaths or {}).get(int(row["open_attempt"]["process_id"]))):
                longest = max(longest, time.time() - death)
                assert longest < PATIENCE, row
        return len(rows) >= len(works) and all(row["status"] in FINAL for row in rows.values()) and rows

    return until(finished, seconds, "every job is in a final state"), longest


def check(backend, works, rows):
    """Every effect is there once: each figure is counted again here, from single results."""
    assert set(rows) == {work.id for work in works}
    quarantined = [work for work in works if not work.fails and rows[work.id]["status"] == "FAILED"]
    for work in quarantined:
        assert "worker" in rows[work.id]["error"], rows[work.id]
    # Three processes that are killed at random may have had the same job, and more likely where few are left.
    assert len(quarantined) <= 2 + len(works) / 50
    assert all(rows[work.id]["status"] == "FAILED" for work in works if work.fails)
    done = [work for work in works if rows[work.id]["status"] == "COMPLETED"]
    of = lambda kind: [work for work in done if work.kind == kind]

    results = {row["job_id"]: row for row in backend.items("pronunciation-results")}
    assert set(results) == {work.id for work in of("pronunciation.score")}
    sentences = {row["jobId"] for row in backend.items("sentence-audio") if row["status"] == "COMPLETED"}
    assert sentences == {work.id for work in of("sentence.synthesize")}
    notifications = collections.Counter(row["notification_id"] for row in backend.items("notifications"))
    assert notifications == collections.Counter(f"feedback-{work.id}" for work in of("feedback.synthesize"))
    turns = collections.Counter((work.student, work.payload["timestamp"]) for work in of("conversation.analyze"))
    conversations = {
        (row["student_email"], row["timestamp"]): int(row["turn_count"]) for row in backend.items("ai-conversations")}
    assert conversations == turns

    recordings = [(work, results[work.id]) for work in of("pronunciation.score")]
    recordings += [(work, rows[work.id]["result"]) for work in of("conversation.analyze")]
    spoken = collections.Counter()
    for work, result in recordings:
        spoken[work.student, work.session] += int(result["speaking_duration_ms"])
    assert spoken == {
        (row["student_email"], row["timestamp"]): int(row["speaking_duration"])
        for row in backend.items("learning-sessions")}

    days = {row["student_email"]: row for row in backend.items("daily-statistics")}
    students = {work.student for work, _ in recordings}
    assert students <= set(days)
    for student in students:
        assert counted(days[student]) == recount([pair for pair in recordings if pair[0].student == student])


def dead(rows):
    """The processes of which the rows say that they died of a job."""
    return {int(death.split("/")[1]) for row in rows.values() for death in row.get("deaths", [])}


FIELDS = {
    "total_recording_time": "audio_duration_ms", "total_speaking_time": "speaking_duration_ms",
    "sum_net_speaking_density": "net_speaking_density", "sum_pace_ratio": "pace_ratio"}
FIELDS_OF_TURNS = {"sum_response_latency": "response_latency_ms", "sum_response_quality": "response_quality"}


def recount(recordings):
    """What a student's day should say of these recordings."""
    turns = [result for work, result in recordings if work.kind == "conversation.analyze"]
    everything = [result for _, result in recordings]
    total = lambda results, field: sum((decimal.Decimal(result.get(field, 0)) for result in results), decimal.Decimal())
    return {
        "practice_count": len(recordings) - len(turns), "chat_turns_count": len(turns),
        "pace_ration_count": sum("pace_ratio" in result for result in everything),
        "sessions_count": len({work.session for work, _ in recordings}),
        **{name: total(everything, field) for name, field in FIELDS.items()},
        **{name: total(turns, field) for name, field in FIELDS_OF_TURNS.items()}}


def counted(day):
    names = [
        "practice_count", "chat_turns_count", "pace_ration_count", "sessions_count", *FIELDS, *FIELDS_OF_TURNS]
    return {name: decimal.Decimal(day[name]) for name in names}


def run(binary, url, works, *options, killed=()):
    """Three pools do the jobs while processes are killed."""
    backend = Backend(url)
    prepare(backend)
    pools = [Pool(binary, url, *options) for _ in range(3)]
    start = time.monotonic()
    with Killer([*pools, *killed], seed=7) as killer:
        sender = threading.Thread(target=feed, args=(Backend(url), works))
        sender.start()
        rows, longest = watch(backend, works, 120 + 2 * len(works), killer.deaths)
        sender.join()
    assert killer.failure is None, killer.failure
    seconds = time.monotonic() - start
    until(lambda: backend.messages() == 0, 60, "no message is left")
    for pool in pools:
        assert pool.stop() == 0, pool.text
    check(backend, works, rows)
    assert dead(rows) <= set(killer.deaths), "only workers that were killed have died"
    attempts = collections.Counter(int(row.get("attempts", 0)) for row in rows.values())
    print(
        f"{len(works)} jobs in {seconds:.0f} s, killed {dict(killer.killed)}, attempts {dict(sorted(attempts.items()))},"
        f" {longest:.1f} s the longest that a job was a dead worker's")


def test_three_pools_on_a_server_while_processes_are_killed(binary, tmp_path):
    serve = Serve(binary, tmp_path / "data", "--log-level", "warning")
    run(binary, serve.url, [Work(number) for number in range(JOBS)], killed=[serve])
    assert serve.stop() == 0


def test_three_pools_on_moto_while_processes_are_killed(binary, speaktracker, tmp_path):
    moto = Moto()
    made = speaktracker("provision", "--endpoint", moto.url, environment={
        "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"})
    assert made.returncode == 0, made.stderr
    # A long poll whose client has died goes on there, and takes messages for nobody: so polls are short.
    settings = tmp_path / "workers.json"
    settings.write_text(json.dumps(
        {"queues": {f"speaktracker-{name}": {"wait_seconds": 1} for name in ("synthesis", "scoring", "statistics")}}))
    run(binary, moto.url, [Work(number) for number in range(JOBS // 5)], "--settings", settings)
    moto.stop()


def test_a_stop_under_load_leaves_nothing_to_be_done_twice(binary, tmp_path):
    serve = Serve(binary, tmp_path / "data", "--log-level", "warning")
    backend = Backend(serve.url)
    prepare(backend)
    works = [Work(number) for number in range(200)]
    for work in works:
        backend.send(work.queue, work.document)
    finished = lambda: sum(row["status"] in FINAL for row in backend.statuses().values())
    for count in (20, 80):
        pool = Pool(binary, serve.url)
        until(lambda: finished() >= count, 120, "the pool works")
        assert pool.stop(40) == 0, pool.text
        # What was in hand is done, and what was not is there for others at once.
        assert not any(row["status"] == "PROCESSING" for row in backend.statuses().values())
        attributes = backend.call(
            "sqs", "get_queue_attributes", QueueUrl=backend.url("scoring"), AttributeNames=["All"])["Attributes"]
        assert attributes["ApproximateNumberOfMessagesNotVisible"] == "0"
    pool = Pool(binary, serve.url)
    rows, _ = watch(backend, works, 300)
    assert pool.stop() == 0, pool.text
    assert {row["attempts"] for row in rows.values()} == {"1"}
    check(backend, works, rows)
    assert serve.stop() == 0


def test_the_jobs_of_a_dead_worker_are_back_in_15_seconds(binary, tmp_path):
    serve = Serve(binary, tmp_path / "data", "--log-level", "warning")
    backend = Backend(serve.url)
    prepare(backend)
    pool = Running(binary, "work", "--processes", 1, "--endpoint", serve.url)
    pool.says("worker process receives")
    [worker] = pool.workers
    # One of each queue first: what has done them waits for more.
    before = [Work(number) for number in (20, 28, 39)]
    for work in before:
        backend.send(work.queue, work.document)
    watch(backend, before, 60)
    works = [Work(number) for number in (0, 8, 19)]
    attributes = lambda queue: backend.call(
        "sqs", "get_queue_attributes", QueueUrl=backend.url(queue), AttributeNames=["All"])["Attributes"]
    in_flight = lambda: sum(
        int(attributes(work.queue)["ApproximateNumberOfMessagesNotVisible"]) for work in works)
    until(lambda: in_flight() == 0, 10, "the messages of the first are gone")
    # It waits for jobs; what comes now reaches it, and it does nothing more.
    os.kill(worker, signal.SIGSTOP)
    for work in works:
        backend.send(work.queue, work.document)
    until(lambda: in_flight() == 3, 10, "the worker has the messages")
    pool.kill()
    os.kill(worker, signal.SIGKILL)
    died = time.time()
    other = Running(binary, "work", "--processes", 1, "--endpoint", serve.url)
    rows, _ = watch(backend, before + works, 60)
    first = max(datetime.datetime.fromisoformat(row["completed_at"]).timestamp() for row in rows.values())
    assert first - died < 15
    assert other.stop() == 0, other.text
    check(backend, before + works, rows)
    assert serve.stop() == 0
