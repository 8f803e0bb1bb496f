"""What operators see of `serve` and `work`: figures that Prometheus's own tool accepts, readiness, and logs by trace."""

import http.client
import json
import re
import resource
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request

import pytest
from conftest import ROOT, job
from serving import Server, refused
from test_jobs_api import DOCUMENT, TRACE, call

SENTENCE = dict(sessionId="s", sentenceIndex=0, english="Good morning.")
# With Debian's default a write over the limit ends the process before it can say why.
IGNORING_SIZE_SIGNAL = "trap '' XFSZ; exec \"$@\""


def page(server, path):
    try:
        with urllib.request.urlopen(server.url + path) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def samples(server):
    """The series of /-/metrics: values by name and labels."""
    text = page(server, "/-/metrics")[1]
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1])
            for line in text.splitlines() if not line.startswith("#")}


def test_prometheus_accepts_the_figures(server):
    sqs = server.client()
    url = sqs.create_queue(QueueName="checked")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="x")
    server.client("s3").list_buckets()
    call(server, "/-/jobs", DOCUMENT)
    status, text = page(server, "/-/metrics")
    assert status == 200
    promtool = shutil.which("promtool")
    assert promtool, "promtool is part of Debian's prometheus package"
    checked = subprocess.run([promtool, "check", "metrics"], input=text, capture_output=True, text=True)
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    sqs.delete_queue(QueueUrl=url)


def test_queues_are_counted_as_they_are_used(server):
    sqs = server.client()
    letters = sqs.create_queue(QueueName="counted-dlq")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=letters, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1})
    url = sqs.create_queue(QueueName="counted", Attributes={"RedrivePolicy": policy})["QueueUrl"]
    sqs.send_message_batch(QueueUrl=url, Entries=[{"Id": str(n), "MessageBody": "x"} for n in range(4)])
    sqs.send_message(QueueUrl=url, MessageBody="later", DelaySeconds=600)
    held = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=3)["Messages"]
    sqs.delete_message(QueueUrl=url, ReceiptHandle=held[0]["ReceiptHandle"])
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=held[1]["ReceiptHandle"], VisibilityTimeout=0)
    # Received once already, so it goes to the dead letters instead.
    assert len(sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]) == 1
    found = samples(server)

    def value(name, **labels):
        labels = {"queue": "counted", **labels}
        pairs = ",".join(f'{key}="{text}"' for key, text in labels.items())
        return found[f"speaktracker_{name}{{{pairs}}}"]

    assert value("queue_sends_total") == 5
    assert value("queue_receives_total") == 4
    assert value("queue_deletes_total") == 1
    assert value("queue_dead_letters_total") == 1
    assert value("queue_messages", state="visible") == 0
    assert value("queue_messages", state="in_flight") == 2
    assert value("queue_messages", state="delayed") == 1
    assert value("queue_messages", queue="counted-dlq", state="visible") == 1
    assert 0 <= value("oldest_message_age_seconds") < 60
    sqs.delete_queue(QueueUrl=url)
    sqs.delete_queue(QueueUrl=letters)
    assert not any('queue="counted' in name for name in samples(server))


def test_requests_are_counted_by_what_they_ask_and_how_they_end(server):
    refused(server.client().get_queue_url, QueueName="nobody")
    refused(server.client("dynamodb").describe_table, TableName="nobody")
    page(server, "/-/nothing")
    page(server, "/-/jobs/some-id")
    request = urllib.request.Request(server.url, data=b"{}", headers={"X-Amz-Target": 'AmazonSQS."Sing"'})
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(request)
    found = samples(server)

    def counted(service, operation, status):
        labels = f'service="{service}",operation="{operation}"'
        total = found[f'speaktracker_http_requests_total{{{labels},status="{status}"}}']
        assert found[f"speaktracker_http_request_duration_seconds_count{{{labels}}}"] >= total
        return total

    assert counted("sqs", "GetQueueUrl", 400) >= 1
    assert counted("dynamodb", "DescribeTable", 400) >= 1
    assert counted("pages", "unknown", 404) >= 1
    assert counted("pages", "/-/jobs/{job_id}", 404) >= 1
    assert counted("unknown", "unknown", 400) >= 1
    assert found["process_resident_memory_bytes"] > 1 << 20
    assert found["process_cpu_seconds_total"] > 0
    assert 3 < found["process_open_fds"] < found["process_max_fds"]
    assert found['speaktracker_store_commits_total{synced="true"}'] > 0


def test_connections_are_counted_while_they_are_open(server):
    def connections():
        return samples(server)["speaktracker_http_connections"]

    def wait(expected):
        deadline = time.monotonic() + 10
        while (found := connections()) != expected and time.monotonic() < deadline:
            pass
        assert found == expected

    before = connections()
    open_ones = [http.client.HTTPConnection(server.url.removeprefix("http://")) for _ in range(5)]
    for connection in open_ones:
        connection.request("GET", "/-/health")
        assert connection.getresponse().read()
    wait(before + 5)
    for connection in open_ones:
        connection.close()
    wait(before)


def test_a_server_that_cannot_write_says_that_it_is_not_ready_and_why(binary, tmp_path):
    server = Server("bash", tmp_path / "data", wrapped=["-c", IGNORING_SIZE_SIGNAL, "bash", str(binary)])

    def wait(expected):
        deadline = time.monotonic() + 30
        while (found := page(server, "/-/ready"))[0] != expected and time.monotonic() < deadline:
            time.sleep(0.05)
        return found

    assert wait(200) == (200, '{"status":"ok"}')
    # No file may grow: what a full disk says.
    _, most = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (1, most))
    status, text = wait(503)
    assert status == 503
    reason = json.loads(text)["reason"]
    assert reason.startswith("The store cannot be written. The database failed: "), reason
    assert call(server, "/-/jobs", DOCUMENT)[0] == 503
    assert page(server, "/-/health")[0] == 200
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (most, most))
    assert wait(200)[0] == 200
    assert call(server, "/-/jobs", DOCUMENT)[0] == 202
    assert server.stop() == 0


def lines(process):
    return [json.loads(line) for line in process.stderr]


def test_one_trace_goes_through_both_processes_logs(binary, tmp_path):
    """From the request to the commit, by one id, in JSON."""
    serving = subprocess.Popen(
        [binary, "serve", "--data", tmp_path / "data", "--port", "0", "--log-format", "json"],
        stderr=subprocess.PIPE, text=True)
    said = (json.loads(line)["message"] for line in serving.stderr)
    url = next(found.group(1) for message in said if (found := re.search(r"Serving .* at (http:\S+)", message)))

    class Place:
        pass

    place = Place()
    place.url = url
    answer = call(place, "/-/jobs", {**DOCUMENT, "job_id": 'a" b\\'}, traceparent=f"00-{TRACE}-00f067aa0ba902b7-01")[2]
    other = call(place, "/-/jobs", {**DOCUMENT, "payload": {**DOCUMENT["payload"], "sentenceIndex": 1}})[2]
    worked = subprocess.run(
        [binary, "work", "--endpoint", url, "--until-empty", "--log-format", "json", "--log-level", "debug"],
        capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert worked.returncode == 0, worked.stderr
    serving.send_signal(signal.SIGTERM)
    logged = lines(serving) + [json.loads(line) for line in worked.stderr.splitlines() if line.startswith("{")]
    assert serving.wait(timeout=30) == 0
    for line in logged:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"])
        assert line["service"] in ("serve", "work") and line["level"] and line["message"]
    followed = [line for line in logged if line.get("trace_id") == TRACE]
    assert [(line["service"], line["message"]) for line in followed] == [
        ("serve", "job enqueued"), ("work", "job started"), ("work", "job completed")]
    assert {line["job_id"] for line in followed} == {answer["job_id"]} == {'a" b\\'}
    assert {line["kind"] for line in followed} == {"sentence.synthesize"}
    assert [line.get("attempt") for line in followed] == [None, "1", "1"]
    assert sum(line.get("trace_id") == other["trace_id"] for line in logged) == 3


def test_a_message_without_a_trace_gets_one_that_its_row_knows(server, speaktracker):
    document = job("untraced", "sentence.synthesize", **{**SENTENCE, "sentenceIndex": 7})
    sqs = server.client()
    url = sqs.get_queue_url(QueueName="speaktracker-synthesis")["QueueUrl"]
    message = sqs.send_message(QueueUrl=url, MessageBody=document)["MessageId"]
    result = speaktracker("work", "--endpoint", server.url, "--until-empty", "--log-format", "text")
    assert f"trace.id={message.replace('-', '')}" in result.stderr
    row = call(server, "/-/jobs/untraced")[2]
    assert row["trace_id"] == message.replace("-", "") and row["payload"]["english"] == "Good morning."


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_nothing_that_a_message_says_forges_a_line(server, speaktracker, log_format):
    sqs = server.client()
    url = sqs.get_queue_url(QueueName="speaktracker-synthesis")["QueueUrl"]
    sqs.purge_queue(QueueUrl=url) if log_format == "text" else None
    forged = "\n2026-11-26T00:00:00.000Z error forged"
    sqs.send_message(QueueUrl=url, MessageBody=forged)
    sqs.send_message(
        QueueUrl=url, MessageBody=json.dumps({"job_id": "x" + forged, "kind": forged, "payload": {forged: forged}}))
    sqs.send_message(
        QueueUrl=url, MessageBody=job("j\u2028forged\u0085forged" + log_format, "sentence.synthesize", **SENTENCE),
        MessageAttributes={"traceparent": {"DataType": "String", "StringValue": f"00-{TRACE}-00f067aa0ba902b7-01\nforged"}})
    result = speaktracker("work", "--endpoint", server.url, "--until-empty", "--log-format", log_format)
    assert result.returncode == 0
    for line in result.stderr.splitlines():
        assert not line.startswith(("2026-11-26T00:00:00.000Z error forged", "forged")), result.stderr
        if log_format == "json" and not line.startswith("Jobs:"):
            json.loads(line)
