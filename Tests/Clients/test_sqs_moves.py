"""StartMessageMoveTask and its sisters: dead letters on their way back."""

import base64
import json

import pytest
from serving import refused


@pytest.fixture(scope="module", params=["json", "query"])
def protocol(request):
    return request.param


def arn(sqs, url):
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


@pytest.fixture
def letters(sqs, queue):
    """Makes dead letters of `queue`, and gives the URL of their queue."""
    url = sqs.create_queue(QueueName=queue.rsplit("/", 1)[1] + "-dlq")["QueueUrl"]
    policy = {"deadLetterTargetArn": arn(sqs, url), "maxReceiveCount": 1}
    sqs.set_queue_attributes(
        QueueUrl=queue, Attributes={"RedrivePolicy": json.dumps(policy), "VisibilityTimeout": "0"})

    def make(*bodies):
        for body in bodies:
            sqs.send_message(QueueUrl=queue, MessageBody=body)
        for _ in range(2):
            while sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
                pass
        return url

    yield make
    sqs.delete_queue(QueueUrl=url)


def ended(sqs, source):
    """The latest task of a queue, once it has ended."""
    while True:
        task = sqs.list_message_move_tasks(SourceArn=source)["Results"][0]
        if task["Status"] not in ("RUNNING", "CANCELLING"):
            return task


def test_dead_letters_go_back_to_the_queue_they_came_from(sqs, queue, letters):
    source = arn(sqs, letters(*"abc"))
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "30"})
    handle = sqs.start_message_move_task(SourceArn=source)["TaskHandle"]
    assert json.loads(base64.b64decode(handle))["sourceArn"] == source
    task = ended(sqs, source)
    assert task["Status"] == "COMPLETED"
    assert "TaskHandle" not in task and "DestinationArn" not in task
    assert (task["ApproximateNumberOfMessagesMoved"], task["ApproximateNumberOfMessagesToMove"]) == (3, 3)
    assert task["StartedTimestamp"] > 1_700_000_000_000
    messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, AttributeNames=["All"])["Messages"]
    assert [message["Body"] for message in messages] == ["a", "b", "c"]
    assert {message["Attributes"]["ApproximateReceiveCount"] for message in messages} == {"1"}
    assert not any("DeadLetterQueueSourceArn" in message["Attributes"] for message in messages)


def test_a_task_moves_elsewhere_at_its_rate_and_can_be_cancelled(sqs, queue, letters, request):
    source = arn(sqs, letters(*map(str, range(30))))
    other = sqs.create_queue(QueueName="moved-elsewhere")["QueueUrl"]
    request.addfinalizer(lambda: sqs.delete_queue(QueueUrl=other))
    handle = sqs.start_message_move_task(
        SourceArn=source, DestinationArn=arn(sqs, other), MaxNumberOfMessagesPerSecond=2)["TaskHandle"]
    task = sqs.list_message_move_tasks(SourceArn=source, MaxResults=10)["Results"][0]
    assert (task["Status"], task["TaskHandle"], task["MaxNumberOfMessagesPerSecond"]) == ("RUNNING", handle, 2)
    assert task["DestinationArn"] == arn(sqs, other)
    assert "already a task running" in refused(sqs.start_message_move_task, SourceArn=source)["Message"]
    assert sqs.receive_message(QueueUrl=other, WaitTimeSeconds=20)["Messages"][0]["Body"] == "0"
    moved = sqs.cancel_message_move_task(TaskHandle=handle)["ApproximateNumberOfMessagesMoved"]
    assert 1 <= moved < 30
    assert ended(sqs, source)["Status"] == "CANCELLED"
    assert refused(sqs.cancel_message_move_task, TaskHandle=handle)["Code"]
    count = sqs.get_queue_attributes(QueueUrl=letters(), AttributeNames=["ApproximateNumberOfMessages"])
    assert int(count["Attributes"]["ApproximateNumberOfMessages"]) == 30 - moved


def test_a_task_whose_messages_have_nowhere_to_go_fails(sqs, queue, letters):
    url = letters("a")
    source = arn(sqs, url)
    sqs.purge_queue(QueueUrl=url)
    sqs.send_message(QueueUrl=url, MessageBody="sent to it")
    sqs.start_message_move_task(SourceArn=source)
    task = ended(sqs, source)
    assert (task["Status"], task["FailureReason"]) == ("FAILED", "CouldNotDetermineMessageSource")


@pytest.mark.parametrize(
    "change, code, message",
    [
        (dict(SourceArn="nonsense"), "InvalidParameterValue", "format to specify the SourceArn"),
        (dict(SourceArn="{source}-none"), "ResourceNotFoundException", "SourceArn parameter doesn't exist"),
        (dict(DestinationArn="{source}-none"), "ResourceNotFoundException", "DestinationArn parameter doesn't exist"),
        (dict(DestinationArn="{source}"), "InvalidParameterValue", "cannot be the same"),
        (dict(SourceArn="{queue}"), "InvalidParameterValue", "must be configured as a Dead Letter Queue"),
        (dict(MaxNumberOfMessagesPerSecond=501), "InvalidParameterValue", "MaxNumberOfMessagesPerSecond"),
        (dict(MaxNumberOfMessagesPerSecond=0), "InvalidParameterValue", "MaxNumberOfMessagesPerSecond"),
    ])
def test_tasks_that_cannot_be(sqs, queue, letters, change, code, message):
    source = arn(sqs, letters())
    arguments = {"SourceArn": source} | {
        name: value.format(source=source, queue=arn(sqs, queue)) if isinstance(value, str) else value
        for name, value in change.items()}
    error = refused(sqs.start_message_move_task, **arguments)
    assert error["Code"] == code and message in error["Message"]


def test_handles_that_name_no_task(sqs, queue, letters):
    source = arn(sqs, letters())
    assert refused(sqs.cancel_message_move_task, TaskHandle="nonsense")["Code"] == "InvalidParameterValue"

    def handle(source):
        text = json.dumps({"taskId": "11111111-1111-1111-1111-111111111111", "sourceArn": source})
        return base64.b64encode(text.encode()).decode()

    assert "Task does not exist" in refused(sqs.cancel_message_move_task, TaskHandle=handle(source))["Message"]
    assert "SourceArn" in refused(sqs.cancel_message_move_task, TaskHandle=handle(source + "x"))["Message"]
    assert sqs.list_message_move_tasks(SourceArn=source).get("Results", []) == []
    assert refused(sqs.list_message_move_tasks, SourceArn=source + "x")["Code"] == "ResourceNotFoundException"
    assert refused(sqs.list_message_move_tasks, SourceArn=source, MaxResults=11)["Code"] == "InvalidParameterValue"
