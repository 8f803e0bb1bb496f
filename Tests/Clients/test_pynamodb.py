"""The school's twelve tables as PynamoDB's models."""

import pytest
from pynamodb.attributes import (
    BooleanAttribute, ListAttribute, MapAttribute, NumberAttribute, UnicodeAttribute, UnicodeSetAttribute)
from pynamodb.connection import Connection
from pynamodb.exceptions import PutError, TransactWriteError
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

# Keys and indexes by table: partition, sort, and for each index its own.
TABLES = {
    "users": ("role", "email", {}),
    "tutor-students": ("tutor_email", "student_email", {"student_email-index": ("student_email", None)}),
    "tutor-requests": ("request_id", "created_at", {
        "student_email-created_at-index": ("student_email", "created_at"),
        "tutor_email_status-created_at-index": ("tutor_email_status", "created_at")}),
    "learning-sessions": ("student_email", "timestamp", {"tutor_email-timestamp-index": ("tutor_email", "timestamp")}),
    "daily-statistics": ("student_email", "date", {}),
    "ai-conversations": ("student_email", "timestamp", {"conversation_id-index": ("conversation_id", None)}),
    "feedback-messages": ("composite_key", "timestamp", {
        "student_email-timestamp-index": ("student_email", "timestamp")}),
    "websocket-connections": ("connection_id", None, {
        "user_email-index": ("user_email", None), "tutor_email-index": ("tutor_email", None)}),
    "async-job-status": ("job_id", None, {}),
    "sentence-audio": ("sessionId", "sentenceIndex", {}),
    "pronunciation-results": ("student_email", "timestamp", {}),
    "notifications": ("user_email", "notification_id_timestamp", {
        "user_email-is_read-created_at-index": ("user_email", "is_read_created_at")}),
}


def attribute(name, **options):
    return (NumberAttribute if name == "sentenceIndex" else UnicodeAttribute)(**options)


def model(server, table):
    """A model of a table, with all its indexes and one attribute of each kind."""
    partition, sort, indexes = TABLES[table]
    meta = type("Meta", (), {
        "table_name": table, "host": server.url, "region": "eu-west-1", "aws_access_key_id": "a",
        "aws_secret_access_key": "a"})
    members = {
        "Meta": meta, partition: attribute(partition, hash_key=True), "score": NumberAttribute(null=True),
        "done": BooleanAttribute(null=True), "words": ListAttribute(null=True), "tags": UnicodeSetAttribute(null=True),
        "detail": MapAttribute(null=True), "ttl": NumberAttribute(null=True),
    }
    if sort:
        members[sort] = attribute(sort, range_key=True)
    for number, (name, (first, second)) in enumerate(indexes.items()):
        keys = {first: attribute(first, hash_key=True)}
        if second:
            keys[second] = attribute(second, range_key=True)
        index_meta = type("Meta", (), {
            "index_name": name, "projection": AllProjection(), "read_capacity_units": 1, "write_capacity_units": 1})
        members[f"index{number}"] = type(f"Index{number}", (GlobalSecondaryIndex,), {"Meta": index_meta, **keys})()
        for key in (first, second):
            if key and key not in members:
                members[key] = attribute(key, null=True)
    return type("Item", (Model,), members)


@pytest.mark.parametrize("table", TABLES)
def test_a_model_of_every_table(server, table):
    Item = model(server, table)
    assert Item.exists()
    partition, sort, indexes = TABLES[table]
    values = {"score": 91.5, "done": True, "words": ["a", 1], "tags": {"x", "y"}, "detail": {"depth": {"of": 2}}}
    keys = {name for pair in indexes.values() for name in pair if name and name not in (partition, sort)}
    for number in range(3):
        item = Item("학생", **{name: f"{name}-{number}" for name in keys}, **values)
        if sort:
            setattr(item, sort, number if sort == "sentenceIndex" else f"2025-01-2{number}")
        item.save()
    first = Item.get("학생", *([0 if sort == "sentenceIndex" else "2025-01-20"] if sort else []))
    assert (first.score, first.done, first.words, first.tags) == (91.5, True, ["a", 1], {"x", "y"})
    assert first.detail.as_dict() == {"depth": {"of": 2}}
    assert len(list(Item.query("학생", limit=10, page_size=1))) == (3 if sort else 1)
    for number, (name, (first_key, _)) in enumerate(indexes.items()):
        value = "학생" if first_key == partition else "2025-01-22" if first_key == sort else f"{first_key}-2"
        found = list(getattr(Item, f"index{number}").query(value))
        assert found and all(getattr(item, first_key) == value for item in found), name
    first.update(actions=[Item.score.add(1), Item.done.remove()], condition=Item.score == 91.5)
    first.refresh()
    assert (first.score, first.done) == (92.5, None)
    with pytest.raises(PutError, match="conditional request failed"):
        first.save(condition=Item.score.does_not_exist())
    with Item.batch_write() as batch:
        for item in Item.query("학생"):
            batch.delete(item)
    assert Item.count("학생") == 0


def test_a_tutor_is_approved_in_one_transaction(server):
    Request, Match = model(server, "tutor-requests"), model(server, "tutor-students")
    Request("r", "2025-01-24", tutor_email_status="t#PENDING").save()
    connection = Connection(
        host=server.url, region="eu-west-1", extra_headers=None)
    connection.session.set_credentials("a", "a")

    def approve():
        with TransactWrite(connection=connection) as transaction:
            transaction.update(
                Request("r", "2025-01-24"), actions=[Request.tutor_email_status.set("t#APPROVED")],
                condition=Request.tutor_email_status == "t#PENDING")
            transaction.save(Match("t", "s"))

    approve()
    assert Match.get("t", "s") and Request.get("r", "2025-01-24").tutor_email_status == "t#APPROVED"
    with pytest.raises(TransactWriteError) as caught:
        approve()
    reasons = caught.value.cancellation_reasons
    assert {reason.code if reason else None for reason in reasons} == {"ConditionalCheckFailed", None}
