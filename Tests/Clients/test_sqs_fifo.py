"""FIFO queues and what else SQS knows of a message, as boto3 meets them."""

import json
import re
import signal
import threading

import pytest
from serving import Server, refused


@pytest.fixture(scope="module", params=["json", "query"])
def protocol(request):
    return request.param


@pytest.fixture
def fifo(sqs, request):
    """Makes a FIFO queue with attributes of the test's choice."""
    def make(**attributes):
        name = re.sub(r"\W", "-", request.node.name)[:60] + ".fifo"
        return sqs.create_queue(QueueName=name, Attributes={"FifoQueue": "true", **attributes})["QueueUrl"]
    return make


def send(sqs, queue, body, group="a", id=None, **options):
    return sqs.send_message(
        QueueUrl=queue, MessageBody=body, MessageGroupId=group, MessageDeduplicationId=id or body, **options)


def receive(sqs, queue, maximum=10, **options):
    return sqs.receive_message(
        QueueUrl=queue, MaxNumberOfMessages=maximum, AttributeNames=["All"], **options).get("Messages", [])


def bodies(messages):
    return [message["Body"] for message in messages]


def test_messages_of_a_group_come_in_order_and_block_it_until_they_are_deleted(sqs, fifo):
    queue = fifo()
    numbers = [send(sqs, queue, str(number))["SequenceNumber"] for number in range(5)]
    assert numbers == sorted(numbers) and all(re.fullmatch(r"\d{20}", number) for number in numbers)
    first = receive(sqs, queue, 2)
    assert bodies(first) == ["0", "1"]
    assert [message["Attributes"]["SequenceNumber"] for message in first] == numbers[:2]
    assert first[0]["Attributes"]["MessageGroupId"] == "a"
    assert first[0]["Attributes"]["MessageDeduplicationId"] == "0"
    assert receive(sqs, queue) == []
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=first[0]["ReceiptHandle"])
    assert receive(sqs, queue) == []
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=first[1]["ReceiptHandle"])
    assert bodies(receive(sqs, queue)) == ["2", "3", "4"]


def test_a_message_that_is_given_back_comes_before_those_behind_it(sqs, fifo):
    queue = fifo()
    for number in range(3):
        send(sqs, queue, str(number))
    [first] = receive(sqs, queue, 1)
    sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=first["ReceiptHandle"], VisibilityTimeout=0)
    assert bodies(receive(sqs, queue)) == ["0", "1", "2"]


def test_no_group_waits_for_another(sqs, fifo):
    queue = fifo()
    for number in range(20):
        send(sqs, queue, f"noisy-{number}", group="noisy")
    send(sqs, queue, "quiet", group="quiet")
    assert bodies(receive(sqs, queue, 1)) == ["noisy-0"]
    assert bodies(receive(sqs, queue)) == ["quiet"]
    assert receive(sqs, queue) == []


def test_a_delete_wakes_who_waits_for_the_next_of_the_group(server, sqs, fifo):
    queue = fifo()
    send(sqs, queue, "first")
    send(sqs, queue, "second")
    [first] = receive(sqs, queue, 1)
    found = []
    waiter = server.client()
    thread = threading.Thread(target=lambda: found.extend(receive(waiter, queue, WaitTimeSeconds=20)))
    thread.start()
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=first["ReceiptHandle"])
    thread.join(timeout=15)
    assert bodies(found) == ["second"]


def test_what_is_sent_twice_is_kept_once(sqs, fifo):
    queue = fifo()
    first = send(sqs, queue, "x", id="same")
    again = send(sqs, queue, "another body", group="b", id="same")
    assert (again["MessageId"], again["SequenceNumber"]) == (first["MessageId"], first["SequenceNumber"])
    [message] = receive(sqs, queue)
    assert message["Body"] == "x"
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    send(sqs, queue, "x", id="same")
    assert receive(sqs, queue) == []


def test_a_group_may_have_its_own_ids(sqs, fifo):
    queue = fifo(DeduplicationScope="messageGroup", FifoThroughputLimit="perMessageGroupId")
    for group in "abca":
        send(sqs, queue, group, group=group, id="same")
    assert sorted(bodies(receive(sqs, queue))) == ["a", "b", "c"]


def test_bodies_can_be_their_ids(sqs, fifo):
    queue = fifo(ContentBasedDeduplication="true")
    for body in ("x", "y", "x"):
        sqs.send_message(QueueUrl=queue, MessageBody=body, MessageGroupId="a")
    assert bodies(receive(sqs, queue)) == ["x", "y"]


def test_dead_letters_keep_their_group_and_free_it(sqs, fifo):
    letters = sqs.create_queue(QueueName="letters.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=letters, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    queue = fifo(
        VisibilityTimeout="0", RedrivePolicy=json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1}))
    send(sqs, queue, "poison")
    assert bodies(receive(sqs, queue)) == ["poison"]
    send(sqs, queue, "next")
    assert bodies(receive(sqs, queue, WaitTimeSeconds=1)) == ["next"]
    [letter] = receive(sqs, letters)
    assert (letter["Body"], letter["Attributes"]["MessageGroupId"]) == ("poison", "a")


def test_a_purged_queue_begins_anew(sqs, fifo):
    queue = fifo()
    send(sqs, queue, "1")
    assert receive(sqs, queue)
    sqs.purge_queue(QueueUrl=queue)
    send(sqs, queue, "2")
    assert bodies(receive(sqs, queue)) == ["2"]


def test_a_batch_keeps_its_order(sqs, fifo):
    queue = fifo()
    entries = [
        {"Id": str(number), "MessageBody": str(number), "MessageGroupId": "a", "MessageDeduplicationId": str(number)}
        for number in range(10)
    ]
    result = sqs.send_message_batch(QueueUrl=queue, Entries=entries)
    numbers = [entry["SequenceNumber"] for entry in result["Successful"]]
    assert numbers == sorted(numbers)
    assert bodies(receive(sqs, queue)) == [str(number) for number in range(10)]


def test_order_holds_with_many_senders_receivers_and_a_kill(binary, tmp_path):
    server = Server(binary, tmp_path / "data")
    queue = server.client().create_queue(
        QueueName="orders.fifo", Attributes={"FifoQueue": "true", "VisibilityTimeout": "600"})["QueueUrl"]
    sent, seen, lock = {}, {}, threading.Lock()

    def produce(group):
        sqs, number = server.client(), 0
        try:
            while True:
                send(sqs, queue, f"{group}-{number}", group=group)
                sent[group] = number = number + 1
        except Exception:
            pass  # The server is gone, which is the point.

    def consume():
        sqs = server.client()
        try:
            while True:
                for message in receive(sqs, queue, 3, WaitTimeSeconds=1):
                    group, number = message["Body"].split("-")
                    with lock:
                        seen.setdefault(group, []).append(int(number))
                    sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        except Exception:
            pass

    threads = [threading.Thread(target=produce, args=(group,)) for group in "abcd"]
    threads += [threading.Thread(target=consume) for _ in range(4)]
    for thread in threads:
        thread.start()
    while sum(map(len, list(seen.values()))) < 100:
        assert server.process.poll() is None
    server.process.kill()
    for thread in threads:
        thread.join()
    for group, numbers in seen.items():
        assert numbers == list(range(len(numbers))), group
    # What is left is what was acknowledged and not received, in order.
    again = Server(binary, tmp_path / "data")
    sqs = again.client()
    counts = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    left = int(counts["ApproximateNumberOfMessages"]) + int(counts["ApproximateNumberOfMessagesNotVisible"])
    assert left >= sum(sent.values()) - sum(map(len, seen.values()))
    again.process.kill()


@pytest.mark.parametrize(
    "arguments, code",
    [
        ({"MessageDeduplicationId": "1"}, "MissingParameter"),
        ({"MessageGroupId": "a"}, "InvalidParameterValue"),
        ({"MessageGroupId": "a", "MessageDeduplicationId": "1", "DelaySeconds": 1}, "InvalidParameterValue"),
        ({"MessageGroupId": "a b", "MessageDeduplicationId": "1"}, "InvalidParameterValue"),
        ({"MessageGroupId": "x" * 129, "MessageDeduplicationId": "1"}, "InvalidParameterValue"),
        ({"MessageGroupId": "a", "MessageDeduplicationId": "가"}, "InvalidParameterValue"),
    ],
)
def test_what_a_fifo_queue_demands(sqs, fifo, arguments, code):
    queue = fifo()
    assert refused(sqs.send_message, QueueUrl=queue, MessageBody="x", **arguments)["Code"] == code
    assert receive(sqs, queue) == []


def test_names_and_attributes_that_do_not_fit_together(sqs, fifo):
    queue = fifo()
    assert refused(sqs.create_queue, QueueName="plain", Attributes={"FifoQueue": "true"})["Code"] == (
        "InvalidParameterValue")
    assert refused(sqs.create_queue, QueueName="x.fifo")["Code"] == "InvalidParameterValue"
    assert refused(sqs.create_queue, QueueName="plain", Attributes={"ContentBasedDeduplication": "true"})["Code"] == (
        "InvalidAttributeName")
    assert refused(sqs.set_queue_attributes, QueueUrl=queue, Attributes={"DeduplicationScope": "all"})["Code"] == (
        "InvalidAttributeValue")
    found = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    assert (found["FifoQueue"], found["ContentBasedDeduplication"]) == ("true", "false")
    plain = sqs.create_queue(QueueName="plain")["QueueUrl"]
    assert "FifoQueue" not in sqs.get_queue_attributes(QueueUrl=plain, AttributeNames=["All"])["Attributes"]
    error = refused(sqs.send_message, QueueUrl=plain, MessageBody="x", MessageDeduplicationId="1")
    assert error["Code"] == "InvalidParameterValue"


def test_a_trace_header_and_a_group_go_with_a_message(sqs):
    queue = sqs.create_queue(QueueName="traced")["QueueUrl"]
    header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"
    sqs.send_message(
        QueueUrl=queue, MessageBody="x", MessageGroupId="tenant",
        MessageSystemAttributes={"AWSTraceHeader": {"DataType": "String", "StringValue": header}})
    [message] = receive(sqs, queue)
    assert message["Attributes"]["AWSTraceHeader"] == header
    assert message["Attributes"]["MessageGroupId"] == "tenant"
    error = refused(
        sqs.send_message, QueueUrl=queue, MessageBody="x",
        MessageSystemAttributes={"Other": {"DataType": "String", "StringValue": "x"}})
    assert error["Code"] == "InvalidParameterValue"
