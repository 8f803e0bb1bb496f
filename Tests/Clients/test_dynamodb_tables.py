"""Tables of DynamoDB: how they come to be, change and go, and which cannot be."""

import pytest
from boto3.dynamodb.conditions import Key
from serving import refused

INVALID = "One or more parameter values were invalid: "


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


def test_backups_that_are_not_made(low, table):
    def described(answer):
        description = answer["ContinuousBackupsDescription"]
        assert description["ContinuousBackupsStatus"] == "ENABLED"
        return description["PointInTimeRecoveryDescription"]

    assert described(low.describe_continuous_backups(TableName=table)) == {"PointInTimeRecoveryStatus": "DISABLED"}
    for enabled, found in [
        (True, {"PointInTimeRecoveryStatus": "ENABLED", "RecoveryPeriodInDays": 35}),
        (False, {"PointInTimeRecoveryStatus": "DISABLED"}),
    ]:
        specification = {"PointInTimeRecoveryEnabled": enabled}
        assert described(low.update_continuous_backups(
            TableName=table, PointInTimeRecoverySpecification=specification)) == found
        assert described(low.describe_continuous_backups(TableName=table)) == found
    error = refused(low.describe_continuous_backups, TableName="none")
    assert (error["Code"], error["Message"]) == ("TableNotFoundException", "Table not found: none")


def test_what_there_is_none_of(low):
    assert low.list_backups()["BackupSummaries"] == []
    assert low.list_global_tables()["GlobalTables"] == []
    assert low.list_exports()["ExportSummaries"] == []
    assert low.list_imports()["ImportSummaryList"] == []
    assert low.list_contributor_insights()["ContributorInsightsSummaries"] == []
    for operation, arguments in [
        ("execute_statement", dict(Statement="SELECT * FROM users")),
        ("batch_execute_statement", dict(Statements=[{"Statement": "SELECT * FROM users"}])),
        ("execute_transaction", dict(TransactStatements=[{"Statement": "SELECT * FROM users"}])),
    ]:
        assert refused(getattr(low, operation), **arguments)["Code"] == "UnknownOperationException"


def test_lifetimes_have_rules(low, raw, table):
    specification = {"Enabled": True, "AttributeName": "ttl"}
    assert low.describe_time_to_live(TableName=table)["TimeToLiveDescription"] == {"TimeToLiveStatus": "DISABLED"}
    error = refused(low.describe_time_to_live, TableName="none")
    assert (error["Code"], error["Message"]) == (
        "ResourceNotFoundException", "Requested resource not found: Table: none not found")
    assert refused(low.update_time_to_live, TableName="none", TimeToLiveSpecification=specification)["Code"] == (
        "ResourceNotFoundException")
    off = {**specification, "Enabled": False}
    assert refused(low.update_time_to_live, TableName=table, TimeToLiveSpecification=off)["Message"] == (
        "TimeToLive is already disabled")
    low.update_time_to_live(TableName=table, TimeToLiveSpecification=specification)
    for enabled in (True, False):
        error = refused(
            low.update_time_to_live, TableName=table,
            TimeToLiveSpecification={"Enabled": enabled, "AttributeName": "other"})
        assert error["Message"] == (
            "TimeToLive is active on a different AttributeName: current AttributeName is ttl")
    low.update_time_to_live(TableName=table, TimeToLiveSpecification=off)
    assert low.describe_time_to_live(TableName=table)["TimeToLiveDescription"] == {"TimeToLiveStatus": "DISABLED"}
    assert "'timeToLiveSpecification.attributeName'" in refused(
        raw.update_time_to_live, TableName=table,
        TimeToLiveSpecification={"Enabled": True, "AttributeName": ""})["Message"]


def index(name, key="g", **more):
    return {
        "IndexName": name, "KeySchema": [{"AttributeName": key, "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"}, **more}


def units(read, write):
    return {"ProvisionedThroughput": {"ReadCapacityUnits": read, "WriteCapacityUnits": write}}


DEFINITION = dict(
    TableName="never", BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])
TWO_DEFINITIONS = [{"AttributeName": "id", "AttributeType": "S"}, {"AttributeName": "g", "AttributeType": "S"}]


@pytest.fixture
def provisioned(low):
    """A table that is paid for by its throughput, with a global index of its own."""
    name = "provisioned"
    low.create_table(
        **{**DEFINITION, "TableName": name, "BillingMode": "PROVISIONED", "AttributeDefinitions": TWO_DEFINITIONS},
        **units(5, 6), GlobalSecondaryIndexes=[index("by-g", **units(7, 8))])
    yield name
    low.delete_table(TableName=name)


def throughputs(low, name):
    """Those of the table and of its indexes."""
    found = low.describe_table(TableName=name)["Table"]
    return [
        (part["ProvisionedThroughput"]["ReadCapacityUnits"], part["ProvisionedThroughput"]["WriteCapacityUnits"])
        for part in [found] + found.get("GlobalSecondaryIndexes", [])]


def test_an_index_has_a_throughput_of_its_own(low, provisioned):
    assert throughputs(low, provisioned) == [(5, 6), (7, 8)]
    low.update_table(
        TableName=provisioned, GlobalSecondaryIndexUpdates=[{"Update": {"IndexName": "by-g", **units(9, 10)}}])
    assert throughputs(low, provisioned) == [(5, 6), (9, 10)]
    create = dict(TableName=provisioned, AttributeDefinitions=TWO_DEFINITIONS)
    assert refused(
        low.update_table, **create, GlobalSecondaryIndexUpdates=[{"Create": index("new")}])["Message"] == (
            INVALID + "ProvisionedThroughput is not specified for index: new")
    low.update_table(**create, GlobalSecondaryIndexUpdates=[{"Create": index("new", **units(1, 2))}])
    assert throughputs(low, provisioned) == [(5, 6), (9, 10), (1, 2)]
    low.update_table(TableName=provisioned, BillingMode="PAY_PER_REQUEST")
    assert throughputs(low, provisioned) == [(0, 0), (0, 0), (0, 0)]


def test_a_change_that_changes_nothing_is_refused(low, provisioned):
    assert refused(low.update_table, TableName=provisioned, **units(5, 6))["Message"] == (
        "The provisioned throughput for the table will not change. The requested value equals the current value. "
        "Current ReadCapacityUnits provisioned for the table: 5. Requested ReadCapacityUnits: 5. "
        "Current WriteCapacityUnits provisioned for the table: 6. Requested WriteCapacityUnits: 6. "
        "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.")
    low.update_table(TableName=provisioned, **units(5, 7))
    assert throughputs(low, provisioned)[0] == (5, 7)


def test_the_way_of_paying_changes(low, provisioned):
    assert "BillingModeSummary" not in low.describe_table(TableName=provisioned)["Table"]
    low.update_table(TableName=provisioned, BillingMode="PAY_PER_REQUEST")
    by_requests = low.describe_table(TableName=provisioned)["Table"]["BillingModeSummary"]
    assert by_requests["BillingMode"] == "PAY_PER_REQUEST"
    assert refused(low.update_table, TableName=provisioned, BillingMode="PROVISIONED")["Message"] == (
        INVALID + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED")
    low.update_table(TableName=provisioned, BillingMode="PROVISIONED", **units(5, 6))
    assert low.describe_table(TableName=provisioned)["Table"]["BillingModeSummary"] == {
        **by_requests, "BillingMode": "PROVISIONED"}


def test_a_table_of_the_school_changes_its_way_of_paying(low):
    by_requests = low.describe_table(TableName="users")["Table"]["BillingModeSummary"]
    low.update_table(TableName="users", BillingMode="PROVISIONED", **units(1, 1))
    assert low.describe_table(TableName="users")["Table"]["BillingModeSummary"] == {
        **by_requests, "BillingMode": "PROVISIONED"}
    low.update_table(TableName="users", BillingMode="PAY_PER_REQUEST")


def test_what_a_table_was_told_is_shown(low):
    name = "told"
    answer = low.create_table(
        **{**DEFINITION, "TableName": name, "AttributeDefinitions": TWO_DEFINITIONS},
        GlobalSecondaryIndexes=[index("by-g")], TableClass="STANDARD_INFREQUENT_ACCESS",
        SSESpecification={"Enabled": True, "SSEType": "KMS"}, OnDemandThroughput={"MaxReadRequestUnits": 5},
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"})["TableDescription"]
    assert answer["TableStatus"] == answer["GlobalSecondaryIndexes"][0]["IndexStatus"] == "CREATING"
    found = low.describe_table(TableName=name)["Table"]
    assert found["TableStatus"] == found["GlobalSecondaryIndexes"][0]["IndexStatus"] == "ACTIVE"
    assert found["TableClassSummary"] == {"TableClass": "STANDARD_INFREQUENT_ACCESS"}
    assert (found["SSEDescription"]["Status"], found["SSEDescription"]["SSEType"]) == ("ENABLED", "KMS")
    assert found["SSEDescription"]["KMSMasterKeyArn"].startswith("arn:aws:kms:eu-west-1:000000000000:")
    assert found["OnDemandThroughput"] == {"MaxReadRequestUnits": 5}
    assert found["LatestStreamArn"] == f"{found['TableArn']}/stream/{found['LatestStreamLabel']}"
    low.update_table(TableName=name, OnDemandThroughput={"MaxReadRequestUnits": 6})
    assert low.describe_table(TableName=name)["Table"]["OnDemandThroughput"] == {"MaxReadRequestUnits": 6}
    answer = low.update_table(TableName=name, GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "by-g"}}])
    gone = answer["TableDescription"]["GlobalSecondaryIndexes"]
    assert [(one["IndexName"], one["IndexStatus"]) for one in gone] == [("by-g", "DELETING")]
    assert "GlobalSecondaryIndexes" not in low.describe_table(TableName=name)["Table"]
    low.delete_table(TableName=name)


LOCAL = {
    "IndexName": "loc", "Projection": {"ProjectionType": "ALL"},
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "g", "KeyType": "RANGE"}]}


@pytest.mark.parametrize(
    "change, message",
    [
        (
            dict(KeySchema=[{"AttributeName": "x", "KeyType": "HASH"}]),
            INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [x], "
            "AttributeDefinitions: [id]",
        ),
        (
            dict(KeySchema=[
                {"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "x", "KeyType": "RANGE"}]),
            "Invalid KeySchema: Some index key attribute have no definition",
        ),
        (
            dict(KeySchema=[{"AttributeName": "id", "KeyType": "RANGE"}]),
            "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
        ),
        (
            dict(AttributeDefinitions=TWO_DEFINITIONS, KeySchema=[
                {"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "g", "KeyType": "HASH"}]),
            "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type",
        ),
        (
            dict(KeySchema=[
                {"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "id", "KeyType": "RANGE"}]),
            "Both the Hash Key and the Range Key element in the KeySchema have the same name",
        ),
        (
            dict(AttributeDefinitions=TWO_DEFINITIONS),
            INVALID + "Number of attributes in KeySchema does not exactly match number of attributes defined in "
            "AttributeDefinitions",
        ),
        (
            dict(
                AttributeDefinitions=TWO_DEFINITIONS + [{"AttributeName": "x", "AttributeType": "S"}],
                GlobalSecondaryIndexes=[index("by-g")]),
            INVALID + "Some AttributeDefinitions are not used. AttributeDefinitions: [g, id, x], keys used: [g, id]",
        ),
        (
            dict(AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}, {"AttributeName": "g", "AttributeType": "X"}]),
            "1 validation error detected: Value 'X' at 'attributeDefinitions.2.member.attributeType' failed to satisfy "
            "constraint: Member must satisfy enum value set: [B, N, S]",
        ),
        (
            dict(BillingMode="PROVISIONED"),
            INVALID + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
        ),
        (
            dict(BillingMode="PROVISIONED", **units(0, 0)),
            "2 validation errors detected: Value '0' at 'provisionedThroughput.readCapacityUnits' failed to satisfy "
            "constraint: Member must have value greater than or equal to 1; Value '0' at "
            "'provisionedThroughput.writeCapacityUnits' failed to satisfy constraint: Member must have value greater "
            "than or equal to 1",
        ),
        (
            dict(TableClass="FOO"),
            "1 validation error detected: Value 'FOO' at 'tableClass' failed to satisfy constraint: Member must satisfy "
            "enum value set: [STANDARD, STANDARD_INFREQUENT_ACCESS]",
        ),
        (dict(GlobalSecondaryIndexes=[]), INVALID + "List of GlobalSecondaryIndexes is empty"),
        (
            dict(
                BillingMode="PROVISIONED", **units(1, 1), AttributeDefinitions=TWO_DEFINITIONS,
                GlobalSecondaryIndexes=[index("by-g")]),
            INVALID + "ProvisionedThroughput is not specified for index: by-g",
        ),
        (
            dict(AttributeDefinitions=TWO_DEFINITIONS, GlobalSecondaryIndexes=[index("by-g", **units(1, 1))]),
            INVALID + "ProvisionedThroughput should not be specified for index: by-g when BillingMode is PAY_PER_REQUEST",
        ),
        (
            dict(
                AttributeDefinitions=TWO_DEFINITIONS,
                GlobalSecondaryIndexes=[index("one"), index("two"), index("two")]),
            INVALID + "Duplicate index name: two",
        ),
        (
            dict(AttributeDefinitions=TWO_DEFINITIONS, GlobalSecondaryIndexes=[index("ab")]),
            "1 validation error detected: Value 'ab' at 'globalSecondaryIndexes.1.member.indexName' failed to satisfy "
            "constraint: Member must have length greater than or equal to 3",
        ),
        (
            dict(AttributeDefinitions=TWO_DEFINITIONS, GlobalSecondaryIndexes=[index(
                "by-g", Projection={"ProjectionType": "INCLUDE", "NonKeyAttributes": [f"a{n}" for n in range(21)]})]),
            "'globalSecondaryIndexes.1.member.projection.nonKeyAttributes' failed to satisfy constraint: "
            "Member must have length less than or equal to 20",
        ),
        (
            dict(AttributeDefinitions=TWO_DEFINITIONS, LocalSecondaryIndexes=[LOCAL]),
            "Table KeySchema does not have a range key",
        ),
    ])
def test_tables_that_cannot_be(raw, change, message):
    error = refused(raw.create_table, **(DEFINITION | change))
    assert error["Code"] == "ValidationException" and message in error["Message"], error


def test_twenty_global_indexes_and_five_local(low):
    names = [f"k{number}" for number in range(21)]
    definition = dict(
        TableName="many", BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ["id", *names]],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "k0", "KeyType": "RANGE"}],
        GlobalSecondaryIndexes=[index(f"by-{name}", name) for name in names[1:]],
        LocalSecondaryIndexes=[{
            "IndexName": f"local-{name}", "Projection": {"ProjectionType": "KEYS_ONLY"},
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": name, "KeyType": "RANGE"}],
        } for name in names[1:6]])
    low.create_table(**definition)
    low.delete_table(TableName="many")
    definition["GlobalSecondaryIndexes"].append(index("by-k0", "k0"))
    assert "per-table limit of 20" in refused(low.create_table, **definition)["Message"]
