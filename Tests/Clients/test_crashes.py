"""A worker that is killed at any change of a file, and started again, leaves the rows of one that never was."""

import json
import shutil
import signal
import subprocess

import pytest
from conftest import ROOT, job

TABLES = ("async-job-status", "sentence-audio", "feedback-messages", "notifications", "pronunciation-results",
          "ai-conversations", "learning-sessions", "daily-statistics")
MOMENTS = 40


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    library = tmp_path_factory.mktemp("shim") / "crashpoint.so"
    subprocess.run(
        ["gcc", "-shared", "-fPIC", "-O1", "-o", library, ROOT / "Tests/Clients/crashpoint.c", "-ldl"], check=True)
    return library


def documents():
    samples = [json.loads(line) for line in (ROOT / "audio-samples/manifest.jsonl").read_text().splitlines()]
    readings = [sample for sample in samples if sample.get("text") and sample.get("transcript")][:3]
    session = {"session_timestamp": "2026-01-05T01:00:00.000Z"}
    lines = [
        job("s-0", "sentence.synthesize", sessionId="session", sentenceIndex=0, english="Where is the station?"),
        job("s-1", "sentence.synthesize", sessionId="session", sentenceIndex=1, english="Twice.", korean="두 번 말해요.",
            language="ko"),
        job("s-2", "sentence.synthesize", sessionId="session", sentenceIndex=2, english="", format="wav"),
        job("f-0", "feedback.synthesize", composite_key="t@example.com#s@example.com",
            timestamp="2026-01-05T02:00:00.000Z", message="Well done."),
        job("c-0", "conversation.analyze", student_email="s@example.com", timestamp="2026-01-05T03:00:00.000Z",
            conversation_id="c", s3key=f"recordings/{readings[0]['audio']}",
            session_timestamp="2026-01-05T02:30:00.000Z"),
        job("c-1", "conversation.analyze", student_email="s@example.com", timestamp="2026-01-05T03:00:00.000Z",
            conversation_id="c", s3key="recordings/nowhere.wav"),
    ]
    lines += [
        job(f"p-{index}", "pronunciation.score", student_email="s@example.com",
            timestamp=f"2026-01-05T01:0{index}:00.000Z", original_text=sample["text"],
            transcribed_text=sample["transcript"], s3key=f"recordings/{sample['audio']}", **session)
        for index, sample in enumerate(readings)
    ]
    return "".join(lines)


@pytest.fixture(scope="module")
def filled(speaktracker, tmp_path_factory):
    """A folder with jobs on the queues that nobody has worked on."""
    data = tmp_path_factory.mktemp("filled") / "data"
    result = speaktracker("enqueue", "-", "--audio", "audio-samples", "--data", data, stdin=documents())
    assert result.returncode == 0, result.stderr
    return data


def work(speaktracker, data, **environment):
    return speaktracker("work", "--until-empty", "--data", data, environment=environment)


@pytest.fixture(scope="module")
def undisturbed(speaktracker, filled, shim, rows, tmp_path_factory):
    """The rows of a run that nothing disturbs, and how often that run changed a file."""
    folder = tmp_path_factory.mktemp("undisturbed")
    shutil.copytree(filled, folder / "data")
    result = work(speaktracker, folder / "data", LD_PRELOAD=str(shim), CRASH_COUNT=str(folder / "count"))
    assert result.returncode == 0, result.stderr
    return rows(folder / "data", *TABLES), int((folder / "count").read_text())


def test_the_run_reaches_every_table(undisturbed):
    found, _ = undisturbed
    statuses = sorted(row["status"]["S"] for row in found if "job_id" in row and "kind" in row and "status" in row)
    assert statuses == ["COMPLETED"] * 7 + ["FAILED"] * 2
    day = [row for row in found if "practice_count" in row and "date" in row]
    assert [row["practice_count"]["N"] for row in day] == ["3"]
    assert [row["chat_turns_count"]["N"] for row in day] == ["1"]
    assert [row["sessions_count"]["N"] for row in day] == ["2"]


@pytest.mark.parametrize("moment", range(1, MOMENTS + 1))
def test_killed_at_a_moment_and_started_again(moment, speaktracker, filled, shim, rows, undisturbed, tmp_path):
    expected, changes = undisturbed
    shutil.copytree(filled, tmp_path / "data")
    at = max(1, changes * moment // MOMENTS)
    killed = work(speaktracker, tmp_path / "data", LD_PRELOAD=str(shim), CRASH_AT=str(at))
    # How many changes share a commit varies from run to run, and with it the number of changes towards the end.
    assert killed.returncode == -signal.SIGKILL or at > changes * 3 // 4
    result = work(speaktracker, tmp_path / "data")
    assert result.returncode == 0, result.stderr
    assert rows(tmp_path / "data", *TABLES) == expected


def test_killed_again_and_again(speaktracker, filled, shim, rows, undisturbed, tmp_path):
    expected, changes = undisturbed
    shutil.copytree(filled, tmp_path / "data")
    # A job that kills its worker a third time is put away.
    for attempt in range(2):
        work(speaktracker, tmp_path / "data", LD_PRELOAD=str(shim), CRASH_AT=str(changes // 5 + attempt))
    result = work(speaktracker, tmp_path / "data")
    assert result.returncode == 0, result.stderr
    assert rows(tmp_path / "data", *TABLES) == expected


def test_enqueue_killed_at_every_change_and_repeated(speaktracker, shim, rows, undisturbed, tmp_path):
    expected, _ = undisturbed
    at, data, done = 1, tmp_path / "data", False
    while not done:
        result = speaktracker(
            "enqueue", "-", "--audio", "audio-samples", "--data", data, stdin=documents(),
            environment={"LD_PRELOAD": str(shim), "CRASH_AT": str(at)})
        done = result.returncode == 0
        assert done or result.returncode == -signal.SIGKILL, result.stderr
        at = at * 2 + 1
    assert work(speaktracker, data).returncode == 0
    assert rows(data, *TABLES) == expected
