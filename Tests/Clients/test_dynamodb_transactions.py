"""Transactions of DynamoDB: that they are whole, and what they say when they cannot be."""

import threading

import boto3
import pytest
from botocore.exceptions import ClientError
from serving import KEYS, refused

KEY = {"p": {"S": "x"}, "s": {"N": "1"}}
OTHER = {"p": {"S": "x"}, "s": {"N": "2"}}


def test_a_transaction_reads_one_moment(server, dynamodb, table):
    keys = [{"p": "x", "s": number} for number in range(2)]
    for key in keys:
        dynamodb.put_item(TableName=table, Item={**key, "n": 0})
    stop = threading.Event()

    def write():
        client = boto3.resource("dynamodb", endpoint_url=server.url, region_name="a", **KEYS).meta.client
        while not stop.is_set():
            client.transact_write_items(TransactItems=[
                {"Update": {
                    "TableName": table, "Key": key, "UpdateExpression": "ADD n :one",
                    "ExpressionAttributeValues": {":one": 1}}} for key in keys])

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    try:
        for _ in range(60):
            found = dynamodb.transact_get_items(TransactItems=[{"Get": {"TableName": table, "Key": key}} for key in keys])
            one, two = (response["Item"]["n"] for response in found["Responses"])
            assert one == two
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert one > 0


def reasons(call, **arguments):
    """The codes and messages of a cancelled transaction."""
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    assert caught.value.response["Error"]["Code"] == "TransactionCanceledException"
    return [(reason["Code"], reason.get("Message")) for reason in caught.value.response["CancellationReasons"]]


@pytest.mark.parametrize(
    "write, message",
    [
        ({"Put": dict(Item={"p": {"S": "x"}})}, "One or more parameter values were invalid: Missing the key s in the item"),
        (
            {"Put": dict(Item={**KEY, "p": {"N": "1"}})},
            "One or more parameter values were invalid: Type mismatch for key p expected: S actual: N",
        ),
        (
            {"Put": dict(Item={**KEY, "g": {"N": "1"}})},
            "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N "
            "IndexName: by-g",
        ),
        ({"Put": dict(Item={**KEY, "a": {"S": "x" * 409_600}})}, "Item size has exceeded the maximum allowed size"),
        ({"Delete": dict(Key={"p": {"S": "x"}})}, "The provided key element does not match the schema"),
        (
            {"ConditionCheck": dict(Key={**KEY, "a": {"S": "x"}}, ConditionExpression="attribute_exists(p)")},
            "The provided key element does not match the schema",
        ),
        (
            {"Update": dict(
                Key=KEY, UpdateExpression="SET s = :n", ExpressionAttributeValues={":n": {"N": "5"}})},
            "One or more parameter values were invalid: Cannot update attribute s. This attribute is part of the key",
        ),
        (
            {"Update": dict(
                Key=KEY, UpdateExpression="SET g = :n", ExpressionAttributeValues={":n": {"N": "5"}})},
            "The update expression attempted to update the secondary index key to unsupported type",
        ),
        (
            {"Update": dict(Key=KEY, UpdateExpression="SET a = b")},
            "The provided expression refers to an attribute that does not exist in the item",
        ),
    ])
def test_what_does_not_fit_a_table_is_a_reason(low, table, write, message):
    part = {kind: {"TableName": table, **arguments} for kind, arguments in write.items()}
    found = reasons(
        low.transact_write_items, TransactItems=[{"Put": {"TableName": table, "Item": OTHER}}, part])
    assert found == [("None", None), ("ValidationError", message)]
    assert low.scan(TableName=table)["Count"] == 0


def test_a_key_that_cannot_be_read_is_a_reason(low, table):
    found = reasons(low.transact_get_items, TransactItems=[
        {"Get": {"TableName": table, "Key": KEY}}, {"Get": {"TableName": table, "Key": {"p": {"S": "x"}}}}])
    assert found == [("None", None), ("ValidationError", "The provided key element does not match the schema")]


@pytest.mark.parametrize(
    "write, message",
    [
        (
            {"Update": dict(Key=KEY, UpdateExpression="SET a =")},
            'Invalid UpdateExpression: Syntax error; token: "<EOF>", near: "="',
        ),
        (
            {"Delete": dict(Key=KEY, ConditionExpression="a = :a")},
            "Invalid ConditionExpression: An expression attribute value used in expression is not defined; "
            "attribute value: :a",
        ),
        ({"Put": dict(Item=OTHER)}, "Transaction request cannot include multiple operations on one item"),
    ])
def test_what_no_table_is_needed_for_is_refused_whole(low, table, write, message):
    part = {kind: {"TableName": table, **arguments} for kind, arguments in write.items()}
    error = refused(
        low.transact_write_items, TransactItems=[{"Put": {"TableName": table, "Item": OTHER}}, part])
    assert (error["Code"], error["Message"]) == ("ValidationException", message)


def test_the_capacity_of_transactions(low, table):
    low.put_item(TableName=table, Item={**KEY, "a": {"S": "x" * 2000}, "g": {"S": "y"}})
    update = [{"Update": {
        "TableName": table, "Key": KEY, "UpdateExpression": "SET b = :n", "ExpressionAttributeValues": {":n": {"N": "1"}}}}]

    def write(**arguments):
        answer = low.transact_write_items(**arguments, ReturnConsumedCapacity="INDEXES")
        return answer["ConsumedCapacity"]

    # Two units a KB of the item as it is, whatever the update's own size; "b" is not in the index.
    assert write(TransactItems=update, ClientRequestToken="token") == [{
        "TableName": table, "CapacityUnits": 4.0, "WriteCapacityUnits": 4.0,
        "Table": {"CapacityUnits": 4.0, "WriteCapacityUnits": 4.0}}]
    # Said again, it is only read.
    assert write(TransactItems=update, ClientRequestToken="token") == [{
        "TableName": table, "CapacityUnits": 2.0, "ReadCapacityUnits": 2.0,
        "Table": {"CapacityUnits": 2.0, "ReadCapacityUnits": 2.0}}]
    changed = [{"Put": {"TableName": table, "Item": {**KEY, "g": {"S": "z"}}}}]
    assert write(TransactItems=changed) == [{
        "TableName": table, "CapacityUnits": 10.0, "WriteCapacityUnits": 10.0,
        "Table": {"CapacityUnits": 4.0, "WriteCapacityUnits": 4.0},
        "GlobalSecondaryIndexes": {"by-g": {"CapacityUnits": 6.0, "WriteCapacityUnits": 6.0}}}]
    answer = low.transact_get_items(
        TransactItems=[{"Get": {"TableName": table, "Key": KEY}}], ReturnConsumedCapacity="TOTAL")
    assert answer["ConsumedCapacity"] == [{"TableName": table, "CapacityUnits": 2.0, "ReadCapacityUnits": 2.0}]
