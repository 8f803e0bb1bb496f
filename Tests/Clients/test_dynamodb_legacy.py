"""DynamoDB's older parameters: Expected, AttributeUpdates, KeyConditions, QueryFilter, ScanFilter, AttributesToGet."""

import pytest
from serving import refused

KEY = {"p": {"S": "x"}, "s": {"N": "1"}}
INVALID = "One or more parameter values were invalid: "


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


def compared(operator, *values):
    return {"ComparisonOperator": operator, "AttributeValueList": list(values)}


ONE, TWO, TEXT, SET, LIST = {"N": "1"}, {"N": "2"}, {"S": "a"}, {"SS": ["a"]}, {"L": []}


@pytest.mark.parametrize(
    "condition, message",
    [
        (compared("LT", SET), INVALID + "ComparisonOperator LT is not valid for SS AttributeValue type"),
        (compared("GE", {"BOOL": True}), INVALID + "ComparisonOperator GE is not valid for BOOL AttributeValue type"),
        (compared("BEGINS_WITH", ONE), INVALID + "ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type"),
        (compared("CONTAINS", SET), INVALID + "ComparisonOperator CONTAINS is not valid for SS AttributeValue type"),
        (compared("NOT_CONTAINS", LIST), INVALID + "ComparisonOperator NOT_CONTAINS is not valid for L AttributeValue type"),
        (compared("IN", SET), INVALID + "ComparisonOperator IN is not valid for SS AttributeValue type"),
        (compared("IN", ONE, TEXT), INVALID + "AttributeValues inside AttributeValueList must be of same type"),
        (compared("BETWEEN", ONE, TEXT), INVALID + "AttributeValues inside AttributeValueList must be of same type"),
        (
            compared("BETWEEN", TWO, ONE),
            INVALID + "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound",
        ),
        (compared("EQ"), INVALID + "Invalid number of argument(s) for the EQ ComparisonOperator"),
        (compared("NULL", ONE), INVALID + "Invalid number of argument(s) for the NULL ComparisonOperator"),
        (
            compared("LIKE", ONE),
            "1 validation error detected: Value 'LIKE' at 'scanFilter.a.member.comparisonOperator' failed to satisfy "
            "constraint: Member must satisfy enum value set: [IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, "
            "LE, BEGINS_WITH, GE, CONTAINS]",
        ),
    ])
def test_filters_that_cannot_be(low, table, condition, message):
    error = refused(low.scan, TableName=table, ScanFilter={"a": condition})
    assert (error["Code"], error["Message"]) == ("ValidationException", message)


@pytest.mark.parametrize(
    "expected, message",
    [
        ({}, "Value must be provided when Exists is null"),
        ({"Exists": True}, "Value must be provided when Exists is true"),
        ({"Exists": False, "Value": ONE}, "Value cannot be used when Exists is false"),
        ({"Exists": True, "ComparisonOperator": "NULL"}, "Exists and ComparisonOperator cannot be used together"),
        ({"Value": ONE, **compared("EQ", ONE)}, "Value and AttributeValueList cannot be used together"),
        ({"AttributeValueList": [ONE]}, "AttributeValueList can only be used with a ComparisonOperator"),
        ({"ComparisonOperator": "EQ"}, "Value or AttributeValueList must be used with ComparisonOperator: EQ"),
    ])
def test_expectations_that_cannot_be(low, table, expected, message):
    error = refused(low.put_item, TableName=table, Item=KEY, Expected={"a": expected})
    assert (error["Code"], error["Message"]) == ("ValidationException", f"{INVALID}{message} for Attribute: a")


@pytest.mark.parametrize(
    "conditions, message",
    [
        ({"s": compared("GT", ONE)}, "Query condition missed key schema element: p"),
        ({"p": compared("GT", TEXT)}, "Query key condition not supported"),
        ({"p": compared("EQ", TEXT), "a": compared("EQ", ONE)}, "Query condition missed key schema element: s"),
        ({"p": compared("EQ", TEXT), "s": compared("NE", ONE)}, "Attempted conditional constraint is not an indexable operation"),
        ({"p": compared("EQ", TEXT), "s": compared("NULL")}, "Attempted conditional constraint is not an indexable operation"),
        ({"p": compared("IN", TEXT)}, "Attempted conditional constraint is not an indexable operation"),
        (
            {"p": compared("EQ", ONE)},
            INVALID + "Condition parameter type does not match schema type",
        ),
        (
            {"p": compared("EQ", {"S": ""})},
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
            "string value. Key: p",
        ),
        (
            {"p": compared("EQ", TEXT), "s": compared("EQ", ONE), "a": compared("EQ", ONE)},
            "Conditions can be of length 1 or 2 only",
        ),
    ])
def test_key_conditions_that_cannot_be(low, table, conditions, message):
    error = refused(low.query, TableName=table, KeyConditions=conditions)
    assert (error["Code"], error["Message"]) == ("ValidationException", message)


def test_an_operator_between_conditions_needs_two(low, table):
    message = "ConditionalOperator can only be used when Filter or Expected has two or more elements"
    one = {"a": compared("NULL")}
    assert refused(low.scan, TableName=table, ScanFilter=one, ConditionalOperator="OR")["Message"] == message
    assert refused(
        low.put_item, TableName=table, Item=KEY, Expected=one, ConditionalOperator="AND")["Message"] == message
    assert "without Filter or Expected" in refused(low.scan, TableName=table, ConditionalOperator="OR")["Message"]
    two = {**one, "p": compared("EQ", TEXT)}
    low.put_item(TableName=table, Item=KEY)
    assert low.scan(TableName=table, ScanFilter=two, ConditionalOperator="OR")["Count"] == 1
    assert low.scan(TableName=table, ScanFilter=two)["Count"] == 0


def test_changes_of_another_type(low, table):
    low.put_item(TableName=table, Item={**KEY, "a": {"S": "x"}, "list": {"L": [ONE]}})
    for action, value in [("ADD", ONE), ("ADD", LIST), ("DELETE", SET)]:
        error = refused(
            low.update_item, TableName=table, Key=KEY, AttributeUpdates={"a": {"Action": action, "Value": value}})
        assert error["Message"] == "Type mismatch for attribute to update"
    answer = low.update_item(
        TableName=table, Key=KEY, AttributeUpdates={"list": {"Action": "ADD", "Value": {"L": [TWO]}}},
        ReturnValues="UPDATED_NEW")
    assert answer["Attributes"] == {"list": {"L": [ONE, TWO]}}


def test_attributes_to_get(low, raw, table):
    error = refused(low.get_item, TableName=table, Key=KEY, AttributesToGet=["b", "a", "a"])
    assert error["Message"] == INVALID + "Duplicate value in attribute name: a"
    error = refused(raw.get_item, TableName=table, Key=KEY, AttributesToGet=[])
    assert error["Message"] == (
        "1 validation error detected: Value '[]' at 'attributesToGet' failed to satisfy constraint: "
        "Member must have length greater than or equal to 1")


@pytest.mark.parametrize(
    "operation, arguments, names",
    [
        (
            "update_item",
            dict(
                Key=KEY, UpdateExpression="REMOVE a", ConditionExpression="attribute_exists(p)",
                AttributeUpdates={"a": {"Action": "DELETE"}}, Expected={"a": {"Exists": False}},
                ConditionalOperator="AND"),
            "Non-expression parameters: {AttributeUpdates, Expected, ConditionalOperator} "
            "Expression parameters: {UpdateExpression, ConditionExpression}",
        ),
        (
            "query",
            dict(
                KeyConditionExpression="a = b", FilterExpression="a = b", ProjectionExpression="a",
                AttributesToGet=["a"], QueryFilter={"a": compared("NULL")}, KeyConditions={"a": compared("NULL")},
                ConditionalOperator="AND"),
            "Non-expression parameters: {AttributesToGet, QueryFilter, ConditionalOperator, KeyConditions} "
            "Expression parameters: {ProjectionExpression, FilterExpression, KeyConditionExpression}",
        ),
    ])
def test_both_families_at_once(low, table, operation, arguments, names):
    error = refused(getattr(low, operation), TableName=table, **arguments)
    assert error["Message"] == (
        f"Can not use both expression and non-expression parameters in the same request: {names}")
