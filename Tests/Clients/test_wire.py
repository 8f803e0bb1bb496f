"""The wire itself: the Query protocol's corners, and clients that are slow, rude or gone."""

import json
import socket
import threading
import urllib.error
import urllib.request

import pytest
from serving import refused


def ask(server, path, data=None, **headers):
    """The status, the content type and the body of a plain request."""
    request = urllib.request.Request(
        server.url + path, data=data, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read().decode()


def path(server, queue):
    return queue.removeprefix(server.url)


def test_a_queue_answers_at_its_own_address(server, sqs, queue):
    status, kind, text = ask(server, path(server, queue) + "?Action=SendMessage&MessageBody=hello")
    assert (status, kind) == (200, "text/xml") and "<SendMessageResult>" in text
    status, _, text = ask(server, path(server, queue) + "/", data=b"Action=ReceiveMessage")
    assert status == 200 and "<Body>hello</Body>" in text


def test_query_answers_in_json_to_whoever_accepts_it(server, queue):
    status, kind, text = ask(
        server, path(server, queue) + "?Action=GetQueueAttributes&AttributeName.1=QueueArn", Accept="application/json")
    assert (status, kind) == (200, "application/json")
    answer = json.loads(text)["GetQueueAttributesResponse"]
    assert answer["ResponseMetadata"]["RequestId"]
    status, kind, text = ask(server, path(server, queue) + "?Action=Nonsense", Accept="application/json")
    assert (status, kind) == (400, "application/json")
    error = json.loads(text)["Error"]
    assert (error["Type"], error["Code"]) == ("Sender", "InvalidAction")
    assert error["Message"] == "The action Nonsense is not valid for this endpoint."


@pytest.mark.parametrize("action", ["ListQueues", "CreateQueue", "GetQueueUrl", "Nonsense"])
def test_a_queue_does_only_what_queues_do(server, queue, action):
    status, _, text = ask(server, path(server, queue) + f"?Action={action}&QueueName=x")
    assert status == 400 and f"<Message>The action {action} is not valid for this endpoint.</Message>" in text


def test_a_queue_that_is_asked_for_nothing(server, queue):
    status, _, text = ask(server, path(server, queue), Accept="application/json")
    assert status == 404 and text.startswith("<UnknownOperationException")


@pytest.mark.parametrize("url", ["nonsense", "http:/x", ""])
def test_an_address_that_no_queue_has(sqs, url):
    assert refused(sqs.get_queue_attributes, QueueUrl=url)["Code"] in ("InvalidAddress", "MissingParameter")


def test_the_older_protocol_has_its_own_words_for_a_queue_that_is_not_there(server):
    status, _, text = ask(server, "/000000000000/none?Action=GetQueueAttributes")
    assert status == 400
    assert "<Message>The specified queue does not exist for this wsdl version.</Message>" in text
    assert "<Code>AWS.SimpleQueueService.NonExistentQueue</Code>" in text


def test_a_trace_comes_with_a_header_too(server, sqs, queue):
    ask(
        server, path(server, queue), data=b"Action=SendMessage&MessageBody=traced",
        X_Amzn_Trace_Id="Root=1-5759e988-bd862e3fe1be46a994272793")
    message = sqs.receive_message(QueueUrl=queue, AttributeNames=["AWSTraceHeader"])["Messages"][0]
    assert message["Attributes"]["AWSTraceHeader"].startswith("Root=1-5759e988")


def raw(server):
    host, port = server.url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=30)


def test_headers_have_a_bound(server):
    with raw(server) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 100_000 + b"\r\n\r\n")
        assert connection.recv(100).split(b"\r\n")[0] in (b"HTTP/1.1 400 Bad Request", b"")


def test_bodies_have_a_bound(server, sqs):
    status, _, _ = ask(server, "/", data=b"x" * 17_000_000)
    assert status == 413
    assert sqs.list_queues()["QueueUrls"]


def test_what_is_no_http_is_refused_and_hurts_nobody(server, sqs):
    for noise in [b"\x00\xff\x80" * 100, b"GET\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"\x16\x03\x01"]:
        with raw(server) as connection:
            connection.sendall(noise)
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(100).split(b"\r\n")[0] in (b"HTTP/1.1 400 Bad Request", b"")
    assert sqs.list_queues()["QueueUrls"]


def test_a_receiver_that_has_gone_takes_no_message(server, sqs, queue):
    """Its poll would last 20 seconds more, and hide the message for 30."""
    body = f"Action=ReceiveMessage&WaitTimeSeconds=20&QueueUrl={queue}".encode()
    for close in ["half", "whole"]:
        gone = raw(server)
        gone.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        if close == "half":
            gone.shutdown(socket.SHUT_WR)
            # The server has noticed once it has answered.
            assert b"ReceiveMessageResponse" in gone.recv(4096)
        gone.close()
    found = []
    waiter = threading.Thread(
        target=lambda: found.extend(server.client().receive_message(QueueUrl=queue, WaitTimeSeconds=20)["Messages"]))
    waiter.start()
    sqs.send_message(QueueUrl=queue, MessageBody="for the living")
    waiter.join(timeout=25)
    assert [message["Body"] for message in found] == ["for the living"]
    assert found[0]["ReceiptHandle"]


def metrics(server):
    """The values of the metrics page, by name and labels."""
    with urllib.request.urlopen(server.url + "/-/metrics") as answer:
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        lines = answer.read().decode().splitlines()
    return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))


def test_the_metrics_count_what_was_made_durable(server):
    sqs = server.client()
    url = sqs.create_queue(QueueName="counted")["QueueUrl"]
    durable, lease = ('speaktracker_store_operations_total{durability="%s"}' % kind for kind in ["durable", "lease"])
    before = metrics(server)
    for _ in range(3):
        sqs.send_message(QueueUrl=url, MessageBody="x")
    sqs.receive_message(QueueUrl=url)
    after = metrics(server)
    # A sweep may come between.
    assert int(after[durable]) - int(before[durable]) >= 3
    assert int(after[lease]) - int(before[lease]) >= 1
    synced = 'speaktracker_store_commits_total{synced="true"}'
    assert 3 <= int(after[synced]) - int(before[synced]) <= int(after[durable]) - int(before[durable])
