"""DynamoDB's expressions over the wire: what is taken, and what is refused in its words."""

import pytest
from serving import refused

KEY = {"p": {"S": "x"}, "s": {"N": "1"}}
N, TEXT = {":a": {"N": "1"}}, {":a": {"S": "x"}}


def condition(text, **values):
    """A put under a condition."""
    options = {"ExpressionAttributeValues": {f":{name}": value for name, value in values.items()}} if values else {}
    return "put_item", dict(Item=KEY, ConditionExpression=text, **options)


def update(text, values=None):
    return "update_item", dict(
        Key=KEY, UpdateExpression=text, **({"ExpressionAttributeValues": values} if values else {}))


def query(text, values=None, **more):
    return "query", dict(
        KeyConditionExpression=text, **({"ExpressionAttributeValues": values} if values else {}), **more)


ONE, TWO = {"N": "1"}, {"N": "2"}


@pytest.mark.parametrize(
    "call, message",
    [
        (condition("a ="), 'Invalid ConditionExpression: Syntax error; token: "<EOF>"'),
        (condition(""), "Invalid ConditionExpression: The expression can not be empty"),
        (condition("a = :a"), "attribute value: :a"),
        (condition("#a = a"), "attribute name: #a"),
        (condition("a = a"), "must be distinct from the remaining operands"),
        (condition("((a = b))"), "The expression has redundant parentheses;"),
        (condition("status = b"), "reserved keyword; reserved keyword: status"),
        (condition("begins_with(a)"), "operator or function: begins_with, number of operands: 1"),
        (condition("attribute_exists(a, b)"), "operator or function: attribute_exists, number of operands: 2"),
        (condition("size(a, b) = :a", a=ONE), "operator or function: size, number of operands: 2"),
        (condition("size(a)"), "The function is not allowed to be used this way in an expression; function: size"),
        (
            condition("attribute_exists(a) = :a", a=ONE),
            "The function is not allowed to be used this way in an expression; function: attribute_exists",
        ),
        (
            condition("attribute_exists(:a)", a=ONE),
            "Operator or function requires a document path; operator or function: attribute_exists",
        ),
        (
            condition("attribute_type(a, :a)", a={"S": "X"}),
            "Invalid attribute type name found; type: X, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
        ),
        (
            condition("a BETWEEN :b AND :a", a=ONE, b=TWO),
            "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: "
            "AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}",
        ),
        (
            condition("a BETWEEN :b AND :a", a={"S": "x"}, b=TWO),
            "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: "
            "AttributeValue: {N:2}, upper bound operand: AttributeValue: {S:x}",
        ),
        (
            condition("a = b" + " " * 4095),
            "Expression size has exceeded the maximum allowed size; expression size: 4100",
        ),
        (update("ADD a :a", TEXT), "operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND"),
        (update("SET a = b + :a", TEXT), "operator or function: +, operand type: S"),
        (
            update("REMOVE a.b, a.b[0]"),
            "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these "
            "paths; path one: [a, b], path two: [a, b, [0]]",
        ),
        (update("REMOVE a.b, a[0]"), "Two document paths conflict"),
        (update("REMOVE a, a"), "Two document paths overlap"),
        (update("SET a = list_append(b)"), "operator or function: list_append, number of operands: 1"),
        (
            update("SET a = if_not_exists(:a, :a)", N),
            "Operator or function requires a document path; operator or function: if_not_exists",
        ),
        (update("SET a = size(b)"), "The function is not allowed in an update expression; function: size"),
        (update("SET s = :a", N), "Cannot update attribute s. This attribute is part of the key"),
        (update("SET a = b"), "does not exist in the item"),
        (update("SET a.b = :a", N), "is invalid for update"),
        (update("SET g = :a", N), "The update expression attempted to update the secondary index key to unsupported type"),
        (
            update("SET g = :a", {":a": {"S": ""}}),
            "One or more parameter values are not valid. The update expression attempted to update a secondary index key "
            "to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string "
            "value.",
        ),
        (query("s = p"), "KeyConditionExpression"),
        (query("s = :a", N), "Query condition missed key schema element: p"),
        (query("s > :a", N), "Query condition missed key schema element: p"),
        (query("p > :a", TEXT), "Query key condition not supported"),
        (query("p = :a AND q = :a", TEXT), "Query condition missed key schema element: s"),
        (query("g = :a AND s = :a", TEXT, IndexName="by-g"), "Query key condition not supported"),
        (query("p = :a AND s = :a", TEXT, IndexName="by-l"), "Query condition missed key schema element: l"),
        (query("p = :a AND q = :a AND r = :a", TEXT), "Conditions can be of length 1 or 2 only"),
        (query("size(p) = :a", N), "KeyConditionExpressions cannot contain nested operations"),
        (
            query("p = :a", {":a": {"S": ""}}),
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
            "string value. Key: p",
        ),
        (
            query("p = :a", TEXT, FilterExpression="s = :a"),
            "Filter Expression can only contain non-primary key attributes: Primary key attribute: s",
        ),
        (("query", {}), "must be specified in the request"),
        (
            ("put_item", dict(Item=KEY, ExpressionAttributeNames={"#a": "a"})),
            "ExpressionAttributeNames can only be specified when using expressions",
        ),
        (
            ("put_item", dict(Item=KEY, ExpressionAttributeValues=N)),
            "ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null",
        ),
        (
            ("scan", dict(ExpressionAttributeValues=N)),
            "ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null",
        ),
        (
            ("put_item", dict(Item=KEY, ConditionExpression="a = b", ExpressionAttributeNames={"#a": "a"})),
            "unused in expressions: keys: {#a}",
        ),
    ])
def test_expressions_that_are_refused(low, table, call, message):
    operation, arguments = call
    error = refused(getattr(low, operation), TableName=table, **arguments)
    assert error["Code"] == "ValidationException" and message in error["Message"], error


@pytest.mark.parametrize("call", [
    condition("(a) = :a", a=ONE), condition("(size(t)) > (:a)", a=ONE), condition("a IN ((:b), (:a))", a=ONE, b=TWO),
    condition("NOT ((a) = :b)", b=TWO),
    update("SET c = (a - :a), d = (:a)", N),
    update("SET " + ", ".join(f"x{number} = :a" for number in range(301)), N),
])
def test_expressions_that_are_taken(low, table, call):
    operation, arguments = call
    low.put_item(TableName=table, Item={**KEY, "a": ONE, "t": {"S": "text"}})
    getattr(low, operation)(TableName=table, **arguments)


@pytest.mark.parametrize(
    "operation, arguments",
    [
        ("put_item", dict(Item=KEY, ReturnValues="NEVER")),
        ("get_item", dict(Key=KEY, ProjectionExpression="a.")),
        ("update_item", dict(Key=KEY, UpdateExpression="SET a")),
        ("delete_item", dict(Key=KEY, ConditionExpression="a = :a")),
        ("query", dict(KeyConditionExpression="p =")),
        ("scan", dict(Limit=0)),
        ("scan", dict(Select="SPECIFIC_ATTRIBUTES")),
    ])
def test_what_needs_no_table_is_refused_before_one_is_looked_for(raw, operation, arguments):
    assert refused(getattr(raw, operation), TableName="none", **arguments)["Code"] == "ValidationException"
