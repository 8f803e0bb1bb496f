"""The schema files, the examples and the program agree on what a job document is."""

import copy
import json

import jsonschema
import pytest
from conftest import ROOT

KINDS = sorted(path.name.removesuffix(".schema.json") for path in (ROOT / "jobs").glob("*.schema.json"))


def schema(kind):
    return json.loads((ROOT / "jobs" / f"{kind}.schema.json").read_text())


def example(kind):
    return json.loads((ROOT / "jobs" / f"{kind}.json").read_text())


def validator(kind):
    return jsonschema.Draft202012Validator(
        schema(kind), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def variants(kind):
    """The example with one thing changed, again and again."""
    base = example(kind)
    for name in base["payload"]:
        for value in (None, "", "x", "a\nb", "y" * 2000, -1, 0, 0.5, 1, 2, 3.0, 10**12, True, [], {}, "2025-02-30",
                      "2025-01-24", "2025-01-24T25:00:00Z", "2025-01-24T09:30:00.123456Z", "a@b", "a b@c"):
            changed = copy.deepcopy(base)
            changed["payload"][name] = value
            yield changed
        changed = copy.deepcopy(base)
        del changed["payload"][name]
        yield changed
    for name in ("job_id", "kind", "payload"):
        changed = copy.deepcopy(base)
        del changed[name]
        yield changed
    yield {**base, "colour": "red"}
    yield {**base, "payload": {**base["payload"], "colour": "red"}}
    yield {**base, "job_id": ""}
    yield {**base, "job_id": "z" * 129}
    yield {**base, "job_id": 7}
    yield {**base, "payload": []}


def test_there_is_a_schema_for_every_kind():
    assert len(KINDS) == 6


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_is_one_and_the_example_fits_it(kind):
    jsonschema.Draft202012Validator.check_schema(schema(kind))
    validator(kind).validate(example(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_program_refuses_what_the_schema_refuses_and_nothing_else(kind, speaktracker):
    documents = [*variants(kind), example(kind)]
    expected = [validator(kind).is_valid(document) for document in documents]
    result = speaktracker(
        "enqueue", "-", "--check", stdin="".join(json.dumps(document) + "\n" for document in documents))
    refused = {int(line.split("line ")[1].split(":")[0]) - 1 for line in result.stderr.splitlines() if "line " in line}
    disagreements = [
        (document, valid) for index, (document, valid) in enumerate(zip(documents, expected))
        if valid != (index not in refused)
    ]
    assert disagreements == []
    assert True in expected and False in expected
