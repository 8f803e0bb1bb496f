"""Jobs a processor second: our workers, the bare functions under them, and RQ workers that call espeak-ng."""

import contextlib
import json
import os
import pathlib
import platform
import re
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import redis
from redis import Redis
from rq import Queue

HERE = pathlib.Path(__file__).resolve().parent
AUDIO = HERE.parents[1] / "audio-samples"
BUILD = pathlib.Path(sys.argv[1])
OURS, BENCHMARKS = BUILD / "speaktracker", BUILD / "Benchmarks"
PEOPLE = ["My brother", "The new teacher", "Our neighbour", "Her friend", "The captain", "A young doctor", "His aunt",
          "The bus driver", "Their cousin", "An old farmer"]
VERBS = ["wanted to buy", "forgot to bring", "was looking for", "has found", "might borrow"]
THINGS = ["a warm coat", "three red apples", "the train tickets", "a guitar", "an umbrella"]
ENDS = ["before the concert.", "at the station, I think.", "yesterday.", "for only 25 dollars!"]
READABLE = [
    entry for entry in map(json.loads, (AUDIO / "manifest.jsonl").read_text().splitlines())
    if entry["id"].startswith("plain") or entry["id"] in ("fast", "slow", "word-added", "word-left-out", "numbers")]


def sentences(count, audio_format):
    texts = [f"{a} {b} {c} {d}" for a in PEOPLE for b in VERBS for c in THINGS for d in ENDS][:count]
    assert len(texts) == count
    return [
        {"job_id": f"sentence-{number}", "kind": "sentence.synthesize", "payload": {
            "sessionId": "benchmark", "sentenceIndex": number, "english": text, "format": audio_format}}
        for number, text in enumerate(texts)]


def recordings(count):
    return [
        {"job_id": f"reading-{number}", "kind": "pronunciation.score", "payload": {
            "student_email": f"student{number % 30}@example.com",
            "timestamp": f"2026-01-{1 + number // 60 % 28:02}T09:{number % 60:02}:00.000Z",
            "original_text": READABLE[number % len(READABLE)]["text"],
            "s3key": f"recordings/{READABLE[number % len(READABLE)]['audio']}"}}
        for number in range(count)]


def spent(command, **options):
    """Processor seconds of a command and its children, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def bare(jobs, folder):
    seconds, printed = spent([BENCHMARKS, "bare-jobs", jobs, AUDIO])
    assert int(printed) == sum(1 for _ in open(jobs))
    return seconds


def completed(jobs, where):
    rows = subprocess.run(
        [OURS, "jobs", "--json", *where], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    done = sum(json.loads(row)["status"] == "COMPLETED" for row in rows)
    assert done == sum(1 for _ in open(jobs)), f"{done} completed"


def embedded(jobs, folder):
    """One process that owns its data folder."""
    where = ["--data", folder / "data"]
    subprocess.run([OURS, "enqueue", jobs, "--audio", AUDIO, *where], check=True, stdout=subprocess.DEVNULL)
    seconds, _ = spent([OURS, "work", "--until-empty", "--log-level", "error", *where], stderr=subprocess.DEVNULL)
    completed(jobs, where)
    return seconds


def served(jobs, folder):
    """`serve`, and workers that reach it over HTTP; both count, from when the jobs are on the queue."""
    server = subprocess.Popen(
        [OURS, "serve", "--data", folder / "data", "--port", "0"], stderr=subprocess.PIPE, text=True)
    with ending(server):
        address = next(found[0] for found in (re.search(r"http://\S+", line) for line in server.stderr) if found)
        where = ["--endpoint", address]
        subprocess.run([OURS, "enqueue", jobs, "--audio", AUDIO, *where], check=True, stdout=subprocess.DEVNULL)
        before = processor_seconds(server.pid)
        workers, _ = spent([OURS, "work", "--until-empty", "--log-level", "error", *where], stderr=subprocess.DEVNULL)
        seconds = workers + processor_seconds(server.pid) - before
        completed(jobs, where)
    return {"serve and work": seconds, "of these, work alone": workers}


@contextlib.contextmanager
def ending(server):
    try:
        yield
    finally:
        server.terminate()
        server.wait()


def rq(jobs, folder):
    """A Redis that syncs as ours does before it answers, and a worker that takes jobs until there are none."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--dir", folder, "--save", "", "--appendonly", "yes",
         "--appendfsync", "always"], stdout=subprocess.DEVNULL)
    with ending(server):
        connection = Redis(port=port)
        while not answers(connection):
            time.sleep(0.01)
        queue = Queue(connection=connection)
        texts = [json.loads(line) for line in open(jobs)]
        for job in texts:
            queue.enqueue("rq_tasks.speak", job["payload"]["english"], str(folder / f"{job['job_id']}.wav"))
        before = processor_seconds(server.pid)
        seconds, _ = spent(
            [pathlib.Path(sys.executable).parent / "rq", "worker", "--burst", "--quiet", "--url",
             f"redis://127.0.0.1:{port}"], env={**os.environ, "PYTHONPATH": str(HERE)}, stderr=subprocess.DEVNULL)
        seconds += processor_seconds(server.pid) - before
        assert len(list(folder.glob("*.wav"))) == len(texts)
    return seconds


def answers(connection):
    try:
        return connection.ping()
    except (redis.ConnectionError, redis.BusyLoadingError):
        return False


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def text(values, decimals=0):
    return f"{statistics.median(values):,.{decimals}f} ({min(values):,.{decimals}f}–{max(values):,.{decimals}f})"


def main():
    quick = "--quick" in sys.argv
    sentence_count, recording_count = (40, 40) if quick else (1000, 1000)
    kinds = {
        "sentences, MP3": (sentences(sentence_count, "mp3"), {}),
        "sentences, WAV": (sentences(sentence_count, "wav"), {"RQ and the espeak-ng command": rq}),
        "recordings scored": (recordings(recording_count), {}),
    }
    rows = []
    for kind, (jobs, peers) in kinds.items():
        subjects = {"bare functions": bare, "work --data": embedded, "serve and work": served, **peers}
        rates = {}
        for run in range(1 if quick else 3):
            for name, subject in subjects.items():
                with tempfile.TemporaryDirectory() as folder:
                    folder = pathlib.Path(folder)
                    file = folder / "jobs.jsonl"
                    file.write_text("".join(json.dumps(job) + "\n" for job in jobs))
                    seconds = subject(file, folder)
                for part, spent_by_it in (seconds if isinstance(seconds, dict) else {name: seconds}).items():
                    rates.setdefault(part, []).append(len(jobs) / spent_by_it)
                    print(f"{kind}, {part}, run {run}: {rates[part][-1]:.1f}", file=sys.stderr)
        for name, values in rates.items():
            ratios = [100 * mine / base for mine, base in zip(values, rates["bare functions"])]
            rows.append(f"| {kind}: {name} | {text(values)} | {text(ratios)} % |")
    model = next(line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    print(f"Machine: {model}, {os.cpu_count()} cores, {platform.freedesktop_os_release()['PRETTY_NAME']}. "
          f"{sentence_count} sentences or {recording_count} recordings a run; median (minimum–maximum) of the runs.\n")
    print("| jobs | a CPU second | beside the bare functions |\n| --- | ---: | ---: |")
    print("\n".join(rows))


main()
