"""Tables of DynamoDB: how they come to be, change and go, and which cannot be."""

import pytest
from boto3.dynamodb.conditions import Key
from serving import refused


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
