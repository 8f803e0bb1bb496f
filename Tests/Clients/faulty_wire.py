"""A server between workers and their store that loses, refuses, fails and delays what goes through it."""

import asyncio
import collections
import random
import re
import threading

REFUSALS = {
    "DynamoDB": (400, "application/x-amz-json-1.0", '{"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException"}'),
    "AmazonSQS": (400, "application/x-amz-json-1.0", '{"__type": "com.amazonaws.sqs#RequestThrottled"}'),
    "S3": (503, "application/xml", "<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>"),
}
FAILURES = {
    "DynamoDB": (500, "application/x-amz-json-1.0", '{"__type": "com.amazonaws.dynamodb.v20120810#InternalServerError"}'),
    "AmazonSQS": (500, "application/x-amz-json-1.0", '{"__type": "com.amazonaws.sqs#InternalFailure"}'),
    "S3": (500, "application/xml", "<Error><Code>InternalError</Code><Message>Please try again.</Message></Error>"),
}


class Gone(Exception):
    """One side has closed its connection."""


class FaultyWire:
    """Passes HTTP on to `port`, but for as many of a hundred requests as `faults` names of each kind."""

    def __init__(self, port, faults, seed):
        self.upstream = port
        self.faults = faults
        self.random = random.Random(seed)
        self.counts = collections.Counter()
        self.loop = asyncio.new_event_loop()
        self.server = self.loop.run_until_complete(asyncio.start_server(self.serve, "127.0.0.1", 0))
        self.url = "http://127.0.0.1:{}".format(self.server.sockets[0].getsockname()[1])
        self.thread = threading.Thread(target=self.loop.run_forever)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.server.close()

    async def serve(self, reader, writer):
        store = None
        try:
            while True:
                head, body = await message(reader, of_request=True)
                store = store or await asyncio.open_connection("127.0.0.1", self.upstream)
                await self.answer(head, body, writer, *store)
        except (Gone, ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            if store:
                store[1].close()

    async def answer(self, head, body, client, store_reader, store):
        fault = self.choose()
        self.counts[fault] += 1
        service = target[1] if (target := re.search(rb"(?i)x-amz-target: (DynamoDB|AmazonSQS)", head)) else b"S3"
        if fault == "lost request":
            raise Gone
        if fault in ("throttled", "failed"):
            status, kind, text = (REFUSALS if fault == "throttled" else FAILURES)[service.decode()]
            client.write(
                f"HTTP/1.1 {status} No\r\nContent-Type: {kind}\r\nContent-Length: {len(text)}\r\n\r\n{text}".encode())
            return
        if fault == "slow":
            await asyncio.sleep(self.random.uniform(0.5, 4))
        store.write(head + body)
        head, body = await message(store_reader, of_request=head.startswith(b"HEAD "))
        if fault == "lost reply":
            raise Gone
        if fault == "torn reply":
            reply = head + body
            client.write(reply[:self.random.randrange(1, len(reply))])
            await client.drain()
            raise Gone
        client.write(head + body)
        await client.drain()

    def choose(self):
        throw = self.random.uniform(0, 100)
        for fault, share in self.faults.items():
            throw -= share
            if throw < 0:
                return fault
        return "passed on"


async def message(reader, of_request):
    """The head and the body of a request or a reply; a request, and a reply to HEAD, without a length has none."""
    head = await reader.readuntil(b"\r\n\r\n")
    if head.startswith(b"HTTP/1.1 100"):
        return await message(reader, of_request)
    if re.search(rb"(?i)\r\ntransfer-encoding: chunked", head):
        body = b""
        while not body.endswith(b"\r\n0\r\n\r\n") and body != b"0\r\n\r\n":
            line = await reader.readuntil(b"\r\n")
            body += line + await reader.readexactly(int(line.split(b";")[0], 16) + 2)
        return head, body
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    has_body = length and not (of_request and head.startswith(b"HTTP/"))
    return head, await reader.readexactly(int(length[1])) if has_body else b""
