"""What `rescore` reads, what it shows on the way, and what it writes for other programs."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import xml.etree.ElementTree

import archives
import parselmouth
import pytest
from conftest import ROOT
from parselmouth.praat import call
from serving import Server

NAMES = ["plain-slt", "plain-rms", "plain-awb"]


def scored(speaktracker, source, output, *options):
    run = speaktracker("rescore", source, "--output", output, *options)
    assert run.returncode == 0, run.stderr
    return archives.results(output)


def test_a_folder_a_prefix_and_tab_separated_values_give_the_same_scores(binary, speaktracker, tmp_path):
    folder = tmp_path / "archive"
    paths = {name: archives.place(folder, f"class 1/{name}", name) for name in NAMES}
    (folder / "class 1/alone.txt").write_text("Nobody read this.")
    rows = ["audio\ttext\tid\tspeaker\ttimestamp"] + [
        f"archive/class 1/{path.name}\t{archives.READINGS[name]['text']}\tclass 1/{name}\tanna\t2026-01-05T03:00:00Z"
        for name, path in paths.items()]
    (tmp_path / "list.tsv").write_text("\n".join(rows) + "\n")
    local = scored(speaktracker, folder, tmp_path / "folder.jsonl")
    listed = scored(speaktracker, tmp_path / "list.tsv", tmp_path / "list.jsonl")
    server = Server(binary, tmp_path / "data")
    s3 = server.client("s3")
    s3.create_bucket(Bucket="recordings")
    for path in folder.rglob("*.*"):
        s3.put_object(Bucket="recordings", Key=f"2025/{path.relative_to(folder)}", Body=path.read_bytes())
    prefix = ["s3://recordings/2025/", "--endpoint", server.url]
    stored = scored(speaktracker, prefix[0], tmp_path / "stored.jsonl", *prefix[1:])
    assert scored(speaktracker, "s3://recordings/2025", tmp_path / "bare.jsonl", *prefix[1:]) == stored
    dry = speaktracker("rescore", *prefix, "--dry-run")
    assert dry.returncode == 0 and dry.stdout.startswith("Recordings: 3\nWithout a recording or a text: 1\n"), dry.stdout
    assert set(stored) == set(local) == {f"class 1/{name}" for name in NAMES} | {"class 1/alone.txt"}
    for name in NAMES:
        line = local[f"class 1/{name}"]
        assert line["overall_score"] > 0 and stored[f"class 1/{name}"] == line
        assert listed[f"class 1/{name}"] == {
            **line, "audio": f"archive/{line['audio']}", "speaker": "anna", "timestamp": "2026-01-05T03:00:00Z"}
    assert server.stop() == 0
    gone = speaktracker("rescore", prefix[0], "--output", tmp_path / "none.jsonl", *prefix[1:])
    assert gone.returncode == 69, gone.stderr


def test_segments_are_scored_as_if_they_were_cut_out(speaktracker, tmp_path):
    kaldi = tmp_path / "kaldi"
    kaldi.mkdir()
    slt, rms = (archives.SAMPLES / archives.READINGS[name]["audio"] for name in ("plain-slt", "plain-rms"))
    cut = {}
    for name, path in (("a", slt), ("b", rms)):
        cut[name] = kaldi / f"{name}.wav"
        subprocess.run(["sox", path, "-r", "16000", "-b", "16", cut[name], "remix", "1"], check=True)
    subprocess.run(["sox", cut["a"], cut["b"], kaldi / "both.wav"], check=True)
    length = float(subprocess.run(["soxi", "-D", cut["a"]], check=True, capture_output=True, text=True).stdout)
    texts = {"a": archives.READINGS["plain-slt"]["text"], "b": archives.READINGS["plain-rms"]["text"]}
    (kaldi / "text").write_text("".join(f"{name} {text}\n" for name, text in texts.items()) + "c LATER\n")
    (kaldi / "utt2spk").write_text("a anna\nb ben\nc anna\n")
    (kaldi / "wav.scp").write_text("both both.wav\n")
    (kaldi / "segments").write_text(f"a both 0 {length}\nb both {length} 99\nc both 60 61\n")
    found = scored(speaktracker, kaldi, tmp_path / "segments.jsonl")
    assert [found[name].get("speaker") for name in "abc"] == ["anna", "ben", None]
    assert "60000 ms" in found["c"]["error"]
    for name in "ab":
        whole = json.loads(speaktracker("score", cut[name], "--text", texts[name], "--json").stdout)
        assert abs(found[name]["overall_score"] - whole["overall_score"]) < 0.5
        assert found[name]["words"][-1]["end_ms"] <= found[name]["audio_duration_ms"] + 10


def test_plain_lines_without_a_terminal_and_a_bar_on_one(binary, speaktracker, tmp_path):
    archives.good(tmp_path / "archive", 6)
    run = speaktracker("rescore", tmp_path / "archive", "--output", tmp_path / "plain.jsonl")
    assert "\r" not in run.stderr and "\x1b" not in run.stderr
    assert re.fullmatch(r"6 of 6, 0 failed, [\d.]+ a second, in \d+ s\n", run.stderr)
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [binary, "rescore", tmp_path / "archive", "--output", tmp_path / "bar.jsonl"], stderr=child, cwd=ROOT)
    os.close(child)
    shown = b""
    try:
        while more := os.read(parent, 4096):
            shown += more
    except OSError:
        pass  # The other end of a terminal is closed that way.
    assert process.wait() == 0
    text = shown.decode()
    assert "█" in text and "6 of 6, 0 failed" in text and text.endswith("\n")
    assert re.search(r"\d+ of 6, 0 failed, [\d.]+ a second, \d+ s left", text)


def test_exports_open_in_the_programs_they_are_for(speaktracker, tmp_path):
    folder = tmp_path / "archive"
    for name in NAMES:
        archives.place(folder, f"class 1/{name}", name)
    (folder / "class 1/empty.wav").write_bytes(b"")
    (folder / "class 1/empty.txt").write_text('Say "yes", please')
    results = tmp_path / "results.jsonl"
    found = scored(
        speaktracker, folder, results, "--csv", tmp_path / "table.csv", "--plots", tmp_path / "plots",
        "--pick", "class 1/plain-rms", "--pick", "class 1/empty")
    run = speaktracker(
        "rescore", "export", results, "--csv", tmp_path / "again.csv", "--ctm", tmp_path / "words.ctm", "--textgrids",
        tmp_path / "grids", "--webvtt", tmp_path / "captions", "--audacity", tmp_path / "labels")
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "table.csv").read_bytes() == (tmp_path / "again.csv").read_bytes()
    table = {row["id"]: row for row in csv.DictReader(io.StringIO((tmp_path / "table.csv").read_bytes().decode(), newline=""))}
    assert set(table) == set(found)
    assert float(table["class 1/plain-slt"]["overall_score"]) == found["class 1/plain-slt"]["overall_score"]
    assert table["class 1/empty"]["error"] == found["class 1/empty"]["error"]
    files = {f"class%201%2F{name}" for name in NAMES}
    for kind, ending in (("grids", ".TextGrid"), ("captions", ".vtt"), ("labels", ".txt")):
        assert {path.name for path in (tmp_path / kind).iterdir()} == {name + ending for name in files}
    words = [word["text"] for word in found["class 1/plain-rms"]["words"]]
    grid = parselmouth.read(str(tmp_path / "grids/class%201%2Fplain-rms.TextGrid"))
    labels = [call(grid, "Get label of interval", 1, n + 1) for n in range(call(grid, "Get number of intervals", 1))]
    assert [label for label in labels if label] == words
    lines = [line.split(" ") for line in (tmp_path / "words.ctm").read_text().splitlines()]
    assert all(len(line) == 6 for line in lines)
    assert [line[4] for line in lines if line[0] == "class%201%2Fplain-rms"] == words
    assert [line[0] for line in lines] == sorted(line[0] for line in lines)
    captions = (tmp_path / "captions/class%201%2Fplain-rms.vtt").read_text()
    assert captions.startswith("WEBVTT\n\n") and captions.count(" --> ") == len(words)
    track = (tmp_path / "labels/class%201%2Fplain-rms.txt").read_text().splitlines()
    assert all(float(line.split("\t")[0]) < float(line.split("\t")[1]) for line in track) and len(track) == len(words)
    pictures = list((tmp_path / "plots").iterdir())
    assert [path.name for path in pictures] == ["class%201%2Fplain-rms.svg"]
    assert words[0] in " ".join(xml.etree.ElementTree.parse(pictures[0]).getroot().itertext())


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        ([], 2, "--output"),
        (["--output", "x.jsonl", "--retry"], 2, "--resume"),
        (["--output", "x.jsonl", "--resume", "--force"], 2, "--force"),
        (["--output", "x.jsonl", "--plots", "x"], 2, "--pick"),
        (["--output", "x.jsonl", "--update"], 2, "--data"),
        (["--output", "x.jsonl", "--enqueue", "--weights", "x.json"], 2, "--weights"),
        (["--output", "/nowhere/x.jsonl"], 1, "cannot be written"),
        (["--dry-run", "--processes", "0"], 2, "--processes"),
    ],
)
def test_bad_usage_is_one_clear_sentence(speaktracker, tmp_path, arguments, status, sentence):
    archives.good(tmp_path, 1)
    clean = {name: "" for name in ("AWS_ENDPOINT_URL", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE")}
    environment = {name: os.environ[name] for name in ("PATH",)} | {"HOME": str(tmp_path)}
    assert not any(os.environ.get(name) for name in clean)
    run = speaktracker("rescore", tmp_path, *arguments, environment=environment)
    assert run.returncode == status and sentence in run.stderr, run.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["list.jsonl", "-o", "list.jsonl", "--force"],
        ["list.jsonl", "-o", "link.jsonl", "--force"],
        ["list.jsonl", "-o", "a.flac", "--force"],
        ["list.jsonl", "-o", "new.jsonl", "--csv", "list.jsonl"],
        ["list.jsonl", "-o", "new.jsonl", "--csv", "new.jsonl"],
        [".", "-o", "new.jsonl", "--audacity", "."],
        ["compare", "old.jsonl", "old.jsonl", "--csv", "old.jsonl"],
        ["compare", "old.jsonl", "old.jsonl", "--html", "./old.jsonl"],
        ["export", "old.jsonl", "--ctm", "./old.jsonl"],
    ],
)
def test_what_is_read_is_never_written(binary, tmp_path, arguments):
    archives.place(tmp_path, "a", "plain-slt")
    (tmp_path / "list.jsonl").write_text('{"id":"a","audio":"a.flac","text":"Hello"}\n')
    (tmp_path / "link.jsonl").symlink_to("list.jsonl")
    (tmp_path / "old.jsonl").write_text('{"error":"It was lost.","id":"a"}\n')
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    run = subprocess.run([binary, "rescore", *arguments], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 1 and run.stderr.count("\n") == 1, run.stderr
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.stat().st_size} == before


def test_an_export_that_cannot_be_written_is_told_before_anything_is_scored(speaktracker, tmp_path):
    archives.good(tmp_path / "archive", 1)
    output = tmp_path / "results.jsonl"
    for option, target in (("--csv", tmp_path / "none/table.csv"), ("--webvtt", "/proc/captions")):
        run = speaktracker("rescore", tmp_path / "archive", "-o", output, option, target)
        assert run.returncode == 1 and not output.exists(), run.stderr


def test_the_environment_says_where_objects_are(binary, speaktracker, tmp_path):
    server = Server(binary, tmp_path / "data")
    s3, reading = server.client("s3"), archives.READINGS["plain-slt"]
    s3.put_object(
        Bucket="speaktracker-audio", Key="recordings/a.flac", Body=(archives.SAMPLES / reading["audio"]).read_bytes())
    manifest, output = tmp_path / "list.jsonl", tmp_path / "results.jsonl"
    manifest.write_text(json.dumps({"id": "a", "s3key": "recordings/a.flac", "text": reading["text"]}) + "\n")
    environment = {
        "AWS_ENDPOINT_URL": server.url, "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "any",
        "AWS_SECRET_ACCESS_KEY": "any"}
    run = speaktracker("rescore", manifest, "-o", output, environment=environment)
    assert run.returncode == 0 and archives.results(output)["a"].get("overall_score", 0) > 0, run.stderr
    assert server.stop() == 0


def test_a_picked_recording_that_cannot_be_drawn_is_told(speaktracker, tmp_path):
    archives.place(tmp_path / "archive", "a", "plain-slt").with_suffix(".txt").unlink()
    run = speaktracker(
        "rescore", tmp_path / "archive", "-o", tmp_path / "r.jsonl", "--plots", tmp_path / "plots", "--pick", "a")
    assert run.returncode == 0 and "a is not drawn: There is no text beside" in run.stderr
