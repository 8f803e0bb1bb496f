"""Rows of PronunciationResults, scored again: by this machine and by the pool, each row and each day once."""

import json
import signal
import subprocess

import archives
import boto3
import pytest
from conftest import ROOT, job
from serving import KEYS, Server

STUDENTS = ["anna@example.com", "ben@example.com"]
READ = ["plain-slt", "plain-rms", "plain-awb", "fast", "word-left-out", "plain-kal16"]


def jobs():
    """Readings of two students on two days, with and without what speech recognition heard."""
    text = ""
    for number, name in enumerate(READ):
        entry = archives.READINGS[name]
        more = {"transcribed_text": entry["text"]} if number == 1 else {}
        text += job(
            f"score-{number}", "pronunciation.score", student_email=STUDENTS[number % 2],
            timestamp=f"2026-01-0{5 + number // 4}T0{number}:00:00.000Z", original_text=entry["text"],
            s3key=f"recordings/{entry['audio']}", session_timestamp="2026-01-05T00:00:00.000Z", **more)
    return text


@pytest.fixture(scope="module")
def scored_school(binary, tmp_path_factory):
    """A data folder with scored rows; nobody changes it, tests copy it."""
    folder = tmp_path_factory.mktemp("school")
    (folder / "jobs.jsonl").write_text(jobs())
    subprocess.run(
        [binary, "enqueue", folder / "jobs.jsonl", "--audio", archives.SAMPLES, "--wait", "--data", folder / "data"],
        check=True, capture_output=True, cwd=ROOT)
    return folder / "data"


@pytest.fixture
def school(scored_school, tmp_path, binary):
    """The school with rows that an older scorer wrote, who found everything twice as long and slower."""
    data = tmp_path / "data"
    subprocess.run(["cp", "-r", scored_school, data], check=True)
    server = Server(binary, data)
    table = boto3.resource(
        "dynamodb", endpoint_url=server.url, region_name="ap-northeast-2", **KEYS).Table("pronunciation-results")
    rows = table.scan()["Items"]
    assert len(rows) == len(READ)
    days = boto3.resource(
        "dynamodb", endpoint_url=server.url, region_name="ap-northeast-2", **KEYS).Table("daily-statistics")
    for row in rows:
        table.put_item(Item={**row, "scorer": "gop-0", "overall_score": 1, "note": "Well done.",
                             "speaking_duration_ms": row["speaking_duration_ms"] + 1000, "tutor": "kim@example.com"})
        day = {"student_email": row["student_email"], "date": str(row["timestamp"])[:10]}
        days.update_item(Key=day, UpdateExpression="ADD total_speaking_time :more, version :one",
                         ExpressionAttributeValues={":more": 1000, ":one": 1})
    sessions = boto3.resource(
        "dynamodb", endpoint_url=server.url, region_name="ap-northeast-2", **KEYS).Table("learning-sessions")
    for session in sessions.scan()["Items"]:
        key = {name: session[name] for name in ("student_email", "timestamp")}
        sessions.update_item(Key=key, UpdateExpression="ADD speaking_duration :more",
                             ExpressionAttributeValues={":more": 1000 * len(READ) // 2})
    assert server.stop() == 0
    return data


TABLES = ["pronunciation-results", "daily-statistics", "learning-sessions"]


def expected(rows, scored_school):
    """The rows as the present scorer wrote them at first, with what only the school knows."""
    found = rows(scored_school, *TABLES)
    for row in found:
        if "overall_score" in row:
            row.update(note={"S": "Well done."}, tutor={"S": "kim@example.com"})
    return sorted(found, key=json.dumps)


def test_rows_are_scored_again_from_the_store_and_left_alone(speaktracker, rows, school, tmp_path):
    before = rows(school, *TABLES)
    output = tmp_path / "results.jsonl"
    run = speaktracker("rescore", "pronunciation-results", "--output", output, "--data", school)
    assert run.returncode == 0, run.stderr
    found = archives.results(output)
    assert len(found) == len(READ) and all(line["overall_score"] > 1 for line in found.values())
    first = found["anna@example.com/2026-01-05T00:00:00.000Z"]
    assert (first["speaker"], first["timestamp"]) == ("anna@example.com", "2026-01-05T00:00:00.000Z")
    assert rows(school, *TABLES) == before


def test_updated_rows_and_days_are_as_if_scored_today(speaktracker, rows, scored_school, school, tmp_path):
    output = tmp_path / "results.jsonl"
    run = speaktracker("rescore", "PronunciationResults", "--output", output, "--data", school, "--update")
    assert run.returncode == 0, run.stderr
    assert f"Rows: {len(READ)} written, 0 were so before, 0 are not there." in run.stderr
    assert rows(school, *TABLES) == expected(rows, scored_school)
    again = speaktracker("rescore", "pronunciation-results", "-o", tmp_path / "b.jsonl", "--data", school, "--update")
    assert f"Rows: 0 written, {len(READ)} were so before" in again.stderr
    assert rows(school, *TABLES) == expected(rows, scored_school)


def test_kills_between_row_and_line_count_nothing_twice(binary, speaktracker, rows, scored_school, school, tmp_path):
    output = tmp_path / "results.jsonl"
    command = [binary, "rescore", "pronunciation-results", "-o", output, "--data", school, "--update", "--processes", "2"]
    for number in range(4):
        run = archives.MarkedRun([*command, *(["--resume"] if number else [])])
        archives.wait_for(
            lambda: run.process.poll() is not None or output.exists() and output.read_bytes().count(b"\n") > number,
            "another line")
        assert run.process.poll() is None, run.process.stderr.read()
        run.kill()
    # A row that was written while its line was not: the line is lost, as when the kill falls between them.
    lines = output.read_bytes().splitlines(keepends=True)
    output.write_bytes(b"".join(lines[:-2]))
    done = speaktracker(*map(str, command[1:]), "--resume")
    assert done.returncode == 0, done.stderr
    assert len(archives.results(output)) == len(READ)
    assert rows(school, *TABLES) == expected(rows, scored_school)


def test_update_after_a_run_without_it_brings_the_rows_along(speaktracker, rows, scored_school, school, tmp_path):
    output = tmp_path / "results.jsonl"
    assert speaktracker("rescore", "pronunciation-results", "-o", output, "--data", school).returncode == 0
    lines = output.read_bytes()
    run = speaktracker("rescore", "pronunciation-results", "-o", output, "--data", school, "--resume", "--update")
    assert run.returncode == 0, run.stderr
    assert output.read_bytes() == lines
    assert rows(school, *TABLES) == expected(rows, scored_school)


@pytest.mark.parametrize("chunk", [2, 100])
def test_the_pool_writes_the_same_results_and_rows(
    binary, speaktracker, rows, scored_school, school, tmp_path, chunk):
    local = tmp_path / "local.jsonl"
    assert speaktracker("rescore", "pronunciation-results", "-o", local, "--data", school).returncode == 0
    server = Server(binary, school)
    workers = [
        subprocess.Popen([binary, "work", "--queue", "speaktracker-scoring", "--endpoint", server.url, "--log-level",
                          "error"], env=None) for _ in range(2)]
    pooled = tmp_path / "pooled.jsonl"
    command = ["rescore", "pronunciation-results", "-o", pooled, "--endpoint", server.url, "--enqueue", "--chunk", chunk]
    run = speaktracker(*command, "--update")
    assert run.returncode == 0, run.stderr
    assert archives.sorted_lines(pooled) == archives.sorted_lines(local)
    again = speaktracker(*command, "--update", "--force")
    assert again.returncode == 0 and archives.sorted_lines(pooled) == archives.sorted_lines(local)
    for worker in workers:
        worker.terminate()
        assert worker.wait(timeout=60) == 0
    assert server.stop() == 0
    assert rows(school, *TABLES) == expected(rows, scored_school)


def test_the_pool_scores_what_this_machine_has(binary, speaktracker, tmp_path):
    archives.good(tmp_path / "archive", 7)
    archives.damaged(tmp_path / "archive", 6)
    local, pooled = tmp_path / "local.jsonl", tmp_path / "pooled.jsonl"
    assert speaktracker("rescore", tmp_path / "archive", "-o", local).returncode == 0
    command = ["rescore", tmp_path / "archive", "-o", pooled, "--enqueue", "--chunk", 4]
    assert speaktracker("enqueue", "jobs/archive.rescore.json", "--check").returncode == 0
    assert speaktracker("provision", "--data", tmp_path / "data").returncode == 0
    run = speaktracker(*command, "--data", tmp_path / "data")
    assert run.returncode == 0, run.stderr
    assert archives.sorted_lines(pooled) == archives.sorted_lines(local)


def test_a_killed_follower_goes_on_with_the_same_jobs(binary, speaktracker, tmp_path):
    archives.good(tmp_path / "archive", 12)
    server = Server(binary, tmp_path / "data")
    output = tmp_path / "results.jsonl"
    command = [binary, "rescore", tmp_path / "archive", "-o", output, "--enqueue", "--chunk", "3", "--endpoint", server.url]
    follower = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert "4 jobs" in follower.stderr.readline()
    follower.send_signal(signal.SIGKILL)
    follower.wait()
    follower.stderr.close()
    worked = subprocess.Popen(
        [binary, "work", "--until-empty", "--queue", "speaktracker-scoring", "--endpoint", server.url], cwd=ROOT,
        stderr=subprocess.DEVNULL)
    assert worked.wait(timeout=120) == 0
    output.write_bytes(output.read_bytes() + b'{"id": "torn')
    run = speaktracker(*map(str, command[1:]), "--resume")
    assert run.returncode == 0, run.stderr
    assert len(archives.results(output)) == 12
    listed = speaktracker("jobs", "--endpoint", server.url, "--json")
    assert len(listed.stdout.splitlines()) == 4
    assert server.stop() == 0


def pooled_command(binary, tmp_path, server, *options):
    return [
        binary, "rescore", tmp_path / "archive", "-o", tmp_path / "results.jsonl", "--enqueue", "--chunk", "3",
        "--endpoint", server.url, *options]


def worked(binary, server):
    return subprocess.Popen(
        [binary, "work", "--until-empty", "--queue", "speaktracker-scoring", "--endpoint", server.url], cwd=ROOT,
        stderr=subprocess.DEVNULL)


def followed(binary, server, command):
    """Runs a rescoring by the pool beside a worker that begins when jobs are there; what it said."""
    follower = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    said = follower.stderr.readline()
    worker = worked(binary, server)
    said += follower.communicate(timeout=120)[1]
    assert follower.returncode == 0, said
    assert worker.wait(timeout=120) == 0
    return said


def test_the_pool_does_again_what_is_asked_for_or_gone(binary, tmp_path):
    archives.good(tmp_path / "archive", 6)
    server = Server(binary, tmp_path / "data")
    s3, output = server.client("s3"), tmp_path / "results.jsonl"

    def outputs():
        listed = s3.list_objects_v2(Bucket="speaktracker-audio", Prefix="archives/").get("Contents", [])
        return [item["Key"] for item in listed if "/results-" in item["Key"]]

    followed(binary, server, pooled_command(binary, tmp_path, server))
    first, lines = outputs(), archives.sorted_lines(output)
    # As if a worker's machine had been out of order.
    for key in first:
        s3.put_object(Bucket="speaktracker-audio", Key=key, Body=b"".join(
            json.dumps({"error": "No decoder.", "id": json.loads(line)["id"]}).encode() + b"\n" for line in
            s3.get_object(Bucket="speaktracker-audio", Key=key)["Body"].read().splitlines()))
    output.unlink()
    subprocess.run(pooled_command(binary, tmp_path, server), check=True, capture_output=True)
    assert all(line["error"] for line in archives.results(output).values())
    said = followed(binary, server, pooled_command(binary, tmp_path, server, "--resume", "--retry"))
    assert "2 jobs" in said and archives.sorted_lines(output) == lines
    said = followed(binary, server, pooled_command(binary, tmp_path, server, "--force"))
    assert "2 jobs" in said and archives.sorted_lines(output) == lines and len(outputs()) == 6
    for key in outputs():
        s3.delete_object(Bucket="speaktracker-audio", Key=key)
    output.unlink()
    followed(binary, server, pooled_command(binary, tmp_path, server))
    assert archives.sorted_lines(output) == lines
    assert server.stop() == 0


def test_going_on_with_the_pool_asks_for_what_is_missing(binary, tmp_path):
    archives.good(tmp_path / "archive", 9)
    server = Server(binary, tmp_path / "data")
    output = tmp_path / "results.jsonl"
    followed(binary, server, pooled_command(binary, tmp_path, server))
    lines = archives.sorted_lines(output)
    output.write_bytes(b"".join(line + b"\n" for line in lines if b"good/00004" not in line))
    run = subprocess.run(pooled_command(binary, tmp_path, server, "--resume"), capture_output=True, text=True, check=True)
    assert run.stderr.startswith("1 jobs") and archives.sorted_lines(output) == lines
    run = subprocess.run(pooled_command(binary, tmp_path, server, "--resume"), capture_output=True, text=True, check=True)
    assert run.stderr.startswith("0 jobs")
    assert server.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_follower_that_is_stopped_says_so(binary, tmp_path, number):
    archives.good(tmp_path / "archive", 3)
    server = Server(binary, tmp_path / "data")
    follower = subprocess.Popen(
        pooled_command(binary, tmp_path, server), stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert "1 jobs" in follower.stderr.readline()
    # In lines of their own: how far it is, and that nobody works.
    assert "No job has begun" in follower.stderr.readline() + follower.stderr.readline()
    follower.send_signal(number)
    said = follower.communicate(timeout=60)[1]
    assert follower.returncode == 1 and "--resume goes on" in said
    assert server.stop() == 0


def test_recordings_without_a_row_are_counted(speaktracker, school, tmp_path):
    reading = archives.READINGS["plain-slt"]
    line = {"s3key": f"recordings/{reading['audio']}", "text": reading["text"], "student_email": STUDENTS[0]}
    times = ["2026-01-05 01:00:00", "", "2026-01-09T00:00:00.000Z", "2026-01-05T00:00:00.000Z"]
    manifest, output = tmp_path / "list.jsonl", tmp_path / "results.jsonl"
    manifest.write_text("".join(
        json.dumps({**line, "id": str(number), "timestamp": time}) + "\n" for number, time in enumerate(times)))
    command = ["rescore", manifest, "-o", output, "--data", school, "--update"]
    run = speaktracker(*command)
    assert "Rows: 1 written, 0 were so before, 1 are not there. 2 recordings name no row" in run.stderr, run.stderr
    again = speaktracker(*command, "--resume")
    assert "4 of 4, 0 failed" in again.stderr
    assert "Rows: 0 written, 1 were so before, 1 are not there. 2 recordings name no row" in again.stderr, again.stderr
