"""Keys, items and pages that DynamoDB refuses, in its words."""

import json
import urllib.error
import urllib.request

import pytest
from serving import refused

KEY = {"p": {"S": "x"}, "s": {"N": "1"}}
INVALID = "One or more parameter values were invalid: "
NOT_VALID = "One or more parameter values are not valid. "
EMPTY = "The AttributeValue for a key attribute cannot contain an empty string value."
RETURNED = "[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]"


@pytest.mark.parametrize(
    "operation, arguments, message",
    [
        ("get_item", dict(Key={"p": {"S": "x"}}), "The provided key element does not match the schema"),
        ("get_item", dict(Key={**KEY, "a": {"S": "x"}}), "The provided key element does not match the schema"),
        ("get_item", dict(Key={"p": {"N": "1"}, "s": {"N": "1"}}), "The provided key element does not match the schema"),
        ("get_item", dict(Key={**KEY, "p": {"S": ""}}), f"{NOT_VALID}{EMPTY} Key: p"),
        ("put_item", dict(Item={"p": {"S": "x"}}), INVALID + "Missing the key s in the item"),
        ("put_item", dict(Item={"p": {"S": ""}, "s": {"N": "1"}}), f"{NOT_VALID}{EMPTY} Key: p"),
        (
            "put_item", dict(Item={**KEY, "g": {"S": ""}}),
            f"{NOT_VALID}A value specified for a secondary index key is not supported. {EMPTY} IndexName: by-g, "
            "IndexKey: g",
        ),
        (
            "put_item", dict(Item={"p": {"S": "x"}, "s": {"S": "1"}}),
            INVALID + "Type mismatch for key s expected: N actual: S",
        ),
        (
            "put_item", dict(Item={**KEY, "g": {"N": "1"}}),
            INVALID + "Type mismatch for Index Key g Expected: S Actual: N IndexName: by-g",
        ),
        (
            "put_item", dict(Item={**KEY, "p": {"S": "x" * 2049}}),
            INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes",
        ),
        (
            "put_item", dict(Item={**KEY, "l": {"B": b"x" * 1025}}),
            INVALID + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes",
        ),
        ("put_item", dict(Item={**KEY, "a": {"S": "x" * 409_600}}), "Item size has exceeded the maximum allowed size"),
        ("put_item", dict(Item={**KEY, "a": {"SS": []}}), INVALID + "An string set  may not be empty"),
        ("put_item", dict(Item={**KEY, "a": {"NS": []}}), INVALID + "An number set  may not be empty"),
        ("put_item", dict(Item={**KEY, "a": {"BS": []}}), INVALID + "Binary sets should not be empty"),
        (
            "put_item", dict(Item={**KEY, "a": {"SS": ["a", "a"]}}),
            INVALID + "Input collection [a, a] contains duplicates.",
        ),
        ("put_item", dict(Item={**KEY, "a": {"NS": ["1", "1.0"]}}), "Input collection contains duplicates"),
        (
            "put_item", dict(Item={**KEY, "a": {"BS": [b"a", b"a"]}}),
            INVALID + "Input collection [YQ==, YQ==]of type BS contains duplicates.",
        ),
        ("put_item", dict(Item=KEY, ReturnValues="ALL_NEW"), "ReturnValues can only be ALL_OLD or NONE"),
        ("delete_item", dict(Key=KEY, ReturnValues="UPDATED_NEW"), "ReturnValues can only be ALL_OLD or NONE"),
        (
            "update_item", dict(Key=KEY, ReturnValues="NEVER"),
            "1 validation error detected: Value 'NEVER' at 'returnValues' failed to satisfy constraint: Member must "
            f"satisfy enum value set: {RETURNED}",
        ),
        (
            "put_item", dict(Item=KEY, ReturnValues="NEVER"),
            "1 validation error detected: Value 'NEVER' at 'returnValues' failed to satisfy constraint: Member must "
            f"satisfy enum value set: {RETURNED}",
        ),
        (
            "put_item", dict(Item=KEY, ReturnValuesOnConditionCheckFailure="ALL"),
            "1 validation error detected: Value 'ALL' at 'returnValuesOnConditionCheckFailure' failed to satisfy "
            "constraint: Member must satisfy enum value set: [ALL_OLD, NONE]",
        ),
        (
            "scan", dict(Segment=3, TotalSegments=3),
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 3 is not less "
            "than TotalSegments: 3",
        ),
        ("scan", dict(IndexName="none"), "The table does not have the specified index: none"),
        (
            "scan", dict(IndexName="by-g", ProjectionExpression="a, b.c, p, d"),
            INVALID + "Global secondary index by-g does not project [b, d]",
        ),
        (
            "scan", dict(IndexName="by-g", AttributesToGet=["b"]),
            INVALID + "Global secondary index by-g does not project [b]",
        ),
        (
            "scan", dict(ExclusiveStartKey={"p": {"S": "x"}}),
            "The provided starting key is invalid: The provided key element does not match the schema",
        ),
        (
            "query",
            dict(
                KeyConditionExpression="p = :p AND s < :s", ExclusiveStartKey=KEY,
                ExpressionAttributeValues={":p": {"S": "x"}, ":s": {"N": "1"}}),
            "The provided starting key does not match the range key predicate",
        ),
    ])
def test_what_is_refused(low, table, operation, arguments, message):
    error = refused(getattr(low, operation), TableName=table, **arguments)
    assert (error["Code"], error["Message"]) == ("ValidationException", message)


def test_a_segment_does_not_begin_in_another(low, table):
    messages = set()
    for segment in range(2):
        page = dict(TableName=table, Segment=segment, TotalSegments=2, ExclusiveStartKey=KEY)
        try:
            low.scan(**page)
        except low.exceptions.ClientError as error:
            messages.add(error.response["Error"]["Message"].replace(f"Segment: {segment}", "Segment: _"))
    assert messages == {
        "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct "
        "Segment. TotalSegments: 2 Segment: _"}


def test_an_item_and_its_entries_in_local_indexes_have_one_limit(low):
    low.create_table(
        TableName="local", BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in "psl"],
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "s", "KeyType": "RANGE"}],
        LocalSecondaryIndexes=[{
            "IndexName": "by-l", "Projection": {"ProjectionType": "ALL"},
            "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "l", "KeyType": "RANGE"}]}])
    item = {"p": {"S": "x"}, "s": {"S": "y"}, "a": {"S": "x" * 300_000}}
    low.put_item(TableName="local", Item=item)
    error = refused(low.put_item, TableName="local", Item={**item, "l": {"S": "z"}})
    assert error["Message"] == "Item size has exceeded the maximum allowed size"
    error = refused(
        low.update_item, TableName="local", Key={"p": {"S": "x"}, "s": {"S": "y"}}, UpdateExpression="SET l = :l",
        ExpressionAttributeValues={":l": {"S": "z"}})
    assert error["Message"] == "Item size to update has exceeded the maximum allowed size"
    low.delete_table(TableName="local")


def test_values_lie_thirty_two_deep(low, table):
    def nested(depth):
        value = {"S": "leaf"}
        for level in range(depth):
            value = {"L": [value]} if level % 2 else {"M": {"m": value}}
        return value

    low.put_item(TableName=table, Item={**KEY, "a": nested(32)})
    assert low.get_item(TableName=table, Key=KEY)["Item"]["a"] == nested(32)
    for depth in (33, 60):
        error = refused(low.put_item, TableName=table, Item={**KEY, "a": nested(depth)})
        assert (error["Code"], error["Message"]) == (
            "ValidationException", "Nesting Levels have exceeded supported limits")
    error = refused(
        low.update_item, TableName=table, Key=KEY, UpdateExpression="SET b.m = :a",
        ExpressionAttributeValues={":a": nested(33)})
    assert "Nesting Levels have exceeded supported limits" in error["Message"]
    low.put_item(TableName=table, Item={**KEY, "a": {"M": {}}})
    error = refused(
        low.update_item, TableName=table, Key=KEY, UpdateExpression="SET a.m = :a",
        ExpressionAttributeValues={":a": nested(32)})
    assert error["Message"] == "Nesting Levels have exceeded supported limits"


def test_a_type_that_nobody_knows_is_no_value(server, table):
    body = json.dumps({"TableName": table, "Item": {**KEY, "a": {"X": "y"}}}).encode()
    request = urllib.request.Request(server.url, data=body, headers={"X-Amz-Target": "DynamoDB_20120810.PutItem"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    assert json.loads(caught.value.read())["message"] == (
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")


def test_a_table_that_is_not_there(low):
    for operation, arguments in [
        ("get_item", dict(Key=KEY)), ("put_item", dict(Item=KEY)), ("scan", {}), ("delete_item", dict(Key=KEY)),
        ("update_item", dict(Key=KEY)), ("describe_table", {}), ("delete_table", {}),
        (
            "query",
            dict(KeyConditionExpression="p = :p", ExpressionAttributeValues={":p": {"S": "x"}}),
        ),
    ]:
        assert refused(getattr(low, operation), TableName="none", **arguments)["Code"] == "ResourceNotFoundException"
