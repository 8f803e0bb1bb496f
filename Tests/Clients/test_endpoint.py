"""Workers and commands on another process's stores: everything goes by AWS's protocols."""

import json
import urllib.request

from conftest import ROOT, job


def test_a_worker_works_on_a_server(server, speaktracker):
    there = {"AWS_ENDPOINT_URL": server.url}

    def run(*arguments, **more):
        result = speaktracker(*arguments, environment=there, **more)
        assert result.returncode == 0, result.stderr
        return result.stdout

    run("provision")
    assert "+" not in run("provision", "--dry-run")
    sample = next(
        sample for line in (ROOT / "audio-samples/manifest.jsonl").read_text().splitlines()
        if (sample := json.loads(line)).get("text") and sample.get("transcript"))
    documents = job("e-0", "sentence.synthesize", sessionId="session", sentenceIndex=0, english="Where is the station?")
    documents += job(
        "e-1", "pronunciation.score", student_email="s@example.com", timestamp="2026-01-05T01:00:00.000Z",
        session_timestamp="2026-01-05T01:00:00.000Z", original_text=sample["text"],
        transcribed_text=sample["transcript"], s3key=f"recordings/{sample['audio']}")
    documents += job("e-2", "sentence.synthesize", sessionId="session", sentenceIndex=1, english="안녕")
    run("enqueue", "-", "--audio", "audio-samples", stdin=documents)
    assert "2 completed, 1 failed" in speaktracker("work", "--until-empty", environment=there).stderr

    dynamodb = server.client("dynamodb")

    def item(table, **key):
        return dynamodb.get_item(TableName=table, Key=key)["Item"]

    row = item("async-job-status", job_id={"S": "e-0"})
    assert row["status"] == {"S": "COMPLETED"}
    with urllib.request.urlopen(row["audio_url"]["S"]) as answer:
        assert answer.headers["Content-Type"] == "audio/mpeg" and len(answer.read()) > 1000
    assert item("async-job-status", job_id={"S": "e-2"})["status"] == {"S": "FAILED"}
    day = item("daily-statistics", student_email={"S": "s@example.com"}, date={"S": "2026-01-05"})
    assert day["practice_count"] == {"N": "1"}
    assert all(
        queue["visible"] == queue["in_flight"] == 0 for queue in map(json.loads, run("queues", "--json").splitlines())), run("queues")
