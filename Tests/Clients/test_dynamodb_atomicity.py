"""64 clients change shared items for a minute while the server is killed again and again: the sums hold.

Clients speak plain HTTP, for botocore would be most of the minute's work.
"""

import http.client
import json
import random
import threading
import time
import urllib.parse
import uuid

from serving import Server

SECONDS = 60
KILLS = 5
ACCOUNTS, BALANCE = 20, 1000
TABLE = "atomic"


class Gone(Exception):
    """The server went away before it answered: whether it did what was asked is open."""


class Refused(Exception):
    pass


class Place:
    """Where the server is now, and how much it has answered."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        self.changed = threading.Condition()
        self.answers = 0
        self.is_over = False
        self.server = Server(binary, folder)

    def answered(self):
        with self.changed:
            self.answers += 1
            self.changed.notify_all()

    def wait_for(self, count, deadline):
        with self.changed:
            target = self.answers + count
            while self.answers < target and (left := deadline - time.monotonic()) > 0:
                self.changed.wait(left)

    def kill(self):
        self.server.process.kill()
        self.server.process.wait()
        server = Server(self.binary, self.folder)
        with self.changed:
            self.server = server
            self.changed.notify_all()

    def next(self, known):
        """The server after the one that is known to be gone."""
        with self.changed:
            while self.server is known and not self.is_over:
                self.changed.wait()
            return self.server


class Client:
    def __init__(self, place):
        self.place, self.server, self.connection = place, place.server, None

    def call(self, operation, **body):
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection(urllib.parse.urlparse(self.server.url).netloc, timeout=30)
            self.connection.request("POST", "/", json.dumps(body), {"X-Amz-Target": f"DynamoDB_20120810.{operation}"})
            answer = self.connection.getresponse()
            status, text = answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.connection, self.server = None, self.place.next(self.server)
            raise Gone
        self.place.answered()
        value = json.loads(text)
        if status != 200:
            raise Refused(value["__type"].split("#")[1])
        return value


def key(name):
    return {"id": {"S": name}}


def number(value):
    return {"N": str(value)}


def add(name, change, **more):
    return {"TableName": TABLE, "Key": key(name), "UpdateExpression": "ADD n :d", "ExpressionAttributeValues": {
        ":d": number(change), **more.pop("values", {})}, **more}


class Worker(threading.Thread):
    """Does one thing until the time is over; counts what was done, and what may have been."""

    def __init__(self, place):
        super().__init__()
        self.place, self.client = place, Client(place)
        self.done = self.open = 0
        self.fault = None

    def run(self):
        try:
            while not self.place.is_over:
                self.once()
        except Exception as fault:
            self.fault = fault


class Incrementer(Worker):
    def once(self):
        try:
            self.client.call("UpdateItem", **add("counter", 1))
            self.done += 1
        except Gone:
            self.open += 1


class Transferrer(Worker):
    """Asks again with the same token until it knows, so that nothing is open."""

    def once(self):
        giver, taker = random.sample(range(ACCOUNTS), 2)
        amount, name = random.randrange(1, 200), str(uuid.uuid4())
        writes = [
            {"Update": add(f"account-{giver}", -amount, ConditionExpression="n >= :a", values={":a": number(amount)})},
            {"Update": add(f"account-{taker}", amount)},
            {"Put": {"TableName": TABLE, "Item": {**key(f"transfer-{name}"), "n": number(amount)},
                     "ConditionExpression": "attribute_not_exists(id)"}},
        ]
        while True:
            try:
                self.client.call("TransactWriteItems", TransactItems=writes, ClientRequestToken=name)
                self.done += 1
                return
            except Refused as refusal:
                assert str(refusal) == "TransactionCanceledException", refusal
                return
            except Gone:
                if self.place.is_over:
                    self.open += 1
                    return


class Editor(Worker):
    """Writes where nobody else has written since it read."""

    def once(self):
        try:
            version = int(self.client.call("GetItem", TableName=TABLE, Key=key("page"))["Item"]["version"]["N"])
        except Gone:
            return
        try:
            self.client.call(
                "PutItem", TableName=TABLE, Item={**key("page"), "version": number(version + 1)},
                ConditionExpression="version = :v", ExpressionAttributeValues={":v": number(version)})
            self.done += 1
        except Refused as refusal:
            assert str(refusal) == "ConditionalCheckFailedException", refusal
        except Gone:
            self.open += 1


class Auditor(Worker):
    """Sees every transfer whole or not at all."""

    def once(self):
        reads = [{"Get": {"TableName": TABLE, "Key": key(f"account-{index}")}} for index in range(ACCOUNTS)]
        try:
            answer = self.client.call("TransactGetItems", TransactItems=reads)
        except Gone:
            return
        balances = [int(part["Item"]["n"]["N"]) for part in answer["Responses"]]
        assert sum(balances) == ACCOUNTS * BALANCE and min(balances) >= 0, balances
        self.done += 1


def test_sums_hold(binary, tmp_path):
    place = Place(binary, tmp_path / "data")
    client = Client(place)
    client.call(
        "CreateTable", TableName=TABLE, BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])
    client.call("PutItem", TableName=TABLE, Item={**key("page"), "version": number(0)})
    client.call("PutItem", TableName=TABLE, Item={**key("counter"), "n": number(0)})
    for index in range(ACCOUNTS):
        client.call("PutItem", TableName=TABLE, Item={**key(f"account-{index}"), "n": number(BALANCE)})

    workers = [kind(place) for kind in [Incrementer] * 21 + [Transferrer] * 21 + [Editor] * 18 + [Auditor] * 4]
    assert len(workers) == 64
    for worker in workers:
        worker.start()
    end = time.monotonic() + SECONDS
    for kill in range(KILLS):
        place.wait_for(random.randrange(200, 4000), end - (KILLS - kill))
        place.kill()
    place.wait_for(10**9, end)
    with place.changed:
        place.is_over = True
        place.changed.notify_all()
    for worker in workers:
        worker.join()
    assert [worker.fault for worker in workers if worker.fault] == []

    client, items, start = Client(place), {}, None
    while True:
        page = client.call("Scan", TableName=TABLE, **({"ExclusiveStartKey": start} if start else {}))
        items |= {item["id"]["S"]: item for item in page["Items"]}
        if not (start := page.get("LastEvaluatedKey")):
            break

    def total(kind, name):
        return sum(getattr(worker, name) for worker in workers if isinstance(worker, kind))

    counted = int(items["counter"]["n"]["N"])
    assert total(Incrementer, "done") <= counted <= total(Incrementer, "done") + total(Incrementer, "open")
    version = int(items["page"]["version"]["N"])
    assert total(Editor, "done") <= version <= total(Editor, "done") + total(Editor, "open")
    transfers = sum(name.startswith("transfer-") for name in items)
    assert total(Transferrer, "done") <= transfers <= total(Transferrer, "done") + total(Transferrer, "open")
    assert sum(int(item["n"]["N"]) for name, item in items.items() if name.startswith("account-")) == ACCOUNTS * BALANCE
    # Every kind has got on, after the last kill too.
    for kind in (Incrementer, Transferrer, Editor, Auditor):
        assert total(kind, "done") > 100, kind
    assert place.server.stop() == 0
