"""Who gets in: requests signed by botocore are taken, and refused once anything in them is changed."""

import base64
import datetime
import random
import string
import urllib.error
import urllib.parse
import urllib.request
from unittest import mock

import boto3
import botocore.auth
import pytest
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from serving import Server

SECRETS = {"AKIDONE": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "AKIDTWO": "s3cret/+="}


@pytest.fixture(scope="module")
def server(binary, tmp_path_factory):
    folder = tmp_path_factory.mktemp("guarded")
    keys = folder / "keys"
    keys.write_text("# the school's\n\n" + "".join(f"{id} {secret}\n" for id, secret in SECRETS.items()))
    keys.chmod(0o600)
    server = Server(binary, folder / "data", "--access-keys", keys)
    yield server
    assert server.stop() == 0


def client(server, id="AKIDONE", secret=None, service="sqs"):
    return boto3.client(
        service, endpoint_url=server.url, region_name="ap-northeast-2", aws_access_key_id=id,
        aws_secret_access_key=secret or SECRETS.get(id, "x"), config=Config(retries={"total_max_attempts": 1}))


def send(server, method, path, headers, body):
    """The status and the error code."""
    request = urllib.request.Request(server.url + path, data=body, headers=dict(headers), method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, None
    except urllib.error.HTTPError as error:
        text = error.read().decode()
        code = error.headers.get("x-amzn-query-error", "").split(";")[0]
        return error.code, code or text.split("<Code>")[1].split("<")[0]


def test_a_client_with_a_key_works(server):
    for id in SECRETS:
        assert client(server, id).list_queues()["QueueUrls"]
    assert client(server, service="sts").get_caller_identity()["Account"]


@pytest.mark.parametrize(
    "id, secret, code",
    [
        ("AKIDONE", "another", "SignatureDoesNotMatch"), ("NOBODY", "x", "InvalidClientTokenId"),
        ("AKIDONE", SECRETS["AKIDTWO"], "SignatureDoesNotMatch"),
    ],
)
def test_a_wrong_key_is_refused(server, id, secret, code):
    with pytest.raises(ClientError) as caught:
        client(server, id, secret).list_queues()
    assert caught.value.response["Error"]["Code"] == code
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_a_request_without_a_signature_is_refused_in_both_protocols(server):
    headers = {"X-Amz-Target": "AmazonSQS.ListQueues"}
    assert send(server, "POST", "/", headers, b"{}") == (403, "MissingAuthenticationToken")
    assert send(server, "POST", "/", {}, b"Action=ListQueues") == (403, "MissingAuthenticationToken")
    assert send(server, "GET", "/?Action=ListQueues", {}, None) == (403, "MissingAuthenticationToken")
    for header in ("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential", "Basic eDp5", "AWS4-HMAC-SHA256 Credential=a/b"):
        headers["Authorization"] = header
        assert send(server, "POST", "/", headers, b"{}") == (403, "IncompleteSignature")
    with urllib.request.urlopen(server.url + "/-/health") as answer:
        assert answer.status == 200


def signed(server, generator, presigned):
    """A random request, signed: its method, path with query, headers and body."""
    def text(alphabet, most):
        return "".join(generator.choice(alphabet) for _ in range(generator.randint(1, most)))

    letters = string.ascii_letters + string.digits
    awkward = letters + " +/&=%~-_.!*'(),:;@$가é\u00ff\U0001f600"
    path = "/" + urllib.parse.quote("/".join(text(awkward, 12) for _ in range(generator.randint(0, 3))), safe="/~")
    query = [("Action", "ListQueues")] + [(text(letters, 8), text(awkward, 20)) for _ in range(generator.randint(0, 4))]
    generator.shuffle(query)
    headers = {"X-Amz-" + text(string.ascii_letters, 10): text(letters + "  ", 30).strip() or "x"
               for _ in range(generator.randint(0, 3))}
    url = server.url + path + "?" + urllib.parse.urlencode(query, quote_via=urllib.parse.quote)
    request = AWSRequest(method="GET", url=url, headers=headers, data=b"")
    id = generator.choice(sorted(SECRETS))
    signer = botocore.auth.SigV4QueryAuth if presigned else botocore.auth.SigV4Auth
    signer(Credentials(id, SECRETS[id]), "sqs", generator.choice(["us-east-1", "ap-northeast-2"])).add_auth(request)
    return request.method, request.url[len(server.url):], dict(request.headers), b""


def changed(generator, character):
    return generator.choice([other for other in string.hexdigits.lower() if other != character.lower()])


@pytest.mark.parametrize("presigned", [False, True])
def test_random_requests_are_taken_as_signed_and_refused_when_one_thing_is_changed(server, presigned):
    generator = random.Random(20261125 + presigned)
    for _ in range(150):
        method, path, headers, body = signed(server, generator, presigned)
        assert send(server, method, path, headers, body)[0] == 200, (path, headers)
        others = {
            "method": ("DELETE", path, headers, body),
            "path": (method, path.replace("?", "x?", 1), headers, body),
            "query": (method, path + "&more=1", headers, body),
            "body": (method, path, {**headers, "Content-Type": "text/plain"}, b"x"),
            "unsigned header": (method, path, {**headers, "X-Amz-Unsigned": "1"}, body),
        }
        for name in headers:
            if name.lower().startswith("x-amz-") and name.lower() != "x-amz-date":
                others[name] = (method, path, {**headers, name: headers[name] + "x"}, body)
        if presigned:
            place = path.index("X-Amz-Signature=") + 16 + generator.randrange(64)
            others["signature"] = (method, path[:place] + changed(generator, path[place]) + path[place + 1:], headers, body)
            others["expiry"] = (method, path.replace("X-Amz-Expires=3600", "X-Amz-Expires=3601"), headers, body)
        else:
            header = headers["Authorization"]
            place = len(header) - 64 + generator.randrange(64)
            wrong = header[:place] + changed(generator, header[place]) + header[place + 1:]
            others["signature"] = (method, path, {**headers, "Authorization": wrong}, body)
            others["region"] = (method, path, {**headers, "Authorization": header.replace("/sqs/", "/sns/")}, body)
        name = generator.choice(sorted(others))
        status, code = send(server, *others[name])
        assert (status, code) == (403, "SignatureDoesNotMatch"), (name, path, headers)


@pytest.mark.parametrize("minutes, allowed", [(-16, False), (-14, True), (14, True), (16, False)])
def test_clocks_may_differ_by_a_quarter_of_an_hour(server, minutes, allowed):
    other = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None) + datetime.timedelta(minutes=minutes)
    with mock.patch.object(botocore.auth, "get_current_datetime", return_value=other):
        if allowed:
            assert client(server).list_queues()
            return
        with pytest.raises(ClientError) as caught:
            client(server).list_queues()
    error = caught.value.response["Error"]
    assert error["Code"] == "SignatureDoesNotMatch"
    assert ("expired" in error["Message"]) == (minutes < 0)


def test_a_presigned_request_ends(server):
    past = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None) - datetime.timedelta(seconds=100)
    for expires, status in ((60, 403), (600, 200)):
        request = AWSRequest(method="GET", url=server.url + "/?Action=ListQueues")
        with mock.patch.object(botocore.auth, "get_current_datetime", return_value=past):
            botocore.auth.SigV4QueryAuth(
                Credentials("AKIDONE", SECRETS["AKIDONE"]), "sqs", "us-east-1", expires=expires).add_auth(request)
        assert send(server, "GET", request.url[len(server.url):], {}, None)[0] == status


@pytest.mark.parametrize(
    "text, mode, sentence",
    [
        ("AKID secret\n", 0o644, "chmod 600"), ("AKID\n", 0o600, "Line 1 of"), ("A b\nA c\n", 0o600, "repeats the id"),
        ("# nothing\n", 0o600, "There is no access key"), (None, None, "cannot be read"),
    ],
)
def test_a_file_of_keys_that_is_not_good_is_refused(speaktracker, tmp_path, text, mode, sentence):
    keys = tmp_path / "keys"
    if text is not None:
        keys.write_text(text)
        keys.chmod(mode)
    result = speaktracker("serve", "--data", tmp_path / "data", "--port", 0, "--access-keys", keys)
    assert result.returncode == 1 and sentence in result.stderr
    assert not (tmp_path / "data").exists()


def test_the_world_may_only_be_listened_to_with_keys(speaktracker, tmp_path):
    result = speaktracker("serve", "--data", tmp_path / "data", "--host", "0.0.0.0")
    assert result.returncode == 2 and "--access-keys" in result.stderr


def page(server, path, user=None):
    """The status and the text of a page for operators."""
    request = urllib.request.Request(server.url + path)
    if user:
        request.add_header("Authorization", "Basic " + base64.b64encode(user.encode()).decode())
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_probes_need_no_key_and_the_metrics_do(server):
    assert page(server, "/-/health") == (200, '{"status":"ok"}')
    assert page(server, "/-/metrics")[0] == 401
    for wrong in ["AKIDONE:wrong", "AKIDONE", "nobody:" + SECRETS["AKIDONE"], "AKIDONE:" + SECRETS["AKIDTWO"], ":"]:
        assert page(server, "/-/metrics", wrong)[0] == 401, wrong
    for id, secret in SECRETS.items():
        status, text = page(server, "/-/metrics", f"{id}:{secret}")
        assert status == 200 and 'speaktracker_store_commits_total{synced="true"}' in text
