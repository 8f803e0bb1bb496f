"""One connection, many requests: their order, how they end, and clients that do not wait for their answers."""

import json
import socket
import struct
import threading
import urllib.request

import pytest

CALL = (
    "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\nX-Amz-Target: {target}\r\n"
    "Content-Type: application/x-amz-json-1.0\r\n{headers}\r\n{body}")


def call(target, body, headers=""):
    """An SDK's request, as bytes."""
    text = json.dumps(body)
    return CALL.format(path="/", length=len(text), target=target, headers=headers, body=text).encode()


def tables(headers=""):
    return call("DynamoDB_20120810.ListTables", {"Limit": 1}, headers)


class Connection:
    """A connection on which answers are read one by one."""

    def __init__(self, server):
        host, port = server.url.removeprefix("http://").split(":")
        self.socket = socket.create_connection((host, int(port)), timeout=60)
        self.file = self.socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
        self.socket.close()

    def send(self, *requests):
        self.socket.sendall(b"".join(requests))

    def answer(self, method="POST"):
        """The status, the headers in lower case, and the body of the next answer."""
        status = int(self.file.readline().split()[1])
        headers = {}
        while line := self.file.readline().strip():
            name, value = line.decode().split(":", 1)
            headers[name.lower()] = value.strip()
        if status == 100:
            return self.answer(method)
        return status, headers, b"" if method == "HEAD" else self.file.read(int(headers["content-length"]))

    def is_at_end(self):
        return self.file.read(1) == b""


@pytest.fixture
def connection(server):
    with Connection(server) as connection:
        yield connection


def test_answers_come_in_the_order_of_the_requests(server, connection, sqs, queue):
    """A poll that waits, pages, calls and streamed objects, all sent at once."""
    bucket = "ordered"
    body = b"spoken" * 100_000
    connection.send(
        call("AmazonSQS.ReceiveMessage", {"QueueUrl": queue, "WaitTimeSeconds": 20}),
        b"GET /-/health HTTP/1.1\r\nHost: x\r\n\r\n",
        b"PUT /%s HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n" % bucket.encode(),
        b"PUT /%s/a.mp3 HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (bucket.encode(), len(body)), body,
        tables(),
        b"GET /%s/a.mp3 HTTP/1.1\r\nHost: x\r\n\r\n" % bucket.encode(),
        b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n",
        tables())
    sqs.send_message(QueueUrl=queue, MessageBody="the first")
    assert json.loads(connection.answer()[2])["Messages"][0]["Body"] == "the first"
    assert connection.answer()[1]["content-type"].startswith("application/")
    assert connection.answer()[0] == 200
    assert connection.answer()[1]["etag"]
    assert json.loads(connection.answer()[2])["TableNames"]
    assert connection.answer()[2] == body
    status, headers, _ = connection.answer("HEAD")
    assert status == 200 and int(headers["content-length"]) > 0
    status, headers, text = connection.answer()
    assert status == 200 and json.loads(text)["TableNames"] and headers["date"].endswith("GMT")


def test_ten_thousand_requests_at_once(connection):
    """More than are read at once, from a client that reads nothing before it has sent them all."""
    count = 10_000
    connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8 << 20)
    request = call("DynamoDB_20120810.Nonsense", {})
    sender = threading.Thread(target=connection.send, args=[request] * count)
    sender.start()
    for _ in range(count):
        assert connection.answer()[0] == 400
    sender.join()


def test_a_client_that_will_send_no_more_gets_all_of_its_answers(connection, low, table):
    """The answer is more than fits between the two, and read late."""
    for number in range(3):
        low.put_item(TableName=table, Item={"p": {"S": "a"}, "s": {"N": f"{number}"}, "text": {"S": "x" * 300_000}})
    connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32_768)
    connection.send(tables(), call("DynamoDB_20120810.Scan", {"TableName": table}), tables())
    connection.socket.shutdown(socket.SHUT_WR)
    assert json.loads(connection.answer()[2])["TableNames"]
    assert json.loads(connection.answer()[2])["Count"] == 3
    assert json.loads(connection.answer()[2])["TableNames"]
    assert connection.is_at_end()


def test_a_last_request_says_so(connection):
    connection.send(tables("Connection: Close\r\n"), tables())
    assert connection.answer()[0] == 200
    assert connection.is_at_end()


def test_a_last_request_for_an_object_says_so_too(connection, sqs, queue):
    """What is sent behind it is not done."""
    connection.send(
        b"HEAD /nothing/here HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        call("AmazonSQS.SendMessage", {"QueueUrl": queue, "MessageBody": "never"}))
    assert connection.answer("HEAD")[0] == 404
    assert connection.is_at_end()
    sqs.send_message(QueueUrl=queue, MessageBody="after")
    found = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]
    assert [message["Body"] for message in found] == ["after"]


def polls(server):
    """How many requests for messages have been answered."""
    with urllib.request.urlopen(server.url + "/-/metrics") as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith(
        'speaktracker_http_requests_total{service="sqs",operation="ReceiveMessage"'))


def test_what_waits_for_a_client_that_has_gone_is_not_done(server, connection, sqs, queue):
    before = polls(server)
    connection.send(
        call("AmazonSQS.ReceiveMessage", {"QueueUrl": queue, "WaitTimeSeconds": 20}),
        call("AmazonSQS.SendMessage", {"QueueUrl": queue, "MessageBody": "for nobody", "DelaySeconds": 0}))
    # A reset, which no write survives.
    connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.file.close()
    connection.socket.close()
    while polls(server) == before:
        pass
    # One writer: what was sent before this is there before it.
    sqs.send_message(QueueUrl=queue, MessageBody="after")
    found = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]
    assert [message["Body"] for message in found] == ["after"]


def test_nonsense_after_a_request_comes_after_its_answer(connection, sqs, queue):
    connection.send(
        call("AmazonSQS.ReceiveMessage", {"QueueUrl": queue, "WaitTimeSeconds": 20}), b"\x00\xff nonsense\r\n\r\n")
    sqs.send_message(QueueUrl=queue, MessageBody="sense")
    assert json.loads(connection.answer()[2])["Messages"][0]["Body"] == "sense"
    assert connection.answer()[0] == 400
    assert connection.is_at_end()


@pytest.mark.parametrize("path, kind", [("/", None), ("/-/jobs", "application/problem+json")])
def test_a_body_that_is_too_long_is_read_past(connection, path, kind):
    length = 17 << 20
    connection.send(
        b"POST %s HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AmazonSQS.ListQueues\r\nContent-Length: %d\r\n\r\n"
        % (path.encode(), length), b"x" * length, tables())
    status, headers, _ = connection.answer()
    assert (status, headers.get("content-type")) == (413, kind)
    assert connection.answer()[0] == 200


def test_a_client_may_ask_whether_to_send_the_body(connection):
    body = b'{"Limit": 1}'
    connection.send(
        b"POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\nExpect: 100-continue\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body))
    assert connection.file.readline().split()[1] == b"100"
    assert connection.file.readline() == b"\r\n"
    connection.send(body)
    assert len(json.loads(connection.answer()[2])["TableNames"]) == 1


def test_a_body_in_chunks(connection):
    connection.send(
        b"POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\n{\"Lim\r\n", b"7\r\nit\": 1}\r\n", b"0\r\n\r\n", tables())
    assert len(json.loads(connection.answer()[2])["TableNames"]) == 1
    assert connection.answer()[0] == 200


def test_clients_that_go_in_the_middle_hurt_nobody(server, connection):
    request = tables()
    for length in range(1, len(request)):
        with Connection(server) as other:
            other.send(request[:length])
    connection.send(request)
    assert connection.answer()[0] == 200
