"""Looking at queues, jobs, dead letters and schedules, and changing them: on a data folder and over an endpoint."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import time

import pytest
from conftest import ROOT, job

SENTENCE = dict(sessionId="s", sentenceIndex=0, english="Good morning.")


@pytest.fixture(params=["data", "endpoint"])
def place(request, tmp_path, binary):
    """Where jobs are, as commands are told it; each test has a store of its own."""
    if request.param == "data":
        yield ["--data", tmp_path / "data"]
        return
    from serving import Server
    server = Server(binary, tmp_path / "data", "--no-cooldowns")
    yield ["--endpoint", server.url]
    assert server.stop() == 0


@pytest.fixture
def run(speaktracker, place):
    def command(*arguments, status=0, **more):
        result = speaktracker(*arguments, *place, **more)
        assert result.returncode == status, result.stderr
        return result

    return command


def rows(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def enqueue(run, *documents):
    run("enqueue", "-", stdin="".join(documents))


def score(identifier, student, text="One two three."):
    """A job that fails at once: its recording is not there."""
    return job(identifier, "pronunciation.score", student_email=student, timestamp="2026-01-05T03:00:00.000Z",
               original_text=text, s3key="recordings/none.wav")


def test_jobs_are_found_by_status_kind_student_and_time(run):
    enqueue(run, job("say", "sentence.synthesize", **SENTENCE), score("a-1", "a@example.com"), score("b-1", "b@example.com"))
    run("work", "--until-empty")
    enqueue(run, score("a-2", "a@example.com"))

    def ids(*options):
        return [row["job_id"] for row in rows(run("jobs", "--json", *options))]

    assert ids() == ["say", "a-1", "b-1", "a-2"]
    assert ids("--status", "FAILED") == ["a-1", "b-1"]
    assert ids("--kind", "sentence.synthesize") == ["say"]
    assert ids("--student", "a@example.com") == ["a-1", "a-2"]
    assert ids("--student", "a@example.com", "--status", "PENDING") == ["a-2"]
    assert ids("--limit", "2") == ["b-1", "a-2"]
    assert ids("--since", "1h") == ["say", "a-1", "b-1", "a-2"]
    assert ids("--since", "2100-01-01T00:00:00Z") == []
    assert run("jobs", "--kind", "statistics.aggregate").stdout == "No jobs.\n"


def test_a_job_says_why_it_failed(run):
    enqueue(run, score("j", "a@example.com"))
    run("work", "--until-empty")
    card = run("jobs", "j").stdout
    assert re.search(r"^j$", card, re.M)
    assert re.search(r"^  status +FAILED$", card, re.M)
    assert re.search(r"^  error +\S.*recording", card, re.M), card
    assert re.search(r"^  trace_id +[0-9a-f]{32}$", card, re.M)
    assert "speaktracker jobs retry j" in card


def test_a_cancelled_job_never_runs_and_can_be_tried_again(run):
    enqueue(run, *(job(name, "sentence.synthesize", **{**SENTENCE, "sentenceIndex": index})
                   for index, name in enumerate(["stays", "goes"])))
    assert run("jobs", "cancel", "goes").stdout == "goes cancelled.\n"
    # What is cancelled cannot be cancelled, and the others are all the same.
    result = run("jobs", "cancel", "goes", "nobody", "--json", status=1)
    assert result.stderr == (
        "speaktracker: Only a job that waits can be cancelled; goes is FAILED.\nspeaktracker: There is no job nobody.\n")
    run("work", "--until-empty")
    found = {row["job_id"]: row for row in rows(run("jobs", "--json"))}
    assert found["stays"]["status"] == "COMPLETED"
    assert found["goes"]["status"] == "FAILED" and found["goes"]["cancelled"] is True
    assert found["goes"]["error"] == "Cancelled by an operator." and "attempts" not in found["goes"]
    sentences = {item["jobId"]["S"]: item["status"]["S"] for item in rows(run("export", "sentence-audio"))}
    assert sentences == {"stays": "COMPLETED", "goes": "FAILED"}
    assert rows(run("jobs", "retry", "goes", "--json")) == [{"job_id": "goes", "done": "enqueued"}]
    run("work", "--until-empty")
    [row] = rows(run("jobs", "goes", "--json"))
    assert row["status"] == "COMPLETED" and "cancelled" not in row and "error" not in row
    result = run("jobs", "retry", "stays", status=1)
    assert result.stderr == "speaktracker: Only a job that has failed can be tried again; stays is COMPLETED.\n"


def dead(run, *bodies):
    """Messages that are no jobs go to the dead letters at once."""
    enqueue(run, *bodies)


@pytest.fixture
def letters(run, place, binary, tmp_path):
    """Dead letters of two reasons; they are put there by a server, as a backend would send what is no job."""
    from serving import Server
    own = Server(binary, place[1], "--no-cooldowns") if place[0] == "--data" else None
    url = own.url if own else place[1]
    import boto3
    from serving import KEYS
    sqs = boto3.client("sqs", endpoint_url=url, region_name="eu-west-1", **KEYS)
    queue = sqs.get_queue_url(QueueName="speaktracker-synthesis")["QueueUrl"]
    for number in range(3):
        sqs.send_message(QueueUrl=queue, MessageBody=json.dumps(
            {"job_id": f"bad-{number}", "kind": "sentence.synthesize", "payload": {"sessionId": f"s{number}"}}))
    sqs.send_message(QueueUrl=queue, MessageBody="{")
    if own:
        assert own.stop() == 0
    run("work", "--until-empty")


def test_dead_letters_are_shown_grouped_and_chosen(run, letters):
    shown = rows(run("dlq", "--json"))
    assert {letter["job_id"] for letter in shown} == {"bad-0", "bad-1", "bad-2", None}
    again = rows(run("dlq", "--json", "--id", "bad-1", "--id", "bad-2"))
    assert {letter["job_id"] for letter in again} == {"bad-1", "bad-2"}
    assert len(rows(run("dlq", "--json", "--kind", "sentence.synthesize"))) == 3
    assert len(rows(run("dlq", "--json", "--reason-contains", "NOT JSON"))) == 1
    assert rows(run("dlq", "--json", "--reason-contains", "no such reason")) == []
    groups = rows(run("dlq", "--group", "--json"))
    assert [(group["count"], group["kind"]) for group in groups] == [(3, "sentence.synthesize"), (1, "–")]
    assert "COUNT" in run("dlq", "--group").stdout


def test_looking_counts_nothing_on_a_folder_and_says_so_elsewhere(run, letters, place):
    first, second = run("dlq", "--json"), run("dlq", "--json")
    note = "Looking at dead letters counts as a delivery of each there.\n"
    assert first.stderr == ("" if place[0] == "--data" else note)
    if place[0] == "--data":
        assert first.stdout == second.stdout


def test_chosen_letters_go_back_and_the_others_stay(run, letters):
    dry = run("dlq", "redrive", "--id", "bad-1", "--dry-run")
    assert dry.stdout == "bad-1 to speaktracker-synthesis\n1 message would be sent back.\n"
    assert len(rows(run("dlq", "--json"))) == 4
    assert run("dlq", "redrive", "--id", "bad-1", "--rate", "50").stdout == "1 message sent back.\n"
    assert {letter["job_id"] for letter in rows(run("dlq", "--json"))} == {"bad-0", "bad-2", None}
    [synthesis] = [row for row in rows(run("queues", "--json")) if row["queue"] == "speaktracker-synthesis"]
    assert synthesis["visible"] == 1
    assert run("dlq", "redrive", "--kind", "statistics.aggregate").stdout == "0 messages sent back.\n"
    assert run("dlq", "redrive", "--limit", "1").stdout == "1 message sent back.\n"
    assert rows(run("dlq", "redrive", "--json")) == [{"redriven": 2}]
    run("work", "--until-empty")
    assert run("dlq", "purge").returncode == 0
    assert run("dlq").stdout.endswith("No dead letters.\n")


def test_a_redrive_keeps_to_its_rate(run, letters):
    start = time.monotonic()
    assert run("dlq", "redrive", "--rate", "2").stdout == "4 messages sent back.\n"
    # The first goes at once, the fourth a second and a half later.
    assert time.monotonic() - start >= 1.5


@pytest.mark.parametrize(
    "arguments",
    [
        ["jobs", "--since", "yesterday"], ["jobs", "--kind", "sing"], ["jobs", "--limit", "0"], ["jobs", "cancel"],
        ["dlq", "redrive", "--rate", "0"], ["dlq", "redrive", "--rate", "501"], ["dlq", "--kind", "sing"],
        ["queues", "--interval", "0"], ["queues", "--watch", "--count", "0"], ["schedules", "--next", "0"],
    ],
    ids=" ".join,
)
def test_bad_usage_is_status_2(speaktracker, tmp_path, arguments):
    where = [] if arguments[0] == "schedules" else ["--data", tmp_path / "data"]
    result = speaktracker(*arguments, *where)
    assert result.returncode == 2 and result.stdout == "" and result.stderr


def test_watching_tells_how_fast_it_changes(run):
    enqueue(run, score("j", "a@example.com"))
    looks = rows(run("queues", "--watch", "--count", "2", "--interval", "0.1", "--json"))
    assert len(looks) == 12
    assert all("change_per_second" not in look for look in looks[:6])
    assert all(look["change_per_second"] == 0 for look in looks[6:])


def screen(text, height=30, width=120):
    """What a terminal shows after this text: enough of ECMA-48 for what the command writes."""
    cells = [[" "] * width for _ in range(height)]
    row = column = 0
    for piece in re.finditer(r"\x1b\[([0-9;]*)([A-Za-z])|([^\x1b])", text, re.S):
        parameters, final, character = piece.groups()
        if character == "\n":
            row, column = row + 1, 0
        elif character == "\r":
            column = 0
        elif character:
            cells[row][column] = character
            column += 1
        elif final == "H":
            row = column = 0
        elif final == "K":
            cells[row][column:] = [" "] * (width - column)
        elif final == "J" and parameters == "":
            cells[row][column:] = [" "] * (width - column)
            for below in range(row + 1, height):
                cells[below] = [" "] * width
        elif final == "J":
            cells = [[" "] * width for _ in range(height)]
        elif final != "m":
            raise AssertionError(f"ESC [ {parameters} {final}")
    return "\n".join("".join(line).rstrip() for line in cells).rstrip()


def test_in_a_terminal_the_table_refreshes_in_its_place(binary, server):
    client = server.client()
    url = client.get_queue_url(QueueName="speaktracker-statistics")["QueueUrl"]
    client.purge_queue(QueueUrl=url)
    control, terminal = pty.openpty()
    watching = subprocess.Popen(
        [binary, "queues", "--watch", "--interval", "0.2", "--endpoint", server.url],
        stdout=terminal, stderr=subprocess.DEVNULL, cwd=ROOT)
    os.close(terminal)
    text = ""

    def until(pattern):
        nonlocal text
        deadline = time.monotonic() + 30
        while not re.search(pattern, screen(text), re.M) and time.monotonic() < deadline:
            if select.select([control], [], [], 0.1)[0]:
                text += os.read(control, 65536).decode()
        assert re.search(pattern, screen(text), re.M), screen(text)

    until(r"^speaktracker-statistics +0 ")
    for number in range(30):
        client.send_message(QueueUrl=url, MessageBody="{}")
    until(r"^speaktracker-statistics +30 ")
    until(r"^speaktracker-statistics +30 .* 0 ")
    while messages := client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    until(r"^speaktracker-statistics +0 +0 +0 ")
    shown = screen(text).splitlines()
    # One table, whatever was longer before, and nothing else.
    assert sum("QUEUE" in line for line in shown) == 1
    assert re.match(r"QUEUE +WAITING +IN FLIGHT +DELAYED +OLDEST +CHANGE/S +EMPTY IN$", shown[0])
    watching.send_signal(signal.SIGINT)
    assert watching.wait(timeout=30) in (0, -signal.SIGINT, 130)
    os.close(control)


def test_schedules_show_when_they_come_next(speaktracker, tmp_path):
    config = tmp_path / "workers.json"
    config.write_text(json.dumps({"schedules": [
        {"name": "weekly", "cron": "0 4 * * mon", "kind": "statistics.aggregate", "payload": {"date": "{yesterday}"}}]}))
    found = rows(speaktracker("schedules", "--settings", config, "--next", "2", "--json"))
    assert [(row["name"], row["cron"], row["last"], len(row["next"])) for row in found] == [
        ("statistics.aggregate", "10 0 * * *", None, 2), ("weekly", "0 4 * * mon", None, 2)]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:10\+09:00", time) for time in found[0]["next"])
    elsewhere = rows(speaktracker("schedules", "--time-zone", "UTC", "--json"))
    assert elsewhere[0]["next"][0].endswith("T00:10+00:00")
    config.write_text('{"schedules": [{"cron": "61 0 * * *", "kind": "statistics.aggregate"}]}')
    result = speaktracker("schedules", "--settings", config)
    assert result.returncode != 0 and result.stdout == ""
    assert "schedules[0] has no cron line: “61” is no minute: those are 0 to 59." in result.stderr


def test_a_worker_begins_its_schedules_and_they_are_no_jobs(binary, speaktracker, tmp_path):
    data = tmp_path / "data"
    speaktracker("enqueue", "-", "--data", data, stdin=job("j", "sentence.synthesize", **SENTENCE))
    worker = subprocess.Popen([binary, "work", "--data", data], stderr=subprocess.PIPE, text=True, cwd=ROOT)
    for line in worker.stderr:
        if "job completed" in line:
            break
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=30) == 0
    [schedule] = rows(speaktracker("schedules", "--data", data, "--json"))
    assert schedule["last"] is not None
    assert [row["job_id"] for row in rows(speaktracker("jobs", "--data", data, "--json"))] == ["j"]
