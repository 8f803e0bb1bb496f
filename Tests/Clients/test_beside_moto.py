"""The same DynamoDB calls to `serve` and to moto_server, where moto is right."""

import pathlib
import random
import socket
import subprocess
import sys

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from serving import KEYS


@pytest.fixture(scope="module")
def moto():
    """The address of a moto_server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [pathlib.Path(sys.executable).parent / "moto_server", "-p", str(port)], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except ConnectionRefusedError:
            pass
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()


@pytest.fixture(scope="module")
def both(server, moto):
    """Does a call at both, and gives back both outcomes."""
    clients = [
        boto3.client(
            "dynamodb", endpoint_url=url, region_name="eu-west-1", config=Config(retries={"total_max_attempts": 1}),
            **KEYS)
        for url in (server.url, moto)]
    for client in clients:
        client.create_table(
            TableName="beside", BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[
                {"AttributeName": "p", "AttributeType": "S"}, {"AttributeName": "s", "AttributeType": "N"},
                {"AttributeName": "a", "AttributeType": "N"}],
            KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "s", "KeyType": "RANGE"}],
            GlobalSecondaryIndexes=[{
                "IndexName": "by-a", "KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"}}])

    def call(operation, **arguments):
        outcomes = []
        for client in clients:
            try:
                answer = getattr(client, operation)(TableName="beside", **arguments)
                answer.pop("ResponseMetadata")
                # moto counts capacity unasked.
                answer.pop("ConsumedCapacity", None)
                outcomes.append(normal(answer))
            except ClientError as error:
                outcomes.append(error.response["Error"]["Code"])
        return outcomes

    return call


def normal(value):
    """With sets in one order."""
    if isinstance(value, dict):
        return {
            name: sorted(member) if name in ("SS", "NS", "BS") else normal(member) for name, member in value.items()}
    return [normal(element) for element in value] if isinstance(value, list) else value


def key(s, p="x"):
    return {"p": {"S": p}, "s": {"N": str(s)}}


@pytest.mark.parametrize(
    "expression, values",
    [
        ("SET a = a + :n", {":n": {"N": "0.1"}}),
        ("SET a = a - :n, b = a", {":n": {"N": "-3"}}),
        ("SET b = if_not_exists(b, :n), c = if_not_exists(a, :n)", {":n": {"N": "7"}}),
        ("SET l[1] = :n, l[9] = :n", {":n": {"S": "new"}}),
        ("SET m.x = :n, m.y.z = :n", {":n": {"BOOL": True}}),
        ("SET m.q.z = :n", {":n": {"BOOL": True}}),
        ("SET l = list_append(:n, l)", {":n": {"L": [{"N": "1"}]}}),
        ("REMOVE l[0], m.y, gone", None),
        ("ADD a :n, fresh :n", {":n": {"N": "5"}}),
        ("ADD st :n", {":n": {"SS": ["b", "z"]}}),
        ("DELETE st :n", {":n": {"SS": ["a", "b"]}}),
        ("DELETE st :n", {":n": {"SS": ["a", "b", "c"]}}),
        ("ADD m :n", {":n": {"N": "5"}}),
        ("SET p = :n", {":n": {"S": "5"}}),
        ("SET a = :none", {":n": {"S": "5"}}),
        ("SET a = nothing", None),
        ("SET m.x = :n, m = :n", {":n": {"S": "5"}}),
    ])
def test_updates(both, expression, values):
    item = {
        **key(1), "a": {"N": "1"}, "l": {"L": [{"N": "1"}, {"N": "2"}]}, "st": {"SS": ["a", "b", "c"]},
        "m": {"M": {"x": {"N": "1"}, "y": {"M": {"z": {"N": "2"}}}}}}
    both("put_item", Item=item)
    options = {"ExpressionAttributeValues": values} if values else {}
    ours, theirs = both("update_item", Key=key(1), UpdateExpression=expression, ReturnValues="ALL_NEW", **options)
    assert ours == theirs
    ours, theirs = both("get_item", Key=key(1))
    assert ours == theirs


@pytest.mark.parametrize("index", [None, "by-a"])
@pytest.mark.parametrize("forward", [True, False])
@pytest.mark.parametrize("condition", ["", "<", "<=", ">", ">=", "=", "BETWEEN"])
def test_queries(both, index, forward, condition):
    for number in range(8):
        both("put_item", Item={**key(number, "query"), "a": {"N": str(number % 3)}})
    expression, values = "p = :p", {":p": {"S": "query"}}
    if index:
        expression, values = "a = :a", {":a": {"N": "1"}}
    elif condition:
        expression += " AND s BETWEEN :x AND :y" if condition == "BETWEEN" else f" AND s {condition} :x"
        values |= {":x": {"N": "3"}} | ({":y": {"N": "6"}} if condition == "BETWEEN" else {})
    options = {"IndexName": index} if index else {}
    found = both(
        "query", KeyConditionExpression=expression, ExpressionAttributeValues=values, ScanIndexForward=forward,
        ProjectionExpression="s", **options)
    if index:
        found = [{**answer, "Items": sorted(answer["Items"], key=str)} for answer in found]
    assert found[0] == found[1]


def filters(generator, depth=2):
    """A random condition that is true of some of the items."""
    if depth and generator.random() < 0.6:
        one, other = filters(generator, depth - 1), filters(generator, depth - 1)
        return generator.choice([f"({one}) AND ({other})", f"({one}) OR ({other})", f"NOT ({one})"])
    number = generator.choice([":n1", ":n5", ":n9"])
    return generator.choice([
        f"n {generator.choice(['=', '<>', '<', '<=', '>', '>='])} {number}", f"n BETWEEN :n1 AND {number}",
        f"n IN ({number}, :n5)", "attribute_exists(extra)", "attribute_not_exists(extra)", "begins_with(t, :a)",
        "contains(t, :b)", "contains(st, :b)", "size(t) > :n1", "attribute_type(extra, :type)", "m.deep[1] = :n5",
    ])


def test_random_filters(both):
    generator = random.Random(20261125)
    for number in range(20):
        item = {
            **key(number, "filters"), "n": {"N": str(number % 11)}, "t": {"S": "ab"[number % 2] * (number % 4) or "b"},
            "st": {"SS": ["ab"[number % 2]]}, "m": {"M": {"deep": {"L": [{"S": ""}, {"N": str(number % 6)}]}}}}
        if number % 3 == 0:
            item["extra"] = {"BOOL": True}
        both("put_item", Item=item)
    values = {
        ":n1": {"N": "1"}, ":n5": {"N": "5"}, ":n9": {"N": "9"}, ":a": {"S": "a"}, ":b": {"S": "b"},
        ":type": {"S": "BOOL"}, ":p": {"S": "filters"}}
    sizes = set()
    for _ in range(150):
        expression = filters(generator)
        used = {name: value for name, value in values.items() if name in expression or name == ":p"}
        ours, theirs = both(
            "query", KeyConditionExpression="p = :p", FilterExpression=expression, ExpressionAttributeValues=used,
            ProjectionExpression="s")
        assert ours == theirs, expression
        sizes.add(ours["Count"])
    assert len(sizes) > 10


def test_writes_under_conditions(both):
    both("put_item", Item={**key(3), "a": {"N": "1"}})
    for operation, arguments in [
        ("put_item", dict(Item=key(3), ConditionExpression="attribute_not_exists(p)")),
        ("delete_item", dict(Key=key(4), ConditionExpression="attribute_exists(p)")),
        ("update_item", dict(
            Key=key(3), UpdateExpression="SET a = :n", ConditionExpression="a = :n",
            ExpressionAttributeValues={":n": {"N": "2"}})),
        ("delete_item", dict(
            Key=key(3), ConditionExpression="a = :n", ExpressionAttributeValues={":n": {"N": "1.0"}},
            ReturnValues="ALL_OLD")),
        ("get_item", dict(Key=key(3))),
        ("get_item", dict(Key={"p": {"S": "x"}})),
        ("put_item", dict(Item={"p": {"S": "x"}})),
        ("put_item", dict(Item={**key(3), "p": {"S": ""}})),
    ]:
        ours, theirs = both(operation, **arguments)
        assert ours == theirs, operation
