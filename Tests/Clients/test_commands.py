"""The commands as their users meet them: results on stdout, everything else on stderr, the documented exit statuses."""

import json
import os
import re
import signal
import subprocess

import pytest
from conftest import ROOT, job
from serving import Server

SENTENCE = dict(sessionId="s", sentenceIndex=0, english="Good morning.")


@pytest.mark.parametrize(
    "arguments",
    [
        ["enqueue"],
        ["enqueue", "jobs/statistics.aggregate.json"],
        ["work", "--data", "unused", "--queue", "nowhere"],
        ["work", "--data", "unused", "--time-zone", "Mars/Olympus"],
        ["say", "Hello.", "-o", "unused.mp3", "--rate", "9"],
        ["show", "no-such-table", "--data", "unused"],
        ["schema", "sentence.sing"],
        ["dlq", "redrive", "--data", "unused", "--queue", "nowhere"],
        ["dlq", "--data", "unused", "--limit=-1"],
        ["queues", "--endpoint", "nonsense"],
        ["serve", "--data", "unused", "--worker-settings", "workers.json"],
        ["sing"],
    ],
    ids=" ".join,
)
def test_bad_usage_is_one_clear_sentence_and_status_2(speaktracker, arguments):
    result = speaktracker(*arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert not (ROOT / "unused").exists()


@pytest.mark.parametrize("arguments", [["schema", "sentence.synthesize"], ["queues", "--data", "{tmp_path}"]], ids=" ".join)
def test_output_that_cannot_be_written_is_one_sentence(binary, tmp_path, arguments):
    command = [binary, *(argument.format(tmp_path=tmp_path) for argument in arguments)]
    with open("/dev/full", "w") as full:
        result = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True)
    assert (result.returncode, result.stderr) == (
        1, "speaktracker: The output cannot be written: No space left on device.\n")


def test_a_log_that_cannot_be_written_ends_nothing(binary, tmp_path):
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [binary, "work", "--data", tmp_path / "data", "--until-empty", "--log-level", "debug"], cwd=ROOT, stderr=full)
    assert result.returncode == 0


def test_help_names_every_command_and_the_exit_statuses(speaktracker):
    result = speaktracker("--help")
    assert result.returncode == 0
    commands = ["enqueue", "work", "jobs", "queues", "dlq", "show", "export", "say", "schema", "doctor"]
    listed = re.findall(r"^  (\S+)", result.stdout.split("SUBCOMMANDS:")[1], re.M)
    assert [name for name in listed if name in commands] == commands
    assert "0 done, 1 failed, 2 bad usage, 69" in result.stdout


def test_looking_into_a_folder_that_is_not_there_makes_none(speaktracker, tmp_path):
    for command in (["jobs"], ["queues"], ["dlq"], ["show", "users"], ["export", "users"]):
        result = speaktracker(*command, "--data", tmp_path / "none")
        assert result.returncode == 1
        assert "There is no data folder" in result.stderr
    assert not (tmp_path / "none").exists()


def test_a_folder_in_use_is_refused_with_the_owner(binary, speaktracker, tmp_path):
    data = tmp_path / "data"
    speaktracker("enqueue", "-", "--data", data, stdin=job("j", "sentence.synthesize", **SENTENCE))
    worker = subprocess.Popen(
        [binary, "work", "--data", data], stderr=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert "job completed" in worker.stderr.readline()
        result = speaktracker("queues", "--data", data)
        assert result.returncode == 1
        assert str(worker.pid) in result.stderr and str(data) in result.stderr
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=30) == 0


def test_a_folder_that_is_served_is_refused_with_the_address(binary, speaktracker, tmp_path):
    server = Server(binary, tmp_path / "data")
    result = speaktracker("queues", "--data", tmp_path / "data")
    assert server.stop() == 0
    assert result.returncode == 1
    assert f"is in use by process {server.process.pid}; say --endpoint {server.url} in place of --data." in result.stderr


def test_a_worker_told_to_stop_by_ctrl_c_ends_with_status_0(binary, speaktracker, tmp_path):
    data = tmp_path / "data"
    speaktracker("enqueue", "-", "--data", data, stdin=job("j", "sentence.synthesize", **SENTENCE))
    worker = subprocess.Popen([binary, "work", "--data", data], stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert "job completed" in worker.stderr.readline()
    worker.send_signal(signal.SIGINT)
    assert worker.wait(timeout=30) == 0


def test_enqueue_takes_all_documents_or_none(speaktracker, tmp_path):
    good, bad = job("good", "sentence.synthesize", **SENTENCE), job("bad", "sentence.synthesize", **SENTENCE, extra=1)
    result = speaktracker("enqueue", "-", "--data", tmp_path / "data", stdin=good + bad + "{\n")
    assert result.returncode == 1
    assert "-, line 2: Not a valid job document: payload.extra is not a field of sentence.synthesize." in result.stderr
    assert "-, line 3: Not a valid job document: not JSON" in result.stderr
    assert not (tmp_path / "data").exists()


def test_every_example_works(speaktracker, tmp_path):
    examples = sorted(path for path in (ROOT / "jobs").glob("*.json") if not path.name.endswith(".schema.json"))
    result = speaktracker(
        "enqueue", *examples, "--audio", "audio-samples", "--wait", "--json", "--data", tmp_path / "data")
    rows = {row["kind"]: row for row in map(json.loads, result.stdout.splitlines())}
    assert len(rows) == 6
    assert {kind: row.get("error") for kind, row in rows.items() if row["status"] != "COMPLETED"} == {}
    assert rows["archive.rescore"]["result"]["scored"] >= 10
    assert result.returncode == 0


def test_failures_can_be_looked_into_and_sent_back(speaktracker, tmp_path):
    data = tmp_path / "data"
    text = "".join(
        job(str(index), "sentence.synthesize", **{**SENTENCE, "sentenceIndex": index, "english": text})
        for index, text in enumerate(["Fine.", "안녕", ""]))
    assert speaktracker("enqueue", "-", "--data", data, stdin=text).stdout.split() == ["0", "1", "2"]
    assert speaktracker("work", "--until-empty", "--data", data).returncode == 0
    failed = speaktracker("jobs", "--status", "FAILED", "--json", "--data", data).stdout.splitlines()
    assert sorted(json.loads(line)["job_id"] for line in failed) == ["1", "2"]
    assert speaktracker("jobs", "nobody", "--data", data).returncode == 1
    queues = [json.loads(line) for line in speaktracker("queues", "--json", "--data", data).stdout.splitlines()]
    assert [queue["visible"] + queue["in_flight"] + queue["delayed"] for queue in queues] == [0] * 6
    assert speaktracker("dlq", "--data", data).stdout == "No dead letters.\n"
    assert speaktracker("dlq", "redrive", "--data", data).stdout == "0 messages sent back.\n"


def test_say_speaks_into_a_file_a_pipe_and_marks(binary, speaktracker, tmp_path):
    file = tmp_path / "hello.ogg"
    result = speaktracker("say", "Hello there.", "--voice", "Amy", "-o", file, "--marks")
    assert result.returncode == 0
    marks = [json.loads(line) for line in result.stdout.splitlines()]
    assert [mark["value"] for mark in marks if mark["type"] == "word"] == ["Hello", "there"]
    assert file.read_bytes().startswith(b"OggS")
    piped = subprocess.run([binary, "say", "나는 가요", "--format", "wav"], capture_output=True, check=True)
    assert piped.stdout.startswith(b"RIFF")


@pytest.mark.parametrize("text, voice, word", [("", "Joanna", "no word"), ("Hi.", "Nobody", "Nobody"),
                                                ("안녕", "Joanna", "English"), ("x " * 5000, "Joanna", "3000")])
def test_say_refuses_what_it_cannot_speak(speaktracker, tmp_path, text, voice, word):
    result = speaktracker("say", text, "--voice", voice, "-o", tmp_path / "x.mp3")
    assert result.returncode == 1
    assert word in result.stderr and result.stderr.count("\n") == 1
    assert not (tmp_path / "x.mp3").exists()


def test_doctor_finds_this_machine_well(speaktracker):
    result = speaktracker("doctor", "--json")
    findings = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 0, findings
    assert {finding["state"] for finding in findings} <= {"ok", "absent"}


def test_the_demo_ends_with_the_day_and_repeating_it_changes_nothing(rows, tmp_path):
    def run():
        return subprocess.run(
            ["scripts/demo", tmp_path / "data"], cwd=ROOT, capture_output=True, text=True,
            env={**os.environ, "NO_COLOR": "1"})

    first = run()
    assert first.returncode == 0, first.stderr
    assert "sentences practised" in first.stdout.split("The student's day")[1]
    before = rows(tmp_path / "data", "async-job-status", "sentence-audio", "pronunciation-results", "daily-statistics")
    assert run().returncode == 0
    after = rows(tmp_path / "data", "async-job-status", "sentence-audio", "pronunciation-results", "daily-statistics")
    assert before == after and len(before) > 40
