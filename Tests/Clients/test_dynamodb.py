"""DynamoDB as backends meet it: with boto3, first the school's own queries, then every operation with its failures."""

import decimal
import threading
import time

import boto3
import pytest
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError
from serving import KEYS, Server, refused


@pytest.fixture
def dynamodb(server):
    """The client that takes Python's own values."""
    return boto3.resource("dynamodb", endpoint_url=server.url, region_name="ap-northeast-2", **KEYS).meta.client


@pytest.fixture
def low(server):
    """The client that takes DynamoDB's values."""
    return server.client("dynamodb")


@pytest.fixture
def table(low, request):
    """A table with a string and a number as its key, and an index of each kind."""
    name = f"t-{abs(hash(request.node.nodeid))}"
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


# The school's own queries, word for word.


def test_students_of_a_tutor(dynamodb):
    for student in ["b@example.com", "a@example.com"]:
        dynamodb.put_item(
            TableName='tutor-students', Item={'tutor_email': 'tutor@example.com', 'student_email': student})
    found = dynamodb.query(
        TableName='tutor-students',
        KeyConditionExpression='tutor_email = :tutor',
        ExpressionAttributeValues={':tutor': 'tutor@example.com'}
    )
    assert [item['student_email'] for item in found['Items']] == ["a@example.com", "b@example.com"]


def test_tutors_of_a_student(dynamodb):
    for tutor in ["y@example.com", "x@example.com"]:
        dynamodb.put_item(
            TableName='tutor-students', Item={'tutor_email': tutor, 'student_email': 'student@example.com'})
    found = dynamodb.query(
        TableName='tutor-students',
        IndexName='student_email-index',
        KeyConditionExpression='student_email = :student',
        ExpressionAttributeValues={':student': 'student@example.com'}
    )
    assert {item['tutor_email'] for item in found['Items']} == {"x@example.com", "y@example.com"}


def test_requests_that_a_tutor_has_not_answered(dynamodb):
    for number, status in enumerate(["PENDING", "APPROVED", "PENDING"]):
        dynamodb.put_item(TableName='tutor-requests', Item={
            'request_id': f'r{number}', 'created_at': f'2025-01-2{number}T00:00:00Z',
            'tutor_email_status': f'tutor@example.com#{status}', 'status': status})
    found = dynamodb.query(
        TableName='tutor-requests',
        IndexName='tutor_email_status-created_at-index',
        KeyConditionExpression='tutor_email_status = :key',
        ExpressionAttributeValues={':key': 'tutor@example.com#PENDING'},
        ScanIndexForward=False  # 최신순 정렬
    )
    assert [item['request_id'] for item in found['Items']] == ['r2', 'r0']


def test_a_week_of_a_student(dynamodb):
    for day in range(20, 32):
        dynamodb.put_item(
            TableName='daily-statistics',
            Item={'student_email': 'student@example.com', 'date': f'2025-01-{day}', 'sessions_count': day})
    found = dynamodb.query(
        TableName='daily-statistics',
        KeyConditionExpression='student_email = :student AND #date BETWEEN :start AND :end',
        ExpressionAttributeNames={'#date': 'date'},
        ExpressionAttributeValues={
            ':student': 'student@example.com',
            ':start': '2025-01-24',
            ':end': '2025-01-30'
        }
    )
    assert [item['sessions_count'] for item in found['Items']] == list(range(24, 31))


def test_notifications_that_are_not_read(dynamodb):
    for number, is_read in enumerate(["false", "true", "false"]):
        moment = f'2025-01-2{number}T00:00:00Z'
        dynamodb.put_item(TableName='notifications', Item={
            'notification_id_timestamp': f'n{number}#{moment}', 'user_email': 'student@example.com',
            'is_read_created_at': f'{is_read}#{moment}'})
    found = dynamodb.query(
        TableName='notifications',
        IndexName='user_email-is_read-created_at-index',
        KeyConditionExpression='user_email = :user AND begins_with(is_read_created_at, :prefix)',
        ExpressionAttributeValues={
            ':user': 'student@example.com',
            ':prefix': 'false#'
        },
        ScanIndexForward=False
    )
    assert [item['notification_id_timestamp'][:2] for item in found['Items']] == ['n2', 'n0']


DAY = '2025-01-24T09:00:00Z'


def approve(dynamodb, request_id, **options):
    return dynamodb.transact_write_items(TransactItems=[
        {'Update': {
            'TableName': 'tutor-requests', 'Key': {'request_id': request_id, 'created_at': DAY},
            'UpdateExpression': 'SET #status = :approved', 'ConditionExpression': '#status = :pending',
            'ExpressionAttributeNames': {'#status': 'status'},
            'ExpressionAttributeValues': {':approved': 'APPROVED', ':pending': 'PENDING'},
            'ReturnValuesOnConditionCheckFailure': 'ALL_OLD'}},
        {'Put': {'TableName': 'tutor-students', 'Item': {
            'tutor_email': 'approver@example.com', 'student_email': request_id, 'request_id': request_id}}},
        {'Put': {'TableName': 'notifications', 'Item': {
            'user_email': request_id, 'notification_id_timestamp': DAY, 'type': 'tutor_match'}}},
    ], **options)


def test_a_request_is_approved_whole_or_not_at_all(dynamodb):
    dynamodb.put_item(TableName='tutor-requests', Item={'request_id': 'approved', 'created_at': DAY, 'status': 'PENDING'})
    approve(dynamodb, 'approved')
    assert dynamodb.get_item(
        TableName='tutor-requests', Key={'request_id': 'approved', 'created_at': DAY})['Item']['status'] == 'APPROVED'
    assert 'Item' in dynamodb.get_item(TableName='notifications', Key={'user_email': 'approved', 'notification_id_timestamp': DAY})
    dynamodb.put_item(TableName='tutor-requests', Item={'request_id': 'rejected', 'created_at': DAY, 'status': 'REJECTED'})
    with pytest.raises(ClientError) as caught:
        approve(dynamodb, 'rejected')
    reasons = caught.value.response['CancellationReasons']
    assert [reason['Code'] for reason in reasons] == ['ConditionalCheckFailed', 'None', 'None']
    # The resource's client turns values of answers into Python's, but not those of errors.
    assert reasons[0]['Item']['status'] == {'S': 'REJECTED'}
    assert 'Item' not in dynamodb.get_item(TableName='notifications', Key={'user_email': 'rejected', 'notification_id_timestamp': DAY})


def test_a_repeated_transaction_does_nothing(dynamodb, low):
    dynamodb.put_item(TableName='tutor-requests', Item={'request_id': 'repeated', 'created_at': DAY, 'status': 'PENDING'})
    for _ in range(2):
        approve(dynamodb, 'repeated', ClientRequestToken='a-token')
    error = refused(approve, dynamodb=dynamodb, request_id='another', ClientRequestToken='a-token')
    assert error['Code'] == 'IdempotentParameterMismatchException'


# Items.


EVERYTHING = {
    "p": "안녕", "s": decimal.Decimal("-12345678901234567890.123456789012345678"), "empty": "", "yes": True, "none": None,
    "binary": b"\x00\xff", "list": [1, "a", [], {}], "map": {"a": {"b": [decimal.Decimal("1E+100")]}},
    "strings": {"a", "b"}, "numbers": {1, decimal.Decimal("2.5")}, "binaries": {b"a", b""},
}


def test_every_kind_of_value_comes_back_as_it_was(dynamodb, table):
    dynamodb.put_item(TableName=table, Item=EVERYTHING)
    found = dynamodb.get_item(TableName=table, Key={"p": EVERYTHING["p"], "s": EVERYTHING["s"]})["Item"]
    found["binary"] = found["binary"].value
    found["binaries"] = {value.value for value in found["binaries"]}
    assert found == EVERYTHING


def test_numbers_are_normalised(low, table):
    for given, kept in [("007", "7"), ("1.50", "1.5"), ("-0", "0"), ("1e3", "1000"), ("1E-3", "0.001")]:
        low.put_item(TableName=table, Item={"p": {"S": "n"}, "s": {"N": given}})
        assert low.get_item(TableName=table, Key={"p": {"S": "n"}, "s": {"N": kept}})["Item"]["s"]["N"] == kept
    for bad in ["1" * 39, "1e126", "1e-131", "x", ""]:
        assert refused(low.put_item, TableName=table, Item={"p": {"S": "n"}, "s": {"N": bad}})["Code"] == (
            "ValidationException")


def put(dynamodb, table, count=5, **attributes):
    for number in range(count):
        dynamodb.put_item(TableName=table, Item={"p": "x", "s": number, **attributes})


def test_answers_of_writes(dynamodb, table):
    key = {"p": "x", "s": 1}
    assert "Attributes" not in dynamodb.put_item(TableName=table, Item={**key, "a": 1}, ReturnValues="ALL_OLD")
    assert dynamodb.put_item(TableName=table, Item={**key, "a": 2}, ReturnValues="ALL_OLD")["Attributes"]["a"] == 1
    def update(expression, returned, **values):
        return dynamodb.update_item(
            TableName=table, Key=key, UpdateExpression=expression, ReturnValues=returned,
            ExpressionAttributeValues={f":{name}": value for name, value in values.items()}).get("Attributes")
    assert update("SET a = a + :n", "UPDATED_NEW", n=3) == {"a": 5}
    assert update("SET a = a - :n, b = :m", "UPDATED_OLD", n=1, m=7) == {"a": 5}
    assert update("SET c = if_not_exists(c, :n)", "ALL_OLD", n=1) == {**key, "a": 4, "b": 7}
    assert update("ADD c :n", "ALL_NEW", n=1) == {**key, "a": 4, "b": 7, "c": 2}
    assert update("SET c = :n", "NONE", n=1) is None
    assert dynamodb.delete_item(TableName=table, Key=key, ReturnValues="ALL_OLD")["Attributes"]["c"] == 1
    assert "Attributes" not in dynamodb.delete_item(TableName=table, Key=key, ReturnValues="ALL_OLD")


def test_every_form_of_an_update(dynamodb, table):
    key = {"p": "x", "s": 1}
    dynamodb.put_item(TableName=table, Item={
        **key, "list": [1, 2, 3], "map": {"a": 1, "b": {"c": [0]}}, "set": {"a", "b", "c"}, "gone": 1})
    found = dynamodb.update_item(
        TableName=table, Key=key, ReturnValues="ALL_NEW",
        UpdateExpression="SET #list[1] = :two, #map.b.c[0] = #list[0], #list[7] = :nine, "
                         "appended = list_append(#list, :more) REMOVE gone, #map.a ADD #total :two DELETE #set :ab",
        ExpressionAttributeNames={"#list": "list", "#map": "map", "#set": "set", "#total": "total"},
        ExpressionAttributeValues={":two": 22, ":nine": 9, ":more": [4], ":ab": {"a", "b"}})["Attributes"]
    assert found == {
        **key, "list": [1, 22, 3, 9], "map": {"b": {"c": [1]}}, "set": {"c"}, "appended": [1, 2, 3, 4], "total": 22}


def test_conditions_decide(dynamodb, low, table):
    put(dynamodb, table, 1, a=5, tags={"red"}, name="Anna")
    key = {"p": "x", "s": 0}
    holds = [
        Attr("a").eq(5), Attr("a").between(4, 6), Attr("a").is_in([1, 5]), Attr("b").not_exists(),
        Attr("a").attribute_type("N"), Attr("name").begins_with("An"), Attr("tags").contains("red"),
        Attr("name").size().gt(3), ~Attr("a").lt(5), Attr("a").gt(9) | Attr("a").ne(6), Attr("none").ne(1),
    ]
    for condition in holds:
        dynamodb.update_item(
            TableName=table, Key=key, UpdateExpression="SET touched = :t", ConditionExpression=condition,
            ExpressionAttributeValues={":t": 1})
        error = refused(dynamodb.delete_item, TableName=table, Key=key, ConditionExpression=~condition)
        assert error["Code"] == "ConditionalCheckFailedException"
        assert error["Message"] == "The conditional request failed"
    with pytest.raises(ClientError) as caught:
        low.delete_item(
            TableName=table, Key={"p": {"S": "x"}, "s": {"N": "0"}}, ConditionExpression="attribute_not_exists(p)",
            ReturnValuesOnConditionCheckFailure="ALL_OLD")
    assert caught.value.response["Item"]["a"] == {"N": "5"}


def test_pages_of_a_query_are_its_answer(dynamodb, table):
    put(dynamodb, table, 23)
    for forward in (True, False):
        found, start = [], {}
        while start is not None:
            page = dynamodb.query(
                TableName=table, KeyConditionExpression=Key("p").eq("x") & Key("s").gte(3), Limit=6,
                FilterExpression=Attr("none").not_exists(), ScanIndexForward=forward,
                **({"ExclusiveStartKey": start} if start else {}))
            assert page["ScannedCount"] <= 6
            found += [int(item["s"]) for item in page["Items"]]
            start = page.get("LastEvaluatedKey")
        assert found == sorted(range(3, 23), reverse=not forward)


def test_a_page_has_a_megabyte(dynamodb, table):
    for number in range(5):
        dynamodb.put_item(TableName=table, Item={"p": "x", "s": number, "a": "y" * 300_000})
    page = dynamodb.query(TableName=table, KeyConditionExpression=Key("p").eq("x"))
    assert page["Count"] == 3 and page["LastEvaluatedKey"] == {"p": "x", "s": 2}
    page = dynamodb.query(TableName=table, KeyConditionExpression=Key("p").eq("x"), Select="COUNT")
    assert page["Count"] == 3 and "Items" not in page


def test_a_scan_and_its_segments_have_every_item_once(dynamodb, table):
    items = {(f"p{number % 7}", number) for number in range(60)}
    for p, s in items:
        dynamodb.put_item(TableName=table, Item={"p": p, "s": s})
    def scan(**options):
        found, start = [], {}
        while start is not None:
            page = dynamodb.scan(TableName=table, Limit=7, **options, **({"ExclusiveStartKey": start} if start else {}))
            found += [(item["p"], int(item["s"])) for item in page["Items"]]
            start = page.get("LastEvaluatedKey")
        return found
    assert sorted(scan()) == sorted(items)
    parts = [scan(Segment=segment, TotalSegments=3) for segment in range(3)]
    assert sorted(sum(parts, [])) == sorted(items) and all(parts)


def test_indexes_have_what_they_project(dynamodb, table):
    dynamodb.put_item(TableName=table, Item={"p": "x", "s": 1, "g": "here", "l": b"1", "a": 1, "b": 2})
    dynamodb.put_item(TableName=table, Item={"p": "x", "s": 2, "a": 1})
    found = dynamodb.query(TableName=table, IndexName="by-g", KeyConditionExpression=Key("g").eq("here"))["Items"]
    assert found == [{"p": "x", "s": 1, "g": "here", "a": 1}]
    local = dict(TableName=table, IndexName="by-l", KeyConditionExpression=Key("p").eq("x"))
    assert [set(item) for item in dynamodb.query(**local)["Items"]] == [{"p", "s", "l"}]
    assert dynamodb.query(**local, ProjectionExpression="b", ConsistentRead=True)["Items"] == [{"b": 2}]
    assert dynamodb.scan(TableName=table, IndexName="by-g")["Count"] == 1
    error = refused(
        dynamodb.query, TableName=table, IndexName="by-g", KeyConditionExpression=Key("g").eq("x"), ConsistentRead=True)
    assert "Consistent reads are not supported on global secondary indexes" in error["Message"]


def test_batches(dynamodb, table):
    with boto3.resource(
            "dynamodb", endpoint_url=dynamodb.meta.endpoint_url, region_name="ap-northeast-2", **KEYS
    ).Table(table).batch_writer() as batch:
        for number in range(60):
            batch.put_item(Item={"p": "x", "s": number, "a": "y" * 100})
    keys = [{"p": "x", "s": number} for number in range(59, 80)]
    found = dynamodb.batch_get_item(RequestItems={table: {"Keys": keys, "ProjectionExpression": "s"}})
    assert found["Responses"] == {table: [{"s": 59}]} and found["UnprocessedKeys"] == {}
    dynamodb.batch_write_item(RequestItems={table: [{"DeleteRequest": {"Key": key}} for key in keys[:1]]})
    assert dynamodb.scan(TableName=table, Select="COUNT")["Count"] == 59
    many = [{"PutRequest": {"Item": {"p": "x", "s": number}}} for number in range(26)]
    assert "Too many items" in refused(dynamodb.batch_write_item, RequestItems={table: many})["Message"]
    twice = [{"DeleteRequest": {"Key": keys[0]}}, {"PutRequest": {"Item": keys[0]}}]
    assert "duplicates" in refused(dynamodb.batch_write_item, RequestItems={table: twice})["Message"]
    assert "duplicates" in refused(dynamodb.batch_get_item, RequestItems={table: {"Keys": keys[:1] * 2}})["Message"]


def test_a_transaction_reads_one_moment(server, dynamodb, table):
    put(dynamodb, table, 2, n=0)
    keys = [{"p": "x", "s": number} for number in range(2)]
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


def test_older_parameters(low, table):
    key = {"p": {"S": "x"}, "s": {"N": "1"}}
    low.put_item(TableName=table, Item={**key, "a": {"N": "1"}}, Expected={"p": {"Exists": False}})
    assert refused(low.put_item, TableName=table, Item=key, Expected={"p": {"Exists": False}})["Code"] == (
        "ConditionalCheckFailedException")
    low.update_item(TableName=table, Key=key, AttributeUpdates={
        "a": {"Action": "ADD", "Value": {"N": "4"}}, "b": {"Value": {"S": "new"}}, "c": {"Action": "DELETE"}})
    found = low.query(
        TableName=table, AttributesToGet=["a", "b"],
        KeyConditions={
            "p": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "x"}]},
            "s": {"ComparisonOperator": "BETWEEN", "AttributeValueList": [{"N": "0"}, {"N": "2"}]}},
        QueryFilter={"a": {"ComparisonOperator": "GT", "AttributeValueList": [{"N": "4"}]}})["Items"]
    assert found == [{"a": {"N": "5"}, "b": {"S": "new"}}]
    for operator, values, count in [
        ("NE", ["5"], 0), ("IN", ["1", "5"], 1), ("NULL", [], 0), ("NOT_NULL", [], 1), ("LE", ["5"], 1),
    ]:
        condition = {"ComparisonOperator": operator, "AttributeValueList": [{"N": value} for value in values]}
        assert low.scan(TableName=table, ScanFilter={"a": condition})["Count"] == count, operator
    error = refused(
        low.update_item, TableName=table, Key=key, AttributeUpdates={"a": {"Value": {"N": "1"}}},
        ConditionExpression="attribute_exists(p)")
    assert error["Message"].startswith("Can not use both expression and non-expression parameters in the same request")


# Tables.


def test_a_table_is_made_described_listed_and_deleted(low, table):
    found = low.describe_table(TableName=table)["Table"]
    assert (found["TableStatus"], found["ItemCount"]) == ("ACTIVE", 0)
    assert found["KeySchema"] == [
        {"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "s", "KeyType": "RANGE"}]
    assert found["TableArn"].endswith(f":000000000000:table/{table}")
    assert found["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert found["GlobalSecondaryIndexes"][0]["Projection"] == {
        "ProjectionType": "INCLUDE", "NonKeyAttributes": ["a"]}
    assert found["LocalSecondaryIndexes"][0]["Projection"] == {"ProjectionType": "KEYS_ONLY"}
    names = []
    for page in low.get_paginator("list_tables").paginate(PaginationConfig={"PageSize": 5}):
        assert len(page["TableNames"]) <= 5
        names += page["TableNames"]
    assert table in names and "tutor-students" in names and names == sorted(names)
    definition = dict(
        TableName="short-lived", BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])
    low.create_table(**definition)
    low.get_waiter("table_exists").wait(TableName="short-lived")
    assert refused(low.create_table, **definition)["Code"] == "ResourceInUseException"
    low.put_item(TableName="short-lived", Item={"id": {"S": "a"}})
    assert low.delete_table(TableName="short-lived")["TableDescription"]["TableStatus"] == "DELETING"
    low.get_waiter("table_not_exists").wait(TableName="short-lived")
    error = refused(low.describe_table, TableName="short-lived")
    assert (error["Code"], error["Message"]) == (
        "ResourceNotFoundException", "Requested resource not found: Table: short-lived not found")
    low.create_table(**definition)
    assert low.scan(TableName="short-lived")["Count"] == 0
    low.delete_table(TableName="short-lived")


def test_an_index_that_is_added_has_the_items_that_are_there(dynamodb, low, table):
    for start in range(0, 1200, 25):
        dynamodb.batch_write_item(RequestItems={table: [
            {"PutRequest": {"Item": {"p": f"p{n}", "s": n, "late": "yes" if n % 3 else 7}}}
            for n in range(start, start + 25)]})
    low.update_table(
        TableName=table,
        AttributeDefinitions=[{"AttributeName": "late", "AttributeType": "S"}, {"AttributeName": "s", "AttributeType": "N"}],
        GlobalSecondaryIndexUpdates=[{"Create": {
            "IndexName": "by-late", "Projection": {"ProjectionType": "ALL"},
            "KeySchema": [{"AttributeName": "late", "KeyType": "HASH"}, {"AttributeName": "s", "KeyType": "RANGE"}]}}])
    dynamodb.put_item(TableName=table, Item={"p": "new", "s": 5000, "late": "yes"})
    while True:
        indexes = low.describe_table(TableName=table)["Table"]["GlobalSecondaryIndexes"]
        if {index["IndexName"]: index["IndexStatus"] for index in indexes}["by-late"] == "ACTIVE":
            break
    found = dynamodb.query(TableName=table, IndexName="by-late", KeyConditionExpression=Key("late").eq("yes"))
    assert [int(item["s"]) for item in found["Items"]] == [n for n in range(1200) if n % 3] + [5000]
    low.update_table(TableName=table, GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "by-late"}}])
    assert "does not have the specified index" in refused(
        dynamodb.query, TableName=table, IndexName="by-late", KeyConditionExpression=Key("late").eq("yes"))["Message"]


def test_lifetimes_and_tags(low, table):
    specification = {"Enabled": True, "AttributeName": "ttl"}
    assert low.update_time_to_live(TableName=table, TimeToLiveSpecification=specification)[
        "TimeToLiveSpecification"] == specification
    assert low.describe_time_to_live(TableName=table)["TimeToLiveDescription"] == {
        "TimeToLiveStatus": "ENABLED", "AttributeName": "ttl"}
    error = refused(low.update_time_to_live, TableName=table, TimeToLiveSpecification=specification)
    assert error["Message"] == "TimeToLive is already enabled"
    arn = low.describe_table(TableName=table)["Table"]["TableArn"]
    low.tag_resource(ResourceArn=arn, Tags=[{"Key": "team", "Value": "speech"}, {"Key": "a", "Value": ""}])
    low.untag_resource(ResourceArn=arn, TagKeys=["a", "none"])
    assert low.list_tags_of_resource(ResourceArn=arn)["Tags"] == [{"Key": "team", "Value": "speech"}]


# What is refused.


KEY = {"p": {"S": "x"}, "s": {"N": "1"}}


@pytest.mark.parametrize(
    "operation, arguments, message",
    [
        ("get_item", dict(Key={"p": {"S": "x"}}), "The provided key element does not match the schema"),
        ("get_item", dict(Key={**KEY, "a": {"S": "x"}}), "The provided key element does not match the schema"),
        ("get_item", dict(Key={"p": {"N": "1"}, "s": {"N": "1"}}), "The provided key element does not match the schema"),
        ("put_item", dict(Item={"p": {"S": "x"}}), "Missing the key s in the item"),
        ("put_item", dict(Item={"p": {"S": ""}, "s": {"N": "1"}}), "cannot contain an empty value"),
        ("put_item", dict(Item={"p": {"S": "x"}, "s": {"S": "1"}}), "Type mismatch for key s"),
        ("put_item", dict(Item={**KEY, "g": {"N": "1"}}), "Type mismatch for Index Key g"),
        ("put_item", dict(Item={**KEY, "a": {"S": "x" * 409_600}}), "Item size has exceeded the maximum allowed size"),
        ("put_item", dict(Item={**KEY, "a": {"SS": []}}), "may not be empty"),
        ("put_item", dict(Item={**KEY, "a": {"NS": ["1", "1.0"]}}), "Input collection contains duplicates"),
        ("put_item", dict(Item=KEY, ReturnValues="ALL_NEW"), "'ALL_NEW' at 'returnValues' failed to satisfy"),
        ("put_item", dict(Item=KEY, ConditionExpression="a ="), 'Invalid ConditionExpression: Syntax error; token: "<EOF>"'),
        ("put_item", dict(Item=KEY, ConditionExpression=""), "The expression can not be empty"),
        ("put_item", dict(Item=KEY, ConditionExpression="a = :a"), "attribute value: :a"),
        ("put_item", dict(Item=KEY, ConditionExpression="#a = a"), "attribute name: #a"),
        ("put_item", dict(Item=KEY, ConditionExpression="a = a"), "must be distinct from the remaining operands"),
        ("put_item", dict(Item=KEY, ConditionExpression="((a = b))"), "The expression has redundant parentheses;"),
        ("put_item", dict(Item=KEY, ConditionExpression="status = b"), "reserved keyword; reserved keyword: status"),
        (
            "put_item", dict(Item=KEY, ConditionExpression="begins_with(a)"),
            "operator or function: begins_with, number of operands: 1",
        ),
        (
            "put_item",
            dict(Item=KEY, ConditionExpression="attribute_exists(:a)", ExpressionAttributeValues={":a": {"N": "1"}}),
            "requires a document path; operator or function: attribute_exists",
        ),
        (
            "update_item",
            dict(Key=KEY, UpdateExpression="ADD a :a", ExpressionAttributeValues={":a": {"S": "1"}}),
            "operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND",
        ),
        (
            "update_item",
            dict(Key=KEY, UpdateExpression="SET a = b + :a", ExpressionAttributeValues={":a": {"S": "1"}}),
            "operator or function: +, operand type: S",
        ),
        (
            "update_item", dict(Key=KEY, UpdateExpression="REMOVE a.b, a.b[0]"),
            "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these "
            "paths; path one: [a, b], path two: [a, b, [0]]",
        ),
        ("update_item", dict(Key=KEY, UpdateExpression="REMOVE a.b, a[0]"), "Two document paths conflict"),
        ("put_item", dict(Item=KEY, ExpressionAttributeNames={"#a": "a"}), "can only be specified when using expressions"),
        (
            "put_item",
            dict(Item=KEY, ConditionExpression="a = b", ExpressionAttributeNames={"#a": "a"}),
            "unused in expressions: keys: {#a}",
        ),
        (
            "update_item", dict(Key=KEY, UpdateExpression="SET s = :a", ExpressionAttributeValues={":a": {"N": "1"}}),
            "Cannot update attribute s. This attribute is part of the key",
        ),
        ("update_item", dict(Key=KEY, UpdateExpression="SET a = b"), "does not exist in the item"),
        (
            "update_item", dict(Key=KEY, UpdateExpression="SET a.b = :a", ExpressionAttributeValues={":a": {"N": "1"}}),
            "is invalid for update",
        ),
        ("update_item", dict(Key=KEY, UpdateExpression="REMOVE a, a"), "Two document paths overlap"),
        ("query", dict(KeyConditionExpression="s = p"), "KeyConditionExpression"),
        (
            "query",
            dict(KeyConditionExpression="p = :a", FilterExpression="s = :a", ExpressionAttributeValues={":a": {"S": "x"}}),
            "Filter Expression can only contain non-primary key attributes: Primary key attribute: s",
        ),
        (
            "query", dict(KeyConditionExpression="s = :a", ExpressionAttributeValues={":a": {"N": "1"}}),
            "Query condition missed key schema element: p",
        ),
        ("query", dict(), "must be specified in the request"),
        ("scan", dict(Segment=3, TotalSegments=3), "is not less than TotalSegments"),
        ("scan", dict(IndexName="none"), "does not have the specified index: none"),
    ])
def test_what_is_refused(low, table, operation, arguments, message):
    error = refused(getattr(low, operation), TableName=table, **arguments)
    assert error["Code"] == "ValidationException" and message in error["Message"], error


def test_a_table_that_is_not_there(low):
    for operation, arguments in [
        ("get_item", dict(Key=KEY)), ("put_item", dict(Item=KEY)), ("scan", {}), ("delete_item", dict(Key=KEY)),
        ("update_item", dict(Key=KEY)), ("describe_table", {}), ("delete_table", {}),
    ]:
        assert refused(getattr(low, operation), TableName="none", **arguments)["Code"] == "ResourceNotFoundException"


@pytest.mark.parametrize(
    "change, message",
    [
        (dict(KeySchema=[{"AttributeName": "x", "KeyType": "HASH"}]), "not defined in AttributeDefinitions"),
        (dict(KeySchema=[{"AttributeName": "id", "KeyType": "RANGE"}]), "first KeySchemaElement is not a HASH"),
        (dict(AttributeDefinitions=[
            {"AttributeName": "id", "AttributeType": "S"}, {"AttributeName": "x", "AttributeType": "S"}]), "not used"),
        (dict(BillingMode="PROVISIONED"), "must both be specified"),
        (dict(GlobalSecondaryIndexes=[]), "empty"),
        (dict(LocalSecondaryIndexes=[{
            "IndexName": "loc", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"}}]), "does not have a range key"),
    ])
def test_tables_that_cannot_be(low, change, message):
    definition = dict(
        TableName="never", BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])
    error = refused(low.create_table, **(definition | change))
    assert error["Code"] == "ValidationException" and message in error["Message"], error


def test_capacity_is_counted_as_dynamodb_counts_it(low, table):
    low.put_item(TableName=table, Item={**KEY, "a": {"S": "x" * 9000}})
    def units(operation, **arguments):
        answer = getattr(low, operation)(TableName=table, ReturnConsumedCapacity="TOTAL", **arguments)
        return answer["ConsumedCapacity"]["CapacityUnits"]
    assert units("get_item", Key=KEY) == 1.5
    assert units("get_item", Key=KEY, ConsistentRead=True) == 3
    assert units("put_item", Item=KEY) == 9
    assert units("put_item", Item={**KEY, "g": {"S": "x"}}) == 2
    answer = low.put_item(TableName=table, Item={**KEY, "g": {"S": "y"}}, ReturnConsumedCapacity="INDEXES")
    assert answer["ConsumedCapacity"]["GlobalSecondaryIndexes"] == {"by-g": {"CapacityUnits": 1.0}}


def test_what_was_answered_survives_a_kill(binary, tmp_path):
    server = Server(binary, tmp_path / "data")
    counts = [0] * 8
    lock = threading.Lock()

    def work(number):
        client = boto3.resource("dynamodb", endpoint_url=server.url, region_name="a", **KEYS).meta.client
        other = (number + 1) % len(counts)
        try:
            while True:
                client.transact_write_items(TransactItems=[
                    {"Update": {
                        "TableName": "users", "Key": {"role": "test", "email": f"u{who}"}, "UpdateExpression": "ADD n :d",
                        "ExpressionAttributeValues": {":d": change}}} for who, change in ((number, 1), (other, -1))])
                client.update_item(
                    TableName="users", Key={"role": "test", "email": f"c{number}"}, UpdateExpression="ADD n :d",
                    ExpressionAttributeValues={":d": 1})
                with lock:
                    counts[number] += 1
                    if sum(counts) == 400:
                        server.process.kill()
        except Exception:
            pass

    workers = [threading.Thread(target=work, args=(number,)) for number in range(len(counts))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    server = Server(binary, tmp_path / "data")
    client = boto3.resource("dynamodb", endpoint_url=server.url, region_name="a", **KEYS).meta.client
    items = {item["email"]: item.get("n", 0) for item in client.scan(TableName="users")["Items"]}
    assert sum(value for name, value in items.items() if name.startswith("u")) == 0
    for number, count in enumerate(counts):
        assert count <= items[f"c{number}"] <= count + 1
    assert server.stop() == 0


def test_items_go_when_their_time_is_over(binary, tmp_path):
    server = Server(binary, tmp_path / "data", "--sweep-seconds", "1")
    client = boto3.resource("dynamodb", endpoint_url=server.url, region_name="a", **KEYS).meta.client
    client.create_table(
        TableName="lifetimes", BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])
    # One is there before the table has lifetimes.
    client.put_item(TableName="lifetimes", Item={"id": "old", "until": int(time.time()) - 10})
    client.update_time_to_live(
        TableName="lifetimes", TimeToLiveSpecification={"Enabled": True, "AttributeName": "until"})
    client.put_item(TableName="lifetimes", Item={"id": "over", "until": int(time.time()) - 1})
    client.put_item(TableName="lifetimes", Item={"id": "ancient", "until": 1})
    client.put_item(TableName="lifetimes", Item={"id": "to come", "until": int(time.time()) + 3600})
    client.put_item(TableName="lifetimes", Item={"id": "no time", "until": "soon"})
    while client.scan(TableName="lifetimes")["Count"] > 3:
        pass
    assert {item["id"] for item in client.scan(TableName="lifetimes")["Items"]} == {"ancient", "to come", "no time"}
    assert server.stop() == 0
