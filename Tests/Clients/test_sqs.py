"""`serve` as backend services meet it: with boto3, and with forms of the older Query protocol."""

import json
import signal
import threading
import urllib.error
import urllib.parse
import urllib.request

import boto3
import pytest
from serving import KEYS, Server, refused


@pytest.fixture(scope="module", params=["json", "query"])
def protocol(request):
    return request.param

def test_the_job_queues_are_there_and_have_urls_of_the_name_the_client_used(server, sqs):
    urls = sqs.list_queues()["QueueUrls"]
    assert f"{server.url}/000000000000/speaktracker-scoring" in urls
    other = boto3.client(
        "sqs", endpoint_url=server.url.replace("127.0.0.1", "localhost"), region_name="us-east-1", **KEYS)
    assert all(url.startswith("http://localhost:") for url in other.list_queues()["QueueUrls"])
    assert other.get_queue_attributes(QueueUrl=urls[0], AttributeNames=["QueueArn"])["Attributes"]["QueueArn"] == (
        "arn:aws:sqs:us-east-1:000000000000:" + urls[0].rsplit("/", 1)[1])


def test_tools_learn_who_they_are(server):
    assert server.client("sts").get_caller_identity()["Account"] == "000000000000"


def test_a_message_and_its_attributes_arrive_as_they_were_sent(sqs, queue):
    attributes = {
        "text": {"DataType": "String", "StringValue": "안녕 <&>\""},
        "number": {"DataType": "Number.float", "StringValue": "-1.5e3"},
        "bytes": {"DataType": "Binary.png", "BinaryValue": bytes(range(256))},
    }
    body = "line\r\n\ttab <xml> & \U0001f600"
    sent = sqs.send_message(QueueUrl=queue, MessageBody=body, MessageAttributes=attributes)
    # boto3 itself checks both MD5 sums of what it receives.
    [message] = sqs.receive_message(QueueUrl=queue, AttributeNames=["All"], MessageAttributeNames=["All"])["Messages"]
    assert (message["MessageId"], message["Body"]) == (sent["MessageId"], body)
    assert message["MessageAttributes"] == attributes
    assert message["MD5OfMessageAttributes"] == sent["MD5OfMessageAttributes"]
    assert message["Attributes"]["ApproximateReceiveCount"] == "1"
    assert set(message["Attributes"]) == {
        "SenderId", "SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp"}


@pytest.mark.parametrize(
    "names, found", [([], None), (["a.b"], {"a.b"}), (["a.*"], {"a.b", "a.c"}), ([".*"], {"a.b", "a.c", "d"})])
def test_receivers_choose_attributes(sqs, queue, names, found):
    attributes = {name: {"DataType": "String", "StringValue": name} for name in ("a.b", "a.c", "d")}
    sqs.send_message(QueueUrl=queue, MessageBody="x", MessageAttributes=attributes)
    [message] = sqs.receive_message(QueueUrl=queue, MessageAttributeNames=names)["Messages"]
    assert (set(message["MessageAttributes"]) if found else message.get("MessageAttributes")) == found
    assert "Attributes" not in message


def test_a_leased_message_is_hidden_until_it_is_given_back_and_gone_once_deleted(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="x")
    [first] = sqs.receive_message(QueueUrl=queue)["Messages"]
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)
    sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=first["ReceiptHandle"], VisibilityTimeout=0)
    [second] = sqs.receive_message(QueueUrl=queue)["Messages"]
    assert first["ReceiptHandle"] != second["ReceiptHandle"]
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=first["ReceiptHandle"])  # Stale: deletes nothing.
    counts = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    assert counts["ApproximateNumberOfMessagesNotVisible"] == "1"
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=second["ReceiptHandle"])
    counts = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    assert [value for name, value in counts.items() if name.startswith("Approximate")] == ["0", "0", "0"]


def test_a_batch_is_judged_entry_by_entry(sqs, queue):
    entries = [{"Id": str(number), "MessageBody": f"message {number}"} for number in range(8)]
    bad = [
        {"Id": "bad-body", "MessageBody": "\x01"},
        {"Id": "bad-delay", "MessageBody": "x", "DelaySeconds": 901},
    ]
    result = sqs.send_message_batch(QueueUrl=queue, Entries=entries[:4] + bad + entries[4:])
    assert [entry["Id"] for entry in result["Successful"]] == [str(number) for number in range(8)]
    assert {entry["Id"]: entry["Code"] for entry in result["Failed"]} == {
        "bad-body": "InvalidMessageContents", "bad-delay": "InvalidParameterValue"}
    received = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]
    assert sorted(message["Body"] for message in received) == [f"message {number}" for number in range(8)]
    handles = [{"Id": message["MessageId"], "ReceiptHandle": message["ReceiptHandle"]} for message in received]
    changed = sqs.change_message_visibility_batch(
        QueueUrl=queue, Entries=[{**handle, "VisibilityTimeout": 60} for handle in handles])
    assert len(changed["Successful"]) == 8
    result = sqs.delete_message_batch(QueueUrl=queue, Entries=handles + [{"Id": "x", "ReceiptHandle": "nonsense"}])
    assert len(result["Successful"]) == 8
    assert [(entry["Id"], entry["Code"], entry["SenderFault"]) for entry in result["Failed"]] == [
        ("x", "ReceiptHandleIsInvalid", True)]


def test_dead_letters_go_where_the_policy_says_at_the_next_receive(sqs, queue):
    letters = sqs.create_queue(QueueName="letters")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=letters, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": "1"})
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"RedrivePolicy": policy, "VisibilityTimeout": "0"})
    assert sqs.list_dead_letter_source_queues(QueueUrl=letters)["queueUrls"] == [queue]
    sqs.send_message(QueueUrl=queue, MessageBody="poison")
    assert sqs.receive_message(QueueUrl=queue)["Messages"]
    assert "Messages" not in sqs.receive_message(QueueUrl=letters)
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)
    [letter] = sqs.receive_message(QueueUrl=letters, AttributeNames=["DeadLetterQueueSourceArn"])["Messages"]
    assert letter["Body"] == "poison"
    assert letter["Attributes"]["DeadLetterQueueSourceArn"].endswith(":" + queue.rsplit("/", 1)[1])


def test_a_queue_is_created_again_only_as_it_is(sqs, queue):
    name = queue.rsplit("/", 1)[1]
    assert sqs.create_queue(QueueName=name)["QueueUrl"] == queue
    assert sqs.create_queue(QueueName=name, Attributes={"DelaySeconds": "0"})["QueueUrl"] == queue
    error = refused(sqs.create_queue, QueueName=name, Attributes={"DelaySeconds": "1"})
    assert (error["Code"], error.get("QueryErrorCode", "QueueNameExists")) == ("QueueAlreadyExists", "QueueNameExists")
    assert error["Message"] == (
        "A queue already exists with the same name and a different value for attribute DelaySeconds")


def test_attributes_and_tags_are_kept(sqs, queue):
    attributes = {
        "VisibilityTimeout": "0", "DelaySeconds": "900", "MessageRetentionPeriod": "60",
        "ReceiveMessageWaitTimeSeconds": "20", "MaximumMessageSize": "1024", "Policy": '{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}',
    }
    sqs.set_queue_attributes(QueueUrl=queue, Attributes=attributes)
    found = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    assert {name: found[name] for name in attributes} == attributes
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": ""})
    assert "Attributes" not in sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Policy"])
    sqs.tag_queue(QueueUrl=queue, Tags={"team": "speech", "stage": "test"})
    sqs.untag_queue(QueueUrl=queue, TagKeys=["team", "none"])
    assert sqs.list_queue_tags(QueueUrl=queue)["Tags"] == {"stage": "test"}


def test_permissions_are_written_into_the_policy(sqs, queue):
    sqs.add_permission(QueueUrl=queue, Label="one", AWSAccountIds=["123456789012"], Actions=["SendMessage"])
    sqs.add_permission(
        QueueUrl=queue, Label="two", AWSAccountIds=["123456789012", "210987654321"], Actions=["*", "ReceiveMessage"])
    policy = lambda: json.loads(
        sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Policy"])["Attributes"]["Policy"])
    one, two = policy()["Statement"]
    assert (one["Sid"], one["Effect"], one["Action"]) == ("one", "Allow", "SQS:SendMessage")
    assert one["Principal"] == {"AWS": "arn:aws:iam::123456789012:root"}
    assert two["Action"] == ["SQS:*", "SQS:ReceiveMessage"] and len(two["Principal"]["AWS"]) == 2
    for label, accounts, actions, code in (
        ("one", ["123456789012"], ["SendMessage"], "InvalidParameterValue"),
        ("three", ["12"], ["SendMessage"], "InvalidParameterValue"),
        ("three", ["123456789012"], ["CreateQueue"], "InvalidParameterValue"),
        ("three", ["123456789012"], ["SendMessage"] * 8, "OverLimit"),
        ("three", ["123456789012"], [], "MissingParameter"),
    ):
        error = refused(
            sqs.add_permission, QueueUrl=queue, Label=label, AWSAccountIds=accounts, Actions=actions)
        assert error["Code"] == code
    sqs.remove_permission(QueueUrl=queue, Label="one")
    assert [statement["Sid"] for statement in policy()["Statement"]] == ["two"]
    assert refused(sqs.remove_permission, QueueUrl=queue, Label="one")["Code"] == "InvalidParameterValue"
    sqs.remove_permission(QueueUrl=queue, Label="two")
    assert "Attributes" not in sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Policy"])


def test_queues_are_listed_in_pages(sqs):
    urls = [sqs.create_queue(QueueName=f"page-{number}")["QueueUrl"] for number in range(5)]
    pages = sqs.get_paginator("list_queues").paginate(
        QueueNamePrefix="page-", PaginationConfig={"PageSize": 2})
    assert [page["QueueUrls"] for page in pages] == [urls[:2], urls[2:4], urls[4:]]


@pytest.mark.parametrize(
    "operation, arguments, code",
    [
        ("send_message", {"MessageBody": ""}, "MissingParameter"),
        ("send_message", {"MessageBody": "a\0"}, "InvalidMessageContents"),
        ("send_message", {"MessageBody": "x" * 1_048_577}, "InvalidParameterValue"),
        ("send_message", {"MessageBody": "x", "DelaySeconds": 901}, "InvalidParameterValue"),
        (
            "send_message",
            {"MessageBody": "x", "MessageAttributes": {"a": {"DataType": "Text", "StringValue": "x"}}},
            "InvalidParameterValue",
        ),
        (
            "send_message",
            {"MessageBody": "x", "MessageAttributes": {"a": {"DataType": "Number", "StringValue": "one"}}},
            "InvalidParameterValue",
        ),
        ("receive_message", {"MaxNumberOfMessages": 11}, "InvalidParameterValue"),
        ("receive_message", {"MaxNumberOfMessages": 0}, "InvalidParameterValue"),
        ("receive_message", {"WaitTimeSeconds": 21}, "InvalidParameterValue"),
        ("receive_message", {"AttributeNames": ["Nothing"]}, "InvalidAttributeName"),
        ("delete_message", {"ReceiptHandle": "nonsense"}, "ReceiptHandleIsInvalid"),
        ("change_message_visibility", {"ReceiptHandle": "x", "VisibilityTimeout": 43_201}, "InvalidParameterValue"),
        ("set_queue_attributes", {"Attributes": {"VisibilityTimeout": "43201"}}, "InvalidAttributeValue"),
        ("set_queue_attributes", {"Attributes": {"Nothing": "1"}}, "InvalidAttributeName"),
        ("set_queue_attributes", {"Attributes": {"RedrivePolicy": "{"}}, "InvalidParameterValue"),
        ("get_queue_attributes", {"AttributeNames": ["Nothing"]}, "InvalidAttributeName"),
        ("send_message_batch", {"Entries": []}, "AWS.SimpleQueueService.EmptyBatchRequest"),
        (
            "send_message_batch",
            {"Entries": [{"Id": "a", "MessageBody": "x"}] * 2},
            "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
        ),
        (
            "send_message_batch",
            {"Entries": [{"Id": str(number), "MessageBody": "x"} for number in range(11)]},
            "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
        ),
        (
            "delete_message_batch",
            {"Entries": [{"Id": "a b", "ReceiptHandle": "x"}]},
            "AWS.SimpleQueueService.InvalidBatchEntryId",
        ),
        (
            "send_message_batch",
            {"Entries": [{"Id": str(number), "MessageBody": "x" * 600_000} for number in range(2)]},
            "AWS.SimpleQueueService.BatchRequestTooLong",
        ),
    ],
)
def test_what_is_not_right_is_refused_as_aws_refuses_it(server, queue, operation, arguments, code):
    sqs = server.client(parameter_validation=False)
    error = refused(getattr(sqs, operation), QueueUrl=queue, **arguments)
    assert error["Code"] == code and error["Type"] == "Sender"
    # The queue is as it was, and the server goes on.
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)


def test_a_queue_that_is_not_there_is_the_same_error_everywhere(server, sqs):
    url = f"{server.url}/000000000000/none"
    for error in (
        refused(sqs.get_queue_url, QueueName="none"), refused(sqs.delete_queue, QueueUrl=url),
        refused(sqs.send_message, QueueUrl=url, MessageBody="x"), refused(sqs.receive_message, QueueUrl=url),
        refused(sqs.purge_queue, QueueUrl=url), refused(sqs.list_queue_tags, QueueUrl=url),
    ):
        assert error["Code"] == "AWS.SimpleQueueService.NonExistentQueue"
        # The older protocol has one name for an error, and its own words for this one.
        assert error.get("QueryErrorCode", "QueueDoesNotExist") == "QueueDoesNotExist"
        assert error["Message"].startswith("The specified queue does not exist")


@pytest.mark.parametrize("name", ["", "a b", "x" * 81, "가"])
def test_names_that_no_queue_has(server, name):
    sqs = server.client(parameter_validation=False)
    assert refused(sqs.create_queue, QueueName=name)["Code"] == "InvalidParameterValue"


@pytest.mark.parametrize(
    "body, name",
    [
        (b"{", "SerializationException"), (b"[]", "SerializationException"), (b'"x"', "SerializationException"),
        (b'{"QueueName": 1}', "SerializationException"), (b'{"QueueName": {}}', "SerializationException"),
        (b"{}", "MissingRequiredParameterException"), (b"", "MissingRequiredParameterException"),
        (b'{"QueueName": null}', "MissingRequiredParameterException"), (b"\xff\xfe", "SerializationException"),
    ],
)
def test_bodies_that_are_no_request(server, body, name):
    request = urllib.request.Request(
        server.url, data=body,
        headers={"X-Amz-Target": "AmazonSQS.CreateQueue", "Content-Type": "application/x-amz-json-1.0"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    assert caught.value.code == 400
    assert json.loads(caught.value.read())["__type"].split("#")[1] == name


def test_the_older_protocol_does_the_same(server, sqs, queue):
    status, tree = server.form(
        Action="SendMessage", QueueUrl=queue, MessageBody="a\r<&> b", MessageAttribute_1_Name="k",
        MessageAttribute_1_Value_DataType="String", MessageAttribute_1_Value_StringValue="v")
    assert status == 200 and tree.tag == "SendMessageResponse"
    path = urllib.parse.urlparse(queue).path
    status, tree = server.form(
        path, Action="ReceiveMessage", AttributeName_1="All", MessageAttributeName_1="k", MaxNumberOfMessages="10")
    message = tree.find("ReceiveMessageResult/Message")
    assert message.findtext("Body") == "a\r<&> b"
    assert message.findtext("MessageAttribute/Value/StringValue") == "v"
    names = [attribute.findtext("Name") for attribute in message.findall("Attribute")]
    assert "SentTimestamp" in names
    status, tree = server.form(
        path, Action="DeleteMessageBatch", DeleteMessageBatchRequestEntry_1_Id="a",
        DeleteMessageBatchRequestEntry_1_ReceiptHandle=message.findtext("ReceiptHandle"))
    assert tree.findtext("DeleteMessageBatchResult/DeleteMessageBatchResultEntry/Id") == "a"
    status, tree = server.form(Action="GetQueueUrl", QueueName="none")
    assert status == 400 and tree.findtext("Error/Code") == "AWS.SimpleQueueService.NonExistentQueue"
    assert tree.findtext("Error/Type") == "Sender" and tree.findtext("RequestId")
    assert server.form(Action="Nothing")[1].findtext("Error/Code") == "InvalidAction"
    assert server.form("/")[1].findtext("Error/Code") == "MissingAction"


def test_a_waiting_receiver_is_woken_by_a_send(server, queue):
    # The waiter is known to wait once its request has reached the server: a queue's statistics do not say, so the
    # message may also be there first. Either way it arrives long before the wait is over.
    waiter, answers = server.client(), []
    thread = threading.Thread(
        target=lambda: answers.append(waiter.receive_message(QueueUrl=queue, WaitTimeSeconds=20)))
    thread.start()
    server.client().send_message(QueueUrl=queue, MessageBody="x")
    thread.join(timeout=15)
    assert [message["Body"] for message in answers[0]["Messages"]] == ["x"]


def test_a_graceful_stop_answers_who_waits_and_keeps_what_was_acknowledged(binary, tmp_path):
    server = Server(binary, tmp_path / "data")
    sqs = server.client()
    queue = sqs.create_queue(QueueName="jobs")["QueueUrl"]
    other = sqs.create_queue(QueueName="other")["QueueUrl"]
    waiter, answers = server.client(), []
    waiter.list_queues()  # Its connection is open.
    thread = threading.Thread(
        target=lambda: answers.append(waiter.receive_message(QueueUrl=queue, WaitTimeSeconds=20)))
    thread.start()
    # The waiter's request is on its way on a connection that is open; fifty others go there and back behind it.
    for number in range(50):
        sqs.send_message(QueueUrl=other, MessageBody=f"kept {number}")
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=15) == 0
    thread.join(timeout=15)
    assert len(answers) == 1 and "Messages" not in answers[0]
    again = Server(binary, tmp_path / "data")
    sqs = again.client()
    url = sqs.get_queue_url(QueueName="other")["QueueUrl"]
    assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])["Attributes"] == {
        "ApproximateNumberOfMessages": "50"}
    again.process.kill()


def test_what_was_acknowledged_survives_a_kill(binary, speaktracker, tmp_path):
    server = Server(binary, tmp_path / "data")
    queue = server.client().create_queue(QueueName="jobs")["QueueUrl"]
    sent, attempted, deleted, lock = set(), set(), set(), threading.Lock()

    def load(worker):
        sqs = server.client()
        number = 0
        try:
            while True:
                body = f"{worker}-{number}"
                sqs.send_message(QueueUrl=queue, MessageBody=body)
                with lock:
                    sent.add(body)
                number += 1
                if number % 3 == 0:
                    for message in sqs.receive_message(QueueUrl=queue).get("Messages", []):
                        with lock:
                            attempted.add(message["Body"])
                        sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
                        with lock:
                            deleted.add(message["Body"])
        except Exception:
            pass  # The server is gone, which is the point.

    threads = [threading.Thread(target=load, args=(worker,)) for worker in range(8)]
    for thread in threads:
        thread.start()
    while len(deleted) < 40:
        assert server.process.poll() is None
    server.process.kill()
    for thread in threads:
        thread.join()
    # A command that owns the folder ends the leases of the dead, so that nothing is hidden below.
    assert speaktracker("queues", "--data", tmp_path / "data").returncode == 0
    again = Server(binary, tmp_path / "data")
    sqs = again.client()
    queue = sqs.get_queue_url(QueueName="jobs")["QueueUrl"]
    found = set()
    while messages := sqs.receive_message(
        QueueUrl=queue, MaxNumberOfMessages=10, VisibilityTimeout=600, WaitTimeSeconds=0).get("Messages"):
        found |= {message["Body"] for message in messages}
    again.process.kill()
    assert not found & deleted
    assert sent - attempted <= found


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        (["--host", "0.0.0.0"], "whoever reaches the port may do everything"),
        (["--port", "65536"], "A port is a number"),
    ],
)
def test_what_cannot_be_served_is_said(speaktracker, tmp_path, arguments, sentence):
    result = speaktracker("serve", "--data", tmp_path / "data", *arguments)
    assert result.returncode == 2 and sentence in result.stderr


def test_a_port_and_a_folder_have_one_server(server, speaktracker, tmp_path):
    port = server.url.rsplit(":", 1)[1]
    result = speaktracker("serve", "--data", tmp_path / "other", "--port", port)
    assert result.returncode == 1 and f"Port {port} of 127.0.0.1 cannot be listened on" in result.stderr


def test_what_an_operator_sets_on_a_job_queue_stays(binary, tmp_path):
    for expected in ("30", "90"):
        server = Server(binary, tmp_path / "data")
        sqs = server.client()
        url = sqs.get_queue_url(QueueName="speaktracker-scoring")["QueueUrl"]
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
        assert found["VisibilityTimeout"] == expected
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "90"})
        assert server.stop() == 0
