"""An archive with every kind of damage: each good recording has its result, each bad one a line that says why."""

import os

import archives
import pytest

FULL = os.environ.get("SPEAKTRACKER_DAMAGE") == "full"
GOOD, BAD = (1000, 300) if FULL else (20, len(archives.SOUNDS) + len(archives.TEXTS))


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "archive"
    yield folder, archives.good(folder, GOOD), archives.damaged(folder, BAD)
    for path in folder.rglob("*.wav"):
        if path.is_file() and not path.is_symlink():
            path.chmod(0o600)


def test_damage_costs_its_own_lines_and_no_more(speaktracker, archive, tmp_path):
    folder, good, bad = archive
    output = tmp_path / "results.jsonl"
    run = speaktracker("rescore", folder, "--output", output)
    assert run.returncode == 0, run.stderr
    found = archives.results(output)
    assert {name for name, line in found.items() if "error" not in line} == good
    assert {name for name, line in found.items() if "error" in line} == set(bad)
    for name, word in bad.items():
        reason = found[name]["error"]
        assert word in reason, (name, reason)
        assert len(reason) > 15 and "\n" not in reason and str(folder) not in reason, (name, reason)
    assert f"{len(good) + len(bad)} of {len(good) + len(bad)}, {len(bad)} failed" in run.stderr


def test_a_dry_run_says_what_is_missing_and_writes_nothing(speaktracker, archive, tmp_path):
    folder, good, bad = archive
    before = sorted(tmp_path.rglob("*"))
    run = speaktracker("rescore", folder, "--dry-run", "--processes", 2)
    assert run.returncode == 0, run.stderr
    assert sorted(tmp_path.rglob("*")) == before
    lines = run.stdout.splitlines()
    assert lines[0].startswith("Recordings: ")
    without_text = sum(word in ("no text beside", "no recording beside", "empty", "UTF-8", "bytes") for word in bad.values())
    assert any(line.startswith(f"Without a recording or a text: ") for line in lines), without_text
    assert any(line.startswith("Without a file: ") for line in lines)
    assert any(line.startswith("Time: about ") and "in 2 processes" in line for line in lines)


def test_damaged_lines_of_a_manifest_cost_themselves(speaktracker, tmp_path):
    archives.good(tmp_path, 1)
    name, text = "good/00000.flac", archives.READINGS["plain-slt"]["text"]
    manifest = tmp_path / "list.jsonl"
    manifest.write_bytes(
        f'{{"id": "a", "audio": "{name}", "text": "{text}"}}\n'.encode()
        + b'{"id": "b", "audio": "good/00000.flac", "text": "\xe9"}\n' + b'{"id": "c"\n' + b"\0\0\0\n" + b"[]\n"
        + b'{"id": "d", "audio": 7, "text": "Hello"}\n' + b'{"id": "a", "audio": "x.wav", "text": "Hello"}\n'
        + b'{"id": "e", "audio": "nul\\u0000.wav", "text": "Hello"}\n'
        + b'{"id": "f", "audio": "s3://elsewhere/f.wav", "text": "Hello"}\n')
    output = tmp_path / "results.jsonl"
    run = speaktracker("rescore", manifest, "--output", output)
    assert run.returncode == 0, run.stderr
    found = archives.results(output)
    assert "error" not in found.pop("a")
    assert set(found) == {"line 2", "line 3", "line 4", "line 5", "d", "a#2", "e", "f"}
    assert all(line["error"] for line in found.values())
    assert "--endpoint" in found["f"]["error"]
