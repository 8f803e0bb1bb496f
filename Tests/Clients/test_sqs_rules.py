"""What SQS's documentation says of attributes, receipts and waiting times."""

import json

import pytest
from serving import refused


@pytest.fixture(scope="module", params=["json", "query"])
def protocol(request):
    return request.param


def attributes(sqs, url, *names):
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(names or ["All"])).get("Attributes", {})


def arn(sqs, url):
    return attributes(sqs, url, "QueueArn")["QueueArn"]


def test_one_kind_of_encryption_at_a_time(sqs, queue):
    assert attributes(sqs, queue)["SqsManagedSseEnabled"] == "true"
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"KmsMasterKeyId": "alias/school"})
    found = attributes(sqs, queue)
    assert found["SqsManagedSseEnabled"] == "false"
    assert (found["KmsMasterKeyId"], found["KmsDataKeyReusePeriodSeconds"]) == ("alias/school", "300")
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"SqsManagedSseEnabled": "true"})
    found = attributes(sqs, queue)
    assert found["SqsManagedSseEnabled"] == "true"
    assert "KmsMasterKeyId" not in found and "KmsDataKeyReusePeriodSeconds" not in found
    error = refused(
        sqs.set_queue_attributes, QueueUrl=queue,
        Attributes={"KmsMasterKeyId": "alias/school", "SqsManagedSseEnabled": "true"})
    assert error["Code"] == "InvalidAttributeName" and "one type of server-side encryption" in error["Message"]
    for name, value in [("KmsDataKeyReusePeriodSeconds", "59"), ("SqsManagedSseEnabled", "yes")]:
        error = refused(sqs.set_queue_attributes, QueueUrl=queue, Attributes={name: value})
        assert (error["Code"], name in error["Message"]) == ("InvalidAttributeValue", True)


@pytest.mark.parametrize(
    "policy", ["no JSON", "[]", "{}", '{"Version":"1","Statement":[]}', '{"Version":"2012-10-17","Statement":[]}'])
def test_a_policy_that_is_none(sqs, queue, policy):
    error = refused(sqs.set_queue_attributes, QueueUrl=queue, Attributes={"Policy": policy})
    assert (error["Code"], error["Message"]) == ("InvalidAttributeValue", "Invalid value for the parameter Policy.")
    assert "Policy" not in attributes(sqs, queue)


def test_a_policy_is_kept_as_it_was_given_and_taken_away_by_an_empty_one(sqs, queue):
    policy = '{ "Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "sqs:*"} }'
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": policy})
    assert attributes(sqs, queue)["Policy"] == policy
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": ""})
    assert "Policy" not in attributes(sqs, queue)


@pytest.mark.parametrize(
    "policy, message",
    [
        ("no JSON", "not a valid JSON map"),
        ('{"maxReceiveCount":1}', "mandatory attribute: deadLetterTargetArn"),
        ('{"deadLetterTargetArn":"{arn}"}', "mandatory attribute: maxReceiveCount"),
        ('{"deadLetterTargetArn":"{arn}","maxReceiveCount":0}', "valid values are from 1 to 1000"),
        ('{"deadLetterTargetArn":"{arn}","maxReceiveCount":"many"}', "valid values are from 1 to 1000"),
        ('{"deadLetterTargetArn":"{arn}","maxReceiveCount":1,"x":1}', "Only following attributes"),
        ('{"deadLetterTargetArn":"queue","maxReceiveCount":1}', "deadLetterTargetArn"),
        ('{"deadLetterTargetArn":"{arn}-none","maxReceiveCount":1}', "Dead letter target does not exist"),
        ('{"deadLetterTargetArn":"{arn}.fifo","maxReceiveCount":1}', "must be same type of queue"),
    ])
def test_a_redrive_policy_that_is_none(sqs, queue, policy, message):
    text = policy.replace("{arn}", arn(sqs, queue))
    for call in [
        lambda: refused(sqs.set_queue_attributes, QueueUrl=queue, Attributes={"RedrivePolicy": text}),
        lambda: refused(sqs.create_queue, QueueName="never-made", Attributes={"RedrivePolicy": text}),
    ]:
        error = call()
        assert error["Code"] == "InvalidParameterValue" and message in error["Message"]
    assert "RedrivePolicy" not in attributes(sqs, queue)


@pytest.mark.parametrize("permission, allowed", [("allowAll", True), ("denyAll", False), ("byQueue", True), ("no", False)])
def test_a_dead_letter_queue_chooses_its_sources(sqs, queue, permission, allowed):
    letters = sqs.create_queue(QueueName=f"letters-{permission}")["QueueUrl"]
    source = arn(sqs, queue) + ("x" if permission == "no" else "")
    policy = {"redrivePermission": "byQueue" if permission == "no" else permission}
    if policy["redrivePermission"] == "byQueue":
        policy["sourceQueueArns"] = [source]
    sqs.set_queue_attributes(QueueUrl=letters, Attributes={"RedriveAllowPolicy": json.dumps(policy)})
    assert json.loads(attributes(sqs, letters)["RedriveAllowPolicy"]) == policy
    wanted = {"RedrivePolicy": json.dumps({"deadLetterTargetArn": arn(sqs, letters), "maxReceiveCount": 3})}
    if allowed:
        sqs.set_queue_attributes(QueueUrl=queue, Attributes=wanted)
        assert sqs.list_dead_letter_source_queues(QueueUrl=letters)["queueUrls"] == [queue]
    else:
        assert refused(sqs.set_queue_attributes, QueueUrl=queue, Attributes=wanted)["Code"] == "InvalidParameterValue"


@pytest.mark.parametrize(
    "policy, message",
    [
        ("x", "Invalid value"), ("{}", "Invalid value"), ('{"redrivePermission":"some"}', "Invalid value"),
        ('{"redrivePermission":"byQueue"}', "one or more sourceQueueArns"),
        ('{"redrivePermission":"denyAll","sourceQueueArns":["arn:aws:sqs:a:0:b"]}', "must set redrivePermission"),
        (json.dumps({"redrivePermission": "byQueue", "sourceQueueArns": ["arn:aws:sqs:a:0:b"] * 11}), "is 10"),
    ])
def test_a_redrive_allow_policy_that_is_none(sqs, queue, policy, message):
    error = refused(sqs.set_queue_attributes, QueueUrl=queue, Attributes={"RedriveAllowPolicy": policy})
    assert error["Code"] == "InvalidParameterValue" and message in error["Message"]


def test_a_lease_lasts_at_most_twelve_hours(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="job")
    receipt = sqs.receive_message(QueueUrl=queue)["Messages"][0]["ReceiptHandle"]
    error = refused(sqs.change_message_visibility, QueueUrl=queue, ReceiptHandle=receipt, VisibilityTimeout=43_200)
    assert error["Code"] == "InvalidParameterValue"
    assert error["Message"].endswith("Total VisibilityTimeout for the message is beyond the limit [43200 seconds]")
    sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=receipt, VisibilityTimeout=43_000)


def test_a_minute_passes_between_purges_and_after_a_deletion(sqs):
    url = sqs.create_queue(QueueName="cooling")["QueueUrl"]
    sqs.purge_queue(QueueUrl=url)
    error = refused(sqs.purge_queue, QueueUrl=url)
    assert error["Code"] == "AWS.SimpleQueueService.PurgeQueueInProgress"
    assert error["Message"] == "Only one PurgeQueue operation on cooling is allowed every 60 seconds."
    sqs.delete_queue(QueueUrl=url)
    assert refused(sqs.create_queue, QueueName="cooling")["Code"] == "AWS.SimpleQueueService.QueueDeletedRecently"


def test_lists_of_values_are_no_attributes(sqs, queue):
    for value in [dict(StringListValues=["a"]), dict(BinaryListValues=[b"a"])]:
        error = refused(
            sqs.send_message, QueueUrl=queue, MessageBody="x",
            MessageAttributes={"a": {"DataType": "String", "StringValue": "a", **value}})
        assert error["Code"] == "AWS.SimpleQueueService.UnsupportedOperation"


@pytest.mark.parametrize("name", ["MessageGroupId", "MessageDeduplicationId"])
@pytest.mark.parametrize("value", ["a b", "x" * 129, "가"])
def test_ids_are_punctuation_letters_and_digits(sqs, request, name, value):
    url = sqs.create_queue(
        QueueName="ids.fifo", Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"})["QueueUrl"]
    error = refused(sqs.send_message, QueueUrl=url, MessageBody="x", **({"MessageGroupId": "a"} | {name: value}))
    assert error["Message"] == (
        f"Value {value} for parameter {name} is invalid. "
        f"Reason: {name} can only include alphanumeric and punctuation characters. 1 to 128 in length.")


def test_a_repeated_receive_brings_the_same(sqs):
    url = sqs.create_queue(QueueName="attempts.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    for body in "ab":
        sqs.send_message(QueueUrl=url, MessageBody=body, MessageGroupId="g", MessageDeduplicationId=body)
    def receive(attempt):
        return sqs.receive_message(QueueUrl=url, ReceiveRequestAttemptId=attempt, AttributeNames=["All"]).get("Messages")
    first = receive("one")
    assert [message["Body"] for message in first] == ["a"]
    assert receive("one") == first
    assert receive("two") is None
    sqs.delete_message(QueueUrl=url, ReceiptHandle=first[0]["ReceiptHandle"])
    assert [message["Body"] for message in receive("one")] == ["b"]
    assert refused(sqs.receive_message, QueueUrl=url, ReceiveRequestAttemptId="a b")["Code"] == "InvalidParameterValue"


def test_a_late_delete_of_an_ordered_message_is_refused(sqs):
    url = sqs.create_queue(QueueName="late.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="a", MessageGroupId="g", MessageDeduplicationId="a")
    late = sqs.receive_message(QueueUrl=url, VisibilityTimeout=0)["Messages"][0]["ReceiptHandle"]
    error = refused(sqs.delete_message, QueueUrl=url, ReceiptHandle=late)
    assert error["Code"] == "InvalidParameterValue"
    assert error["Message"] == f"Value {late} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired."
    current = sqs.receive_message(QueueUrl=url)["Messages"][0]["ReceiptHandle"]
    answer = sqs.delete_message_batch(
        QueueUrl=url,
        Entries=[{"Id": "late", "ReceiptHandle": late}, {"Id": "current", "ReceiptHandle": current}])
    assert [entry["Id"] for entry in answer["Successful"]] == ["current"]
    assert [(entry["Id"], entry["Code"]) for entry in answer["Failed"]] == [("late", "InvalidParameterValue")]


def test_no_tenant_waits_for_a_noisy_one(sqs, queue):
    for start in range(0, 40, 10):
        sqs.send_message_batch(
            QueueUrl=queue,
            Entries=[{"Id": str(n), "MessageBody": "noisy", "MessageGroupId": "noisy"} for n in range(start, start + 10)])
    sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
    sqs.send_message(QueueUrl=queue, MessageBody="quiet", MessageGroupId="quiet")
    message = sqs.receive_message(QueueUrl=queue, AttributeNames=["All"])["Messages"][0]
    assert (message["Body"], message["Attributes"]["MessageGroupId"]) == ("quiet", "quiet")


def test_high_throughput_needs_ids_by_group(sqs):
    wanted = {"FifoQueue": "true", "FifoThroughputLimit": "perMessageGroupId"}
    assert refused(sqs.create_queue, QueueName="fast.fifo", Attributes=wanted)["Code"] == "InvalidParameterValue"
    url = sqs.create_queue(QueueName="fast.fifo", Attributes=wanted | {"DeduplicationScope": "messageGroup"})["QueueUrl"]
    assert attributes(sqs, url)["FifoThroughputLimit"] == "perMessageGroupId"
    for name, value in [("DeduplicationScope", "queue"), ("FifoThroughputLimit", "perQueue")]:
        error = refused(sqs.create_queue, QueueName="plain", Attributes={name: value})
        assert error["Code"] == "InvalidAttributeName"
