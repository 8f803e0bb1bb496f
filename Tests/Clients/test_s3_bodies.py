"""Bodies of any size: in little memory, whole or not at all, and signed chunk by chunk."""

import base64
import datetime
import hashlib
import hmac
import http.client
import os
import random
import signal
import threading
import urllib.parse
import zlib

import boto3
import pytest
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from serving import Server

MIB = 1 << 20
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


def peak_memory(server):
    """The most that the server has had in memory, in MB."""
    with open(f"/proc/{server.process.pid}/status") as file:
        line = next(line for line in file if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024 / 1e6


class Pattern:
    """A file of so many bytes that exists nowhere, every block of which is another."""

    def __init__(self, size):
        self.size, self.place, self.blocks = size, 0, random.Random(1).randbytes(MIB) * 2

    def read(self, count=-1):
        count = min(count if 0 <= count <= MIB else MIB, self.size - self.place)
        start = self.place % MIB
        data = self.blocks[start:start + count]
        self.place += count
        return data


def test_a_gibibyte_up_and_down_in_little_memory(binary, tmp_path):
    server = Server(binary, tmp_path / "data")
    host = server.url.removeprefix("http://")
    s3 = server.client("s3")
    s3.create_bucket(Bucket="large")
    connection = http.client.HTTPConnection(host)
    pattern = Pattern(1 << 30)
    connection.request("PUT", "/large/whole", body=iter(lambda: pattern.read(MIB), b""), headers={"Content-Length": str(1 << 30)})
    assert connection.getresponse().read() == b""
    connection.request("GET", "/large/whole")
    answer = connection.getresponse()
    expected, got = Pattern(1 << 30), 0
    while data := answer.read(MIB):
        assert data == expected.read(len(data))
        got += len(data)
    assert got == 1 << 30
    config = TransferConfig(multipart_chunksize=16 * MIB, max_concurrency=8)
    (tmp_path / "up").write_bytes(os.urandom(128 * MIB))
    s3.upload_file(str(tmp_path / "up"), "large", "parts", Config=config)
    s3.download_file("large", "parts", str(tmp_path / "down"), Config=config)
    assert (tmp_path / "down").read_bytes() == (tmp_path / "up").read_bytes()
    assert peak_memory(server) < 80
    assert server.stop() == 0


def files(server):
    return {path for path in (server.folder / "objects").rglob("*") if path.is_file()}


@pytest.mark.parametrize("seed", range(8))
def test_a_kill_leaves_whole_objects_or_none_and_no_litter(binary, tmp_path, seed):
    generator = random.Random(seed)
    server = Server(binary, tmp_path / "data")
    s3 = server.client("s3", read_timeout=20)
    s3.create_bucket(Bucket="killed")
    bodies = {f"k{number}": generator.randbytes(generator.choice([100, 30_000, 3 * MIB])) for number in range(6)}
    old = {key: b"old " + key.encode() for key in list(bodies)[:3]}
    for key, body in old.items():
        s3.put_object(Bucket="killed", Key=key, Body=body)
    answered, begun = [], threading.Semaphore(0)

    def put(key):
        client = server.client("s3")
        begun.release()
        try:
            if key == "k5":
                upload = client.create_multipart_upload(Bucket="killed", Key=key)["UploadId"]
                part = client.upload_part(Bucket="killed", Key=key, UploadId=upload, PartNumber=1, Body=bodies[key])
                client.complete_multipart_upload(Bucket="killed", Key=key, UploadId=upload, MultipartUpload={
                    "Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
            else:
                client.put_object(Bucket="killed", Key=key, Body=bodies[key])
            answered.append(key)
        except (BotoCoreError, ClientError):
            pass

    threads = [threading.Thread(target=put, args=(key,)) for key in bodies]
    for thread in threads:
        thread.start()
    for _ in threads:
        begun.acquire()
    # The moment is another in every run: after some of them were answered, or none.
    while len(answered) < seed % 6 and any(thread.is_alive() for thread in threads):
        threads[0].join(0.001)
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()
    for thread in threads:
        thread.join()

    again = Server(binary, tmp_path / "data")
    s3 = again.client("s3")
    entries = s3.list_objects_v2(Bucket="killed").get("Contents", [])
    found = {entry["Key"] for entry in entries}
    for key, body in bodies.items():
        if key not in found:
            assert key not in answered and key not in old
            continue
        data = s3.get_object(Bucket="killed", Key=key)["Body"].read()
        assert data == body or (key not in answered and data == old.get(key))
    parts = 0
    for upload in s3.list_multipart_uploads(Bucket="killed").get("Uploads", []):
        named = {"Bucket": "killed", "Key": upload["Key"], "UploadId": upload["UploadId"]}
        parts += len(s3.list_parts(**named).get("Parts", []))
    # A small body is in its row, unless it came in parts.
    assert len(files(again)) == parts + sum(entry["Size"] > 4096 or "-" in entry["ETag"] for entry in entries)
    assert again.stop() == 0


def test_a_client_that_goes_leaves_nothing(binary, tmp_path):
    server = Server(binary, tmp_path / "data")
    s3 = server.client("s3")
    s3.create_bucket(Bucket="gone")
    for _ in range(3):
        connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
        connection.putrequest("PUT", "/gone/a")
        connection.putheader("Content-Length", str(4 * MIB))
        connection.endheaders()
        connection.send(bytes(2 * MIB))
        connection.close()
    # What the server has read of them is gone once it has seen them go.
    for _ in range(1000):
        s3.list_objects_v2(Bucket="gone")
        if not files(server):
            break
    assert not files(server) and "Contents" not in s3.list_objects_v2(Bucket="gone")
    assert server.stop() == 0


# Signatures


@pytest.fixture(scope="module")
def guarded(binary, tmp_path_factory):
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "keys").write_text(f"AKID {SECRET}\n")
    (folder / "keys").chmod(0o600)
    server = Server(binary, folder / "data", "--access-keys", folder / "keys")
    client(server).create_bucket(Bucket="guarded")
    yield server
    assert server.stop() == 0


def client(server, secret=SECRET, id="AKID", **config):
    return boto3.client(
        "s3", endpoint_url=server.url, region_name="eu-west-1", aws_access_key_id=id, aws_secret_access_key=secret,
        config=Config(retries={"total_max_attempts": 1}, **config))


def test_keys_are_asked_for(guarded):
    s3 = client(guarded)
    for key in ("a", "a//b/../c", "한국어 +&=%/'", "~*!()@:,$"):
        s3.put_object(Bucket="guarded", Key=key, Body=b"1", Metadata={"a": "  spaces   inside "})
        assert s3.get_object(Bucket="guarded", Key=key)["Body"].read() == b"1"
    for secret, id, code in (("other", "AKID", "SignatureDoesNotMatch"), (SECRET, "NOBODY", "InvalidAccessKeyId")):
        with pytest.raises(ClientError) as caught:
            client(guarded, secret, id).list_objects_v2(Bucket="guarded")
        assert caught.value.response["Error"]["Code"] == code
    assert ask(guarded, "GET", "/guarded/a")[0] == 403
    assert b"<Code>AccessDenied</Code>" in ask(guarded, "GET", "/nowhere/a")[1]


def ask(server, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    connection.request(method, path, body=body, headers=headers or {})
    answer = connection.getresponse()
    return answer.status, answer.read()


@pytest.mark.parametrize("version", ["s3v4", "s3"])
def test_presigned_urls_are_checked(guarded, version):
    for style in ("path", "virtual"):
        s3 = client(guarded, signature_version=version, s3={"addressing_style": style})
        url = urllib.parse.urlsplit(s3.generate_presigned_url("put_object", Params={"Bucket": "guarded", "Key": "p q"}))
        headers = {"Host": url.netloc}
        target = f"{url.path}?{url.query}"
        assert ask(guarded, "PUT", target, b"presigned", headers)[0] == 200
        assert ask(guarded, "GET", target, None, headers)[0] == 403
        url = urllib.parse.urlsplit(s3.generate_presigned_url(
            "get_object", Params={"Bucket": "guarded", "Key": "p q", "ResponseContentType": "a/b"}))
        target = f"{url.path}?{url.query}"
        assert ask(guarded, "GET", target, None, headers) == (200, b"presigned")
        for changed in (target.replace("p%20q", "a"), target.replace("a%2Fb", "c%2Fd"), target + "0"):
            assert ask(guarded, "GET", changed, None, headers)[0] == 403


def test_a_policy_makes_audio_public(guarded):
    s3 = client(guarded)
    for key in ("tts/a.mp3", "recordings/a.webm"):
        s3.put_object(Bucket="guarded", Key=key, Body=b"sound")
    s3.put_bucket_policy(Bucket="guarded", Policy="""{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::guarded/tts/*"}]}""")
    assert s3.get_bucket_policy_status(Bucket="guarded")["PolicyStatus"]["IsPublic"]
    assert ask(guarded, "GET", "/guarded/tts/a.mp3") == (200, b"sound")
    for method, path in (("GET", "/guarded/recordings/a.webm"), ("PUT", "/guarded/tts/a.mp3"), ("DELETE", "/guarded/tts/a.mp3"),
                         ("GET", "/guarded?prefix=tts/"), ("GET", "/guarded/tts/a.mp3?tagging"), ("GET", "/guarded/tts%2F..%2Fa")):
        assert ask(guarded, method, path)[0] in (403, 404), (method, path)
    s3.delete_bucket_policy(Bucket="guarded")
    assert ask(guarded, "GET", "/guarded/tts/a.mp3")[0] == 403


class Chunks:
    """Signs a request as "transferring payload in multiple chunks" in the Amazon S3 API Reference says."""

    def __init__(self, server, key, size, payload, **headers):
        now = datetime.datetime.now(datetime.timezone.utc)
        self.time, self.day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
        self.scope = f"{self.day}/eu-west-1/s3/aws4_request"
        self.headers = {
            "host": server.url.removeprefix("http://"), "x-amz-content-sha256": payload, "x-amz-date": self.time,
            "x-amz-decoded-content-length": str(size), "content-encoding": "aws-chunked", **headers}
        names = ";".join(sorted(self.headers))
        lines = "".join(f"{name}:{self.headers[name]}\n" for name in sorted(self.headers))
        request = "\n".join(["PUT", f"/guarded/{key}", "", lines, names, payload])
        self.previous = self.sign(["AWS4-HMAC-SHA256", self.time, self.scope, digest(request.encode())])
        self.headers["authorization"] = (
            f"AWS4-HMAC-SHA256 Credential=AKID/{self.scope}, SignedHeaders={names}, Signature={self.previous}")

    def sign(self, parts):
        key = ("AWS4" + SECRET).encode()
        for part in self.scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        return hmac.new(key, "\n".join(parts).encode(), "sha256").hexdigest()

    def chunk(self, data):
        self.previous = self.sign(
            ["AWS4-HMAC-SHA256-PAYLOAD", self.time, self.scope, self.previous, digest(b""), digest(data)])
        return b"%x;chunk-signature=%s\r\n" % (len(data), self.previous.encode()) + data + (b"\r\n" if data else b"")

    def trailer(self, name, value):
        signature = self.sign(
            ["AWS4-HMAC-SHA256-TRAILER", self.time, self.scope, self.previous, digest(f"{name}:{value}\n".encode())])
        return f"{name}:{value}\r\nx-amz-trailer-signature:{signature}\r\n".encode()


def digest(data):
    return hashlib.sha256(data).hexdigest()


DATA = [os.urandom(65_536), os.urandom(65_536), os.urandom(1000)]


def crc32(data):
    return base64.b64encode(zlib.crc32(data).to_bytes(4)).decode()


def test_signed_chunks(guarded):
    for changed in (False, True):
        chunks = Chunks(guarded, "chunks", sum(map(len, DATA)), "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
        body = b"".join(map(chunks.chunk, DATA)) + chunks.chunk(b"") + b"\r\n"
        if changed:
            body = body.replace(DATA[1][:20], DATA[1][1:21])
        status, answer = ask(guarded, "PUT", "/guarded/chunks", body, chunks.headers)
        assert status == (403 if changed else 200), answer
    assert client(guarded).get_object(Bucket="guarded", Key="chunks")["Body"].read() == b"".join(DATA)


def test_signed_chunks_with_a_signed_trailer(guarded):
    for value, expected in ((crc32(b"".join(DATA)), 200), (crc32(b""), 400)):
        chunks = Chunks(guarded, "trailer", sum(map(len, DATA)), "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                        **{"x-amz-trailer": "x-amz-checksum-crc32"})
        body = b"".join(map(chunks.chunk, DATA)) + chunks.chunk(b"") + chunks.trailer("x-amz-checksum-crc32", value) + b"\r\n"
        assert ask(guarded, "PUT", "/guarded/trailer", body, chunks.headers)[0] == expected
    found = client(guarded).get_object(Bucket="guarded", Key="trailer", ChecksumMode="ENABLED")
    assert found["ChecksumCRC32"] == crc32(b"".join(DATA)) and found["Body"].read() == b"".join(DATA)
    assert "ContentEncoding" not in found
    chunks = Chunks(guarded, "trailer", 1000, "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                    **{"x-amz-trailer": "x-amz-checksum-crc32"})
    unsigned = f"x-amz-checksum-crc32:{crc32(DATA[2])}\r\n\r\n".encode()
    assert ask(guarded, "PUT", "/guarded/trailer", chunks.chunk(DATA[2]) + chunks.chunk(b"") + unsigned, chunks.headers)[0] == 403


@pytest.mark.parametrize("name, value", [
    ("x-amz-checksum-crc32", crc32(DATA[2])),
    ("x-amz-checksum-sha256", base64.b64encode(hashlib.sha256(DATA[2]).digest()).decode()),
])
def test_unsigned_chunks_with_a_trailer(guarded, name, value):
    for given, expected in ((value, 200), (value[::-1].strip("=") + "=" * value.count("="), 400), (None, 400)):
        chunks = Chunks(guarded, "unsigned", 1000, "STREAMING-UNSIGNED-PAYLOAD-TRAILER", **{"x-amz-trailer": name})
        trailer = f"{name}:{given}\r\n" if given else ""
        body = b"3e8\r\n" + DATA[2] + b"\r\n0\r\n" + trailer.encode() + b"\r\n"
        assert ask(guarded, "PUT", "/guarded/unsigned", body, chunks.headers)[0] == expected
    assert client(guarded).get_object(Bucket="guarded", Key="unsigned")["Body"].read() == DATA[2]


def test_a_body_that_is_not_what_was_signed_is_refused(guarded):
    s3 = client(guarded)
    s3.put_object(Bucket="guarded", Key="signed", Body=b"first")
    short = Chunks(guarded, "signed", 4, "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
    body = short.chunk(b"abc") + short.chunk(b"") + b"\r\n"
    assert ask(guarded, "PUT", "/guarded/signed", body, short.headers)[0] == 400
    assert s3.get_object(Bucket="guarded", Key="signed")["Body"].read() == b"first"
