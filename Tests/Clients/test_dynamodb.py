"""DynamoDB as backends meet it: with boto3, first the school's own queries, then items and how they are found."""

import decimal
import time

import boto3
import pytest
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError
from serving import KEYS, Server, refused

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


def test_a_filter_of_a_global_index_sees_what_is_in_it(dynamodb, table):
    dynamodb.put_item(TableName=table, Item={"p": "x", "s": 1, "g": "here", "l": b"1", "a": 1, "b": 2})
    by_g = dict(TableName=table, IndexName="by-g", KeyConditionExpression=Key("g").eq("here"))
    assert dynamodb.query(**by_g, FilterExpression=Attr("b").eq(2))["Count"] == 0
    assert dynamodb.query(**by_g, FilterExpression=Attr("a").eq(1))["Count"] == 1
    by_l = dict(TableName=table, IndexName="by-l", KeyConditionExpression=Key("p").eq("x"))
    assert dynamodb.query(**by_l, FilterExpression=Attr("b").eq(2))["Count"] == 1


def test_a_page_that_ends_at_its_limit_has_a_last_key(dynamodb, table):
    put(dynamodb, table, 4)
    query = dict(TableName=table, KeyConditionExpression=Key("p").eq("x"))
    last = dynamodb.query(**query, Limit=4)["LastEvaluatedKey"]
    assert last == {"p": "x", "s": 3}
    page = dynamodb.query(**query, Limit=4, ExclusiveStartKey=last)
    assert page["Items"] == [] and "LastEvaluatedKey" not in page
    assert "LastEvaluatedKey" not in dynamodb.query(**query, Limit=5)


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
    error = refused(dynamodb.batch_write_item, RequestItems={table: many})
    assert error["Message"].endswith(
        "at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length "
        "less than or equal to 25, Member must have length greater than or equal to 1]")
    two = {table: many[:25], "users": [{"PutRequest": {"Item": {"role": "x", "email": "y"}}}]}
    assert "Too many items" in refused(dynamodb.batch_write_item, RequestItems=two)["Message"]
    all_keys = [{"p": "x", "s": number} for number in range(101)]
    assert f"'requestItems.{table}.member.keys'" in refused(
        dynamodb.batch_get_item, RequestItems={table: {"Keys": all_keys}})["Message"]
    twice = [{"DeleteRequest": {"Key": keys[0]}}, {"PutRequest": {"Item": keys[0]}}]
    assert "duplicates" in refused(dynamodb.batch_write_item, RequestItems={table: twice})["Message"]
    assert "duplicates" in refused(dynamodb.batch_get_item, RequestItems={table: {"Keys": keys[:1] * 2}})["Message"]


KEY = {"p": {"S": "x"}, "s": {"N": "1"}}


def test_capacity_is_counted_as_dynamodb_counts_it(low, table):
    low.put_item(TableName=table, Item={**KEY, "a": {"S": "x" * 9000}})
    def units(operation, **arguments):
        answer = getattr(low, operation)(TableName=table, ReturnConsumedCapacity="TOTAL", **arguments)
        return answer["ConsumedCapacity"]["CapacityUnits"]
    assert units("get_item", Key=KEY) == 1.5
    assert units("get_item", Key=KEY, ConsistentRead=True) == 3
    assert units("put_item", Item=KEY) == 9
    assert units("put_item", Item={**KEY, "g": {"S": "x"}}) == 2
    # An index whose key changes loses an entry and gets one.
    answer = low.put_item(TableName=table, Item={**KEY, "g": {"S": "y"}}, ReturnConsumedCapacity="INDEXES")
    assert answer["ConsumedCapacity"]["GlobalSecondaryIndexes"] == {"by-g": {"CapacityUnits": 2.0}}
    assert answer["ConsumedCapacity"]["Table"] == {"CapacityUnits": 1.0}
    answer = low.put_item(
        TableName=table, Item={**KEY, "g": {"S": "y"}, "a": {"N": "1"}}, ReturnConsumedCapacity="INDEXES")
    assert answer["ConsumedCapacity"]["GlobalSecondaryIndexes"] == {"by-g": {"CapacityUnits": 1.0}}


def test_an_index_is_read_by_the_size_of_its_entries(low, table):
    low.put_item(TableName=table, Item={**KEY, "g": {"S": "x"}, "b": {"S": "x" * 9000}})
    answer = low.query(
        TableName=table, IndexName="by-g", KeyConditionExpression="g = :g", ReturnConsumedCapacity="TOTAL",
        ExpressionAttributeValues={":g": {"S": "x"}})
    assert answer["ConsumedCapacity"]["CapacityUnits"] == 0.5


def test_item_collections_are_told_where_there_are_local_indexes(low, table):
    found = {"ItemCollectionKey": {"p": {"S": "x"}}, "SizeEstimateRangeGB": [0.0, 1.0]}
    put = dict(TableName=table, Item=KEY)
    assert low.put_item(**put, ReturnItemCollectionMetrics="SIZE")["ItemCollectionMetrics"] == found
    assert "ItemCollectionMetrics" not in low.put_item(**put)
    answer = low.batch_write_item(
        RequestItems={table: [{"PutRequest": {"Item": {**KEY, "s": {"N": str(n)}}}} for n in range(3)]},
        ReturnItemCollectionMetrics="SIZE")
    assert answer["ItemCollectionMetrics"] == {table: [found]}
    answer = low.transact_write_items(
        TransactItems=[{"Put": put}], ReturnItemCollectionMetrics="SIZE")
    assert answer["ItemCollectionMetrics"] == {table: [found]}
    error = refused(low.batch_write_item, RequestItems={table: [{"DeleteRequest": {"Key": KEY}}]},
                    ReturnItemCollectionMetrics="ALL")
    assert "satisfy enum value set: [SIZE, NONE]" in error["Message"]




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
