"""Workers as processes against a server: what they obey, how they stop, and what they say when something is missing."""

import json
import os
import signal
import subprocess
import time

import pytest
from pools import children
from serving import KEYS, Server

QUEUE = "speaktracker-synthesis"
SCORING = "speaktracker-scoring"


@pytest.fixture
def server(binary, tmp_path):
    server = Server(binary, tmp_path / "data")
    yield server
    server.stop()


@pytest.fixture
def environment(server):
    return {
        "AWS_ENDPOINT_URL": server.url, "AWS_REGION": "eu-west-1",
        **{name.upper(): value for name, value in KEYS.items()},
    }


@pytest.fixture
def work(binary, environment):
    """Starts workers and ends those that a test leaves."""
    processes = []

    def start(*options):
        process = subprocess.Popen(
            [binary, "work", "--queue", QUEUE, *options], env=environment, stderr=subprocess.PIPE, text=True)
        processes.append(process)
        return process

    yield start
    for process in processes:
        if process.poll() is None:
            process.kill()
        process.wait()


def sentence(id, text="Good morning."):
    return {
        "job_id": id, "kind": "sentence.synthesize",
        "payload": {"sessionId": "s", "sentenceIndex": 0, "english": text},
    }


def send(server, *documents):
    sqs = server.client()
    url = sqs.get_queue_url(QueueName=QUEUE)["QueueUrl"]
    for document in documents:
        sqs.send_message(QueueUrl=url, MessageBody=json.dumps(document))


def row(server, id):
    found = server.client("dynamodb").get_item(TableName="async-job-status", Key={"job_id": {"S": id}})
    return found.get("Item", {})


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("It did not happen in time.")


def is_completed(server, id):
    return row(server, id).get("status") == {"S": "COMPLETED"}


def test_pause_and_resume_reach_a_running_worker(speaktracker, server, environment, work):
    worker = work("--processes", "1", "--stop-seconds", "20")
    send(server, sentence("before"))
    until(lambda: is_completed(server, "before"))

    paused = speaktracker("pause", QUEUE, environment=environment)
    assert (paused.returncode, paused.stdout) == (0, f"{QUEUE} is paused.\n"), paused.stderr
    for line in worker.stderr:
        if "queue's controls changed" in line and "queue.paused=true" in line:
            break
    send(server, sentence("after"))
    sqs = server.client()
    url = sqs.get_queue_url(QueueName=QUEUE)["QueueUrl"]
    assert "Attributes" in sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])
    assert row(server, "after") == {}

    assert speaktracker("resume", QUEUE, environment=environment).returncode == 0
    until(lambda: is_completed(server, "after"))
    worker.send_signal(signal.SIGTERM)
    worker.stderr.read()
    assert worker.wait(timeout=30) == 0


def test_a_concurrency_is_a_tag_and_default_takes_it_away(speaktracker, server, environment):
    sqs = server.client()
    url = sqs.get_queue_url(QueueName=SCORING)["QueueUrl"]
    assert speaktracker("concurrency", SCORING, "7", environment=environment).returncode == 0
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"speaktracker:concurrency": "7"}
    assert speaktracker("concurrency", SCORING, "default", environment=environment).returncode == 0
    assert not sqs.list_queue_tags(QueueUrl=url).get("Tags")


@pytest.mark.parametrize("count", ["0", "1001", "many", "-1"])
def test_a_concurrency_that_cannot_be_is_bad_usage(speaktracker, count):
    result = speaktracker("concurrency", SCORING, "--data", "nowhere", "--", count)
    assert result.returncode == 2
    assert f"{count} is no concurrency; it is from 1 to 1000, or default." in result.stderr


def test_a_queue_that_is_not_there_cannot_be_paused(speaktracker, server, environment):
    result = speaktracker("pause", "speaktracker-singing", environment=environment)
    assert result.returncode == 1
    assert "There is no queue named speaktracker-singing." in result.stderr


@pytest.mark.parametrize(
    "settings, sentence", [
        ("{", "The worker settings cannot be used: the document is not JSON"),
        ('{"kinds": {"sentence.synthesize": {"attemps": 3}}}', "kinds.sentence.synthesize.attemps is not known."),
        (None, "cannot be read"),
    ])
def test_settings_that_cannot_be_used_are_one_sentence(speaktracker, tmp_path, settings, sentence):
    file = tmp_path / "settings.json"
    if settings is not None:
        file.write_text(settings)
    result = speaktracker("work", "--settings", file, "--data", tmp_path / "data", "--until-empty")
    assert result.returncode == 2
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "data").exists()


def test_a_stale_job_is_dropped_and_says_so(speaktracker, server, environment, tmp_path):
    file = tmp_path / "settings.json"
    file.write_text('{"kinds": {"sentence.synthesize": {"deadline_seconds": 1}}}')
    send(server, sentence("stale"))
    time.sleep(1.1)  # Its age is what is tested.
    result = speaktracker(
        "work", "--queue", QUEUE, "--settings", file, "--until-empty", environment=environment)
    assert result.returncode == 0, result.stderr
    assert "1 too old" in result.stderr
    found = row(server, "stale")
    assert (found["status"], found["failure"]) == ({"S": "FAILED"}, {"S": "expired"})


def test_a_killed_workers_job_is_done_by_another_within_fifteen_seconds(server, work):
    # A long text keeps a worker busy for long enough to be killed in the middle. It is one, because a job that has killed
    # a worker is worked on alone.
    send(server, sentence("long", "The quick brown fox jumps over the lazy dog, and the dog sleeps on. " * 40))

    def is_with(process):
        attempt = row(server, "long").get("open_attempt", {}).get("M", {})
        return attempt.get("process_id") == {"N": str(process)}

    supervisor = work("--processes", "1")
    until(lambda: children(supervisor.pid))
    [victim] = children(supervisor.pid)
    until(lambda: is_with(victim))
    supervisor.kill()
    os.kill(victim, signal.SIGKILL)
    died = time.monotonic()
    assert is_with(victim), "it was killed in the middle of the job"
    work()
    until(lambda: not is_with(victim), seconds=15)
    assert time.monotonic() - died < 15
    until(lambda: is_completed(server, "long"))
    found = row(server, "long")
    assert found["attempts"] == {"N": "2"} and len(found["deaths"]["SS"]) == 1


def test_nobody_at_the_address_is_status_69(speaktracker):
    result = speaktracker("work", "--endpoint", "http://127.0.0.1:9", "--until-empty")
    assert result.returncode == 69
    assert "Nothing answers at http://127.0.0.1:9" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_missing_table_is_one_sentence_at_the_start(speaktracker, server, environment):
    server.client("dynamodb").delete_table(TableName="async-job-status")
    result = speaktracker("work", "--until-empty", environment=environment)
    assert result.returncode == 1
    assert "There is no table async-job-status." in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_missing_queue_is_one_sentence_at_the_start(speaktracker, server, environment):
    sqs = server.client()
    sqs.delete_queue(QueueUrl=sqs.get_queue_url(QueueName=SCORING)["QueueUrl"])
    result = speaktracker("work", "--until-empty", environment=environment)
    assert result.returncode == 1
    assert f"There is no queue named {SCORING}." in result.stderr


def test_a_worker_says_once_that_its_server_is_away_and_goes_on_when_it_is_back(binary, tmp_path, speaktracker):
    server = Server(binary, tmp_path / "data")
    port = server.url.rpartition(":")[2]
    worker = subprocess.Popen(
        [binary, "work", "--queue", QUEUE, "--endpoint", server.url], stderr=subprocess.PIPE, text=True)
    try:
        send(server, sentence("before"))
        until(lambda: is_completed(server, "before"))
        server.process.kill()
        server.process.wait()
        for line in worker.stderr:
            if "store is in trouble" in line:
                break
        server = Server(binary, tmp_path / "data", "--port", port)
        send(server, sentence("after"))
        until(lambda: is_completed(server, "after"))
        worker.send_signal(signal.SIGTERM)
        rest = worker.stderr.read()
        assert worker.wait(timeout=40) == 0
        assert rest.count("store is in trouble") <= 3, rest
    finally:
        worker.kill()
        worker.wait()
        server.stop()
