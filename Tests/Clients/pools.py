"""Pools of worker processes, the store that they work on, and whatever kills them."""

import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time

import boto3
import urllib.error
import urllib.request
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from serving import KEYS

MOTO = pathlib.Path(__file__).parent / "moto_with_clocks.py"


def until(condition, seconds, what):
    """What the condition comes to be, once it is anything."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"not in {seconds} s: {what}"
        time.sleep(0.05)
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children(parent):
    """The processes that a process has started and that have not ended."""
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            _, _, rest = (folder / "stat").read_text().rpartition(")")
        except OSError:  # It ended meanwhile.
            continue
        state, ppid = rest.split()[:2]
        if int(ppid) == parent and state != "Z":
            found.append(int(folder.name))
    return found


# What tests have started.
started = []


def end_all():
    """Kills what a test that failed has left running."""
    while started:
        process = started.pop()
        if process.poll() is None:
            process.kill()
            process.wait()


class Running:
    """A command that runs until it is stopped, and what it says."""

    def __init__(self, binary, *arguments, environment=None, stdin=None):
        self.command = [binary, *map(str, arguments)]
        self.environment = {**os.environ, **(environment or {})}
        self.lines = []
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stderr=subprocess.PIPE, text=True, env=self.environment)
        started.append(self.process)
        self.reader = threading.Thread(target=self.read, args=(self.process.stderr,), daemon=True)
        self.reader.start()

    def read(self, stderr):
        for line in stderr:
            self.lines.append((time.time(), line.rstrip("\n")))

    @property
    def text(self):
        return "\n".join(line for _, line in self.lines)

    @property
    def workers(self):
        return children(self.process.pid)

    def says(self, pattern, seconds=60, count=1):
        """Waits until so many lines match, and gives back the last match."""
        def found():
            matches = [match for _, line in list(self.lines) if (match := re.search(pattern, line))]
            assert len(matches) >= count or self.process.poll() is None, self.text
            return matches[count - 1:]
        return until(found, seconds, f"{pattern} in\n{self.text}")[0]

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self, seconds=60):
        self.process.send_signal(signal.SIGTERM)
        return self.end(seconds)

    def end(self, seconds=60):
        status = self.process.wait(timeout=seconds)
        self.reader.join(timeout=seconds)
        return status


class Serve(Running):
    """`speaktracker serve` on a port that it keeps."""

    def __init__(self, binary, folder, *options, environment=None):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        super().__init__(
            binary, "serve", "--data", folder, "--port", self.port, *options, environment=environment)
        self.says("Serving ")


class Moto:
    """moto_server with the time as it is."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, MOTO, "--real-time"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        started.append(self.process)
        self.url = self.process.stdout.readline().strip()

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


class Backend:
    """What a school's backend does: it sends jobs and reads rows, and goes on when the store is away for a while."""

    def __init__(self, url):
        config = Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=20)
        self.clients = {
            service: boto3.client(service, endpoint_url=url, region_name="eu-west-1", config=config, **KEYS)
            for service in ("sqs", "dynamodb", "s3")}
        self.urls = {}

    def call(self, service, operation, **arguments):
        def answer():
            try:
                return getattr(self.clients[service], operation)(**arguments)
            except ClientError as error:
                if error.response["ResponseMetadata"]["HTTPStatusCode"] < 500:
                    raise
            except BotoCoreError:
                pass  # The store is being started again.
        return until(answer, 60, f"{operation} answers")

    def url(self, queue):
        if queue not in self.urls:
            self.urls[queue] = self.call("sqs", "get_queue_url", QueueName=f"speaktracker-{queue}")["QueueUrl"]
        return self.urls[queue]

    def send(self, queue, document):
        self.call("sqs", "send_message", QueueUrl=self.url(queue), MessageBody=document)

    def messages(self, *queues):
        """How many messages there are: waiting, delayed and in flight."""
        total = 0
        for queue in queues or ("synthesis", "scoring", "statistics"):
            attributes = self.call(
                "sqs", "get_queue_attributes", QueueUrl=self.url(queue), AttributeNames=["All"])["Attributes"]
            total += sum(int(attributes[f"ApproximateNumberOfMessages{kind}"]) for kind in ("", "Delayed", "NotVisible"))
        return total

    def items(self, table):
        """All items of a table, numbers and texts as text."""
        found, start = [], {}
        while True:
            page = self.call("dynamodb", "scan", TableName=table, ConsistentRead=True, **start)
            found += [{name: plain(value) for name, value in item.items()} for item in page["Items"]]
            if "LastEvaluatedKey" not in page:
                return found
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def statuses(self):
        """The rows of the jobs that were sent, by their ids: the schedules have rows and jobs of their own."""
        return {
            row["job_id"]: row for row in self.items("async-job-status")
            if "status" in row and "@" not in row["job_id"]}

    def store(self, key, path):
        self.call("s3", "put_object", Bucket="speaktracker-audio", Key=key, Body=pathlib.Path(path).read_bytes())


def plain(value):
    [(kind, content)] = value.items()
    if kind == "M":
        return {name: plain(member) for name, member in content.items()}
    if kind == "L":
        return [plain(member) for member in content]
    return content


def page(port, path):
    """The status and the text of a page for operators."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/-/{path}", timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
