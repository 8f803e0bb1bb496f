"""Runs the built `speaktracker` as its users do: as a process."""

import itertools
import json
import os
import pathlib
import re
import subprocess

import boto3
import pytest
from older_sqs import write_model
from serving import KEYS, Server

numbers = itertools.count()
ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def binary():
    """The program under test; SPEAKTRACKER names another build than the debug one."""
    if path := os.environ.get("SPEAKTRACKER"):
        return pathlib.Path(path)
    folder = subprocess.run(
        ["swift", "build", "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    return pathlib.Path(folder) / "speaktracker"


@pytest.fixture(scope="session")
def speaktracker(binary):
    """Runs a command and gives back its exit status, stdout and stderr."""

    def run(*arguments, stdin="", environment=None):
        return subprocess.run(
            [binary, *map(str, arguments)], input=stdin, capture_output=True, text=True, timeout=300,
            cwd=ROOT, env={**os.environ, **(environment or {})},
        )

    return run


@pytest.fixture(scope="session")
def rows(speaktracker):
    """All items of a table, in DynamoDB JSON, without what the time of a run and its interruptions decide."""
    volatile = {
        "attempts", "completedAt", "completed_at", "created_at", "deaths", "given_up", "is_read_created_at", "requestAt", "rescored_at",
        "scored_at", "trace_id", "ttl", "updated_at", "version",
    }

    def read(data, *tables):
        result = speaktracker("export", *tables, "--data", data)
        assert result.returncode == 0, result.stderr
        items = [json.loads(line) for line in result.stdout.splitlines()]
        kept = [{name: value for name, value in item.items() if name not in volatile} for item in items]
        return sorted(kept, key=json.dumps)

    return read


@pytest.fixture(scope="module")
def protocol():
    """Which of its protocols a client of SQS speaks; files whose tests are to run in both have their own."""
    return "json"


@pytest.fixture(scope="module")
def server(binary, tmp_path_factory, protocol):
    """A server that takes every request, for the tests of one file."""
    server = Server(binary, tmp_path_factory.mktemp("served") / "data")
    yield server
    assert server.stop() == 0


@pytest.fixture(scope="session")
def older_model(tmp_path_factory):
    """A folder with the model of SQS that speaks the Query protocol."""
    folder = tmp_path_factory.mktemp("models")
    write_model(folder)
    return folder


@pytest.fixture
def sqs(server, protocol, request):
    return server.client(models=request.getfixturevalue("older_model") if protocol == "query" else None)


@pytest.fixture
def queue(sqs, request):
    """A queue named after the test, each time another: a name cannot be used again at once."""
    name = f"{re.sub(r'[^a-z0-9]', '-', request.node.name)[:60]}-{next(numbers)}"
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    yield url
    sqs.delete_queue(QueueUrl=url)


@pytest.fixture
def dynamodb(server):
    """The client that takes Python's own values."""
    return boto3.resource("dynamodb", endpoint_url=server.url, region_name="ap-northeast-2", **KEYS).meta.client


@pytest.fixture
def low(server):
    """The client that takes DynamoDB's values."""
    return server.client("dynamodb")


@pytest.fixture
def raw(server):
    """The client that sends whatever it is given."""
    return server.client("dynamodb", parameter_validation=False)


@pytest.fixture
def table(low):
    """A table with a string and a number as its key, and an index of each kind."""
    name = f"t-{next(numbers)}"
    low.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "p", "AttributeType": "S"}, {"AttributeName": "s", "AttributeType": "N"},
            {"AttributeName": "g", "AttributeType": "S"}, {"AttributeName": "l", "AttributeType": "B"},
        ],
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "s", "KeyType": "RANGE"}],
        GlobalSecondaryIndexes=[{
            "IndexName": "by-g", "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["a"]},
        }],
        LocalSecondaryIndexes=[{
            "IndexName": "by-l",
            "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "l", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }])
    yield name
    low.delete_table(TableName=name)


def job(identifier, kind, **payload):
    """A job document as one line of text."""
    return json.dumps({"job_id": identifier, "kind": kind, "payload": payload}, ensure_ascii=False) + "\n"
