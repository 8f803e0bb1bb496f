"""Jobs over plain HTTP: POST /-/jobs, GET /-/jobs/{id}, and the OpenAPI document that describes them."""

import base64
import concurrent.futures
import json
import urllib.error
import urllib.parse
import urllib.request

import jsonschema
import openapi_spec_validator
import pytest
from conftest import ROOT
from serving import Server

SENTENCE = {"sessionId": "s", "sentenceIndex": 0, "english": "Good morning."}
DOCUMENT = {"kind": "sentence.synthesize", "payload": SENTENCE}
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def call(server, path, body=None, method=None, **headers):
    """The status, the headers and the JSON of an answer."""
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    fields = {"Content-Type": "application/json"} if data is not None else {}
    fields.update({name.replace("_", "-"): value for name, value in headers.items()})
    request = urllib.request.Request(server.url + path, data=data, headers=fields, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, error.headers, json.loads(error.read())


def depth(server, queue="speaktracker-synthesis"):
    sqs = server.client()
    attributes = sqs.get_queue_attributes(
        QueueUrl=sqs.get_queue_url(QueueName=queue)["QueueUrl"], AttributeNames=["ApproximateNumberOfMessages"])
    return int(attributes["Attributes"]["ApproximateNumberOfMessages"])


def test_a_job_has_a_row_and_a_message(server):
    before = depth(server)
    status, headers, answer = call(server, "/-/jobs", DOCUMENT)
    assert status == 202 and answer["status"] == "PENDING"
    assert headers["Location"] == "/-/jobs/" + answer["job_id"]
    status, _, row = call(server, headers["Location"])
    assert status == 200
    assert row["job_id"] == answer["job_id"] and row["trace_id"] == answer["trace_id"]
    assert (row["status"], row["kind"]) == ("PENDING", "sentence.synthesize")
    assert depth(server) == before + 1
    item = server.client("dynamodb").get_item(
        TableName="async-job-status", Key={"job_id": {"S": answer["job_id"]}})["Item"]
    assert item["status"] == {"S": "PENDING"}


@pytest.mark.parametrize("name", ["a/b", "a b%", "작업", "statistics.aggregate@2026-11-26T00:10+09:00", "?x#y"])
def test_any_id_can_be_looked_up_where_the_answer_says(server, name):
    status, headers, answer = call(server, "/-/jobs", {**DOCUMENT, "job_id": name})
    assert status == 202 and answer["job_id"] == name
    assert call(server, headers["Location"])[2]["job_id"] == name
    assert call(server, "/-/jobs/" + urllib.parse.quote(name, safe=""))[2]["job_id"] == name


@pytest.mark.parametrize(
    "body, sentence",
    [
        (b"{", "The body is not JSON: "),
        (b"", "The body is not JSON: "),
        (b"[]", "Not a valid job document: the document must be a JSON object, not array."),
        (b"{}", "Not a valid job document: kind is missing."),
        ({**DOCUMENT, "job_id": ""}, "Not a valid job document: job_id must be text of 1 to 128 characters on one line."),
        ({**DOCUMENT, "job_id": None}, "Not a valid job document: job_id must be text of 1 to 128"),
        ({**DOCUMENT, "job_id": "a\nb"}, "Not a valid job document: job_id must be text of 1 to 128"),
        ({**DOCUMENT, "queue": "x"}, "Not a valid job document: queue is not a field of a job document."),
        (
            {"kind": "sentence.synthesize", "payload": {**SENTENCE, "sentenceIndex": "0", "voice": "Amy"}},
            "Not a valid job document: payload.sentenceIndex must be a whole number from 0 to 1000000000; "
            "payload.voice is not a field of sentence.synthesize.",
        ),
    ],
)
def test_what_is_no_job_is_refused_in_a_sentence(server, body, sentence):
    before = depth(server)
    status, headers, problem = call(server, "/-/jobs", body)
    assert status == 400 and problem["status"] == 400
    assert headers["Content-Type"] == "application/problem+json"
    assert problem["detail"].startswith(sentence)
    assert depth(server) == before


def test_other_requests_are_refused_in_a_sentence(server):
    assert call(server, "/-/jobs/none")[::2] == (
        404, {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "There is no job of this id."})
    assert call(server, "/-/jobs/%FF")[0] == 404
    assert call(server, "/-/nothing")[0] == 404
    status, headers, problem = call(server, "/-/jobs", method="GET")
    assert (status, headers["Allow"], problem["detail"]) == (405, "POST", "This page takes POST only.")
    assert call(server, "/-/jobs/x", method="DELETE")[0] == 405
    status, _, problem = call(server, "/-/jobs", DOCUMENT, Content_Type="text/plain")
    assert (status, problem["detail"]) == (415, "A job document is sent with Content-Type: application/json.")
    assert call(server, "/-/jobs", DOCUMENT, Content_Type="Application/JSON; charset=utf-8")[0] == 202
    long = {"kind": "sentence.synthesize", "payload": {**SENTENCE, "english": "x" * (1 << 20)}}
    assert call(server, "/-/jobs", long)[0] == 413


def test_an_id_in_use_is_refused_for_another_job_and_taken_for_the_same(server, speaktracker, tmp_path):
    document = {**DOCUMENT, "job_id": "in-use"}
    other = {**document, "payload": {**document["payload"], "english": "Something else."}}
    assert call(server, "/-/jobs", document)[0] == 202
    status, _, problem = call(server, "/-/jobs", other)
    assert (status, problem["detail"]) == (409, "Another job of this id waits, or is being worked on.")
    assert call(server, "/-/jobs", document)[0] == 202
    assert call(server, "/-/jobs/in-use")[2]["payload"]["english"] == document["payload"]["english"]
    result = speaktracker("enqueue", "-", "--endpoint", server.url, stdin=json.dumps(other))
    assert result.returncode == 1 and "Another job with the id in-use waits" in result.stderr


def test_pages_to_look_at_take_nothing(server):
    for page in ("/-/health", "/-/ready", "/-/metrics", "/-/openapi.json"):
        status, headers, problem = call(server, page, {})
        assert (status, headers["Allow"], problem["detail"]) == (405, "GET", "This page takes GET only."), page


def test_a_body_that_is_too_large_is_refused_in_a_sentence(server):
    status, headers, problem = call(server, "/-/jobs", b" " * (17 << 20))
    assert (status, headers["Content-Type"], problem["status"]) == (413, "application/problem+json", 413)


def test_a_key_makes_repeats_harmless(server):
    before = depth(server)
    first = call(server, "/-/jobs", DOCUMENT, Idempotency_Key="k-1")
    again = call(server, "/-/jobs", DOCUMENT, Idempotency_Key="k-1")
    # Members in another order and other spaces are the same document.
    other_spelling = json.dumps(dict(reversed(DOCUMENT.items())), indent=4).encode()
    assert (first[0], first[2]) == (again[0], again[2]) == call(server, "/-/jobs", other_spelling, Idempotency_Key="k-1")[::2]
    assert first[1]["Location"] == again[1]["Location"]
    assert (first[1]["Idempotency-Replayed"], again[1]["Idempotency-Replayed"]) == (None, "true")
    assert depth(server) == before + 1
    changed = {"kind": "sentence.synthesize", "payload": {**SENTENCE, "english": "Good evening."}}
    status, _, problem = call(server, "/-/jobs", changed, Idempotency_Key="k-1")
    assert (status, problem["detail"]) == (422, "This Idempotency-Key was used for another document before.")
    assert call(server, "/-/jobs", DOCUMENT, Idempotency_Key="k-2")[2]["job_id"] != first[2]["job_id"]
    for wrong in ("", "x" * 256, "\u00e9"):
        assert call(server, "/-/jobs", DOCUMENT, Idempotency_Key=wrong)[0] == 400
    assert depth(server) == before + 2


def test_a_refused_document_does_not_use_up_its_key(server):
    assert call(server, "/-/jobs", {"kind": "x"}, Idempotency_Key="k-3")[0] == 400
    assert call(server, "/-/jobs", DOCUMENT, Idempotency_Key="k-3")[0] == 202


def test_of_many_at_once_with_one_key_one_makes_the_job(server):
    before = depth(server)
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: call(server, "/-/jobs", DOCUMENT, Idempotency_Key="many")[::2], range(32)))
    assert {status for status, _ in answers} == {202}
    assert len({answer["job_id"] for _, answer in answers}) == 1
    assert depth(server) == before + 1


def test_a_traceparent_is_taken_on_and_a_wrong_one_ignored(server):
    def sent(**headers):
        return call(server, "/-/jobs", DOCUMENT, **headers)[2]

    assert sent(traceparent=f"00-{TRACE}-00f067aa0ba902b7-01")["trace_id"] == TRACE
    for wrong in (f"00-{'0' * 32}-00f067aa0ba902b7-01", "x", f"00-{TRACE.upper()}-00f067aa0ba902b7-01"):
        assert sent(traceparent=wrong)["trace_id"] not in (TRACE, "0" * 32)
    sqs = server.client()
    url = sqs.get_queue_url(QueueName="speaktracker-synthesis")["QueueUrl"]
    sqs.purge_queue(QueueUrl=url)
    sent(traceparent=f"00-{TRACE}-00f067aa0ba902b7-01")
    message = sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"], WaitTimeSeconds=5)["Messages"][0]
    assert message["MessageAttributes"]["traceparent"]["StringValue"].startswith(f"00-{TRACE}-")


def test_what_was_taken_survives_a_kill(binary, tmp_path):
    server = Server(binary, tmp_path / "data")
    _, headers, answer = call(server, "/-/jobs", DOCUMENT, Idempotency_Key="k")
    server.process.kill()
    server.process.wait()
    again = Server(binary, tmp_path / "data")
    assert call(again, headers["Location"])[2]["status"] == "PENDING"
    assert call(again, "/-/jobs", DOCUMENT, Idempotency_Key="k")[2] == answer
    assert depth(again) == 1
    assert again.stop() == 0


def test_where_there_are_keys_a_job_needs_one_and_idempotency_is_each_caller_s_own(binary, tmp_path):
    keys = tmp_path / "keys"
    keys.write_text("ONE secret1\nTWO secret2\n")
    keys.chmod(0o600)
    server = Server(binary, tmp_path / "data", "--access-keys", keys)

    def basic(user):
        return {"Authorization": "Basic " + base64.b64encode(user.encode()).decode()}

    assert call(server, "/-/jobs", DOCUMENT)[0] == 401
    assert call(server, "/-/jobs/x")[0] == 401
    assert call(server, "/-/openapi.json")[0] == 401
    assert call(server, "/-/jobs", DOCUMENT, **basic("ONE:secret2"))[0] == 401
    one = call(server, "/-/jobs", DOCUMENT, Idempotency_Key="k", **basic("ONE:secret1"))
    two = call(server, "/-/jobs", DOCUMENT, Idempotency_Key="k", **basic("TWO:secret2"))
    assert one[0] == two[0] == 202 and one[2]["job_id"] != two[2]["job_id"]
    assert server.stop() == 0


def test_the_openapi_document_is_valid_and_describes_the_examples(server):
    status, _, document = call(server, "/-/openapi.json")
    assert status == 200
    openapi_spec_validator.validate(document)
    assert document["openapi"] == "3.1.0"
    schemas = document["components"]["schemas"]
    examples = [path for path in sorted((ROOT / "jobs").glob("*.json")) if not path.name.endswith(".schema.json")]
    assert len(examples) == 6
    for path in examples:
        example = json.loads(path.read_text())
        schema = {"$ref": f"#/components/schemas/{example['kind']}", "components": document["components"]}
        jsonschema.Draft202012Validator(schema).validate(example)
        jsonschema.Draft202012Validator({**schema, "$ref": "#/components/schemas/Job"}).validate(example)
        del example["job_id"]
        jsonschema.Draft202012Validator(schema).validate(example)
    assert set(schemas["Job"]["discriminator"]["mapping"]) == {json.loads(path.read_text())["kind"] for path in examples}
    answers = document["paths"]["/-/jobs"]["post"]["responses"]
    assert set(answers) >= {"202", "400", "401", "413", "415", "422", "503"}
