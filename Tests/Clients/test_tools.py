"""Tools that people have already: the AWS CLI, and Celery with kombu's SQS transport."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

BIN = pathlib.Path(sys.executable).parent


@pytest.fixture
def aws(server, tmp_path):
    """Runs the AWS CLI with nothing changed but its endpoint, and gives back what it prints."""
    environment = {
        **os.environ, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "ap-northeast-2", "HOME": str(tmp_path), "AWS_PAGER": "",
    }

    def run(*arguments, fails=False):
        result = subprocess.run(
            # Version 1 of the AWS CLI ignores AWS_ENDPOINT_URL for SQS alone.
            [BIN / "aws", *arguments, "--output", "json", "--endpoint-url", server.url], env=environment, capture_output=True, text=True, timeout=60)
        assert (result.returncode != 0) == fails, result.stderr
        return result.stderr if fails else json.loads(result.stdout or "{}")

    return run


def test_the_aws_cli_sends_receives_and_deletes(aws):
    assert aws("sts", "get-caller-identity")["Account"] == "000000000000"
    url = aws("sqs", "create-queue", "--queue-name", "from-the-cli")["QueueUrl"]
    attribute = json.dumps({"lang": {"DataType": "String", "StringValue": "한국어"}}, ensure_ascii=False)
    sent = aws("sqs", "send-message", "--queue-url", url, "--message-body", "안녕", "--message-attributes", attribute)
    received = aws(
        "sqs", "receive-message", "--queue-url", url, "--message-attribute-names", "All", "--wait-time-seconds", "1")
    message = received["Messages"][0]
    assert (message["MessageId"], message["Body"]) == (sent["MessageId"], "안녕")
    assert message["MessageAttributes"]["lang"]["StringValue"] == "한국어"
    aws("sqs", "delete-message", "--queue-url", url, "--receipt-handle", message["ReceiptHandle"])
    counts = aws("sqs", "get-queue-attributes", "--queue-url", url, "--attribute-names", "All")["Attributes"]
    assert {value for name, value in counts.items() if name.startswith("Approximate")} == {"0"}
    assert url in aws("sqs", "list-queues", "--queue-name-prefix", "from-")["QueueUrls"]
    aws("sqs", "delete-queue", "--queue-url", url)
    assert "NonExistentQueue" in aws("sqs", "get-queue-url", "--queue-name", "from-the-cli", fails=True)


APPLICATION = """
import os
import boto3
from celery import Celery

app = Celery("school", broker=os.environ["BROKER"])
app.conf.broker_transport_options = {"region": "eu-west-1", "is_secure": False, "wait_time_seconds": 20}
app.conf.worker_enable_remote_control = False

@app.task
def score(sentence, factor=1):
    boto3.client("sqs", region_name="eu-west-1").send_message(
        QueueUrl=os.environ["ANSWERS"], MessageBody=f"{sentence}:{len(sentence) * factor}")
"""


def test_celery_runs_tasks_over_the_queue(server, sqs, tmp_path):
    answers = sqs.create_queue(QueueName="celery-answers")["QueueUrl"]
    (tmp_path / "school.py").write_text(APPLICATION)
    environment = {
        **os.environ, "BROKER": server.url.replace("http://", "sqs://test:test@") + "//", "ANSWERS": answers,
        "AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        "PYTHONPATH": str(tmp_path),
    }
    worker = subprocess.Popen(
        [BIN / "celery", "-A", "school", "worker", "--pool", "solo", "--without-gossip", "--without-mingle"],
        env=environment, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        send = "import school\nfor n in range(3): school.score.delay('a' * n, factor=2)\nschool.score.delay('가')"
        subprocess.run([sys.executable, "-c", send], env=environment, cwd=tmp_path, check=True, timeout=60)
        found = set()
        for _ in range(12):
            received = sqs.receive_message(QueueUrl=answers, WaitTimeSeconds=20, MaxNumberOfMessages=10)
            found |= {message["Body"] for message in received.get("Messages", [])}
            if len(found) == 4:
                break
        assert found == {":0", "a:2", "aa:4", "가:1"}
    finally:
        worker.terminate()
        assert worker.wait(timeout=30) == 0
    url = sqs.get_queue_url(QueueName="celery")["QueueUrl"]
    counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert {value for name, value in counts.items() if name.startswith("Approximate")} == {"0"}
