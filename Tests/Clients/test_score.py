"""`score` and `rescore` as their users meet them: cards, JSON, TextGrids, pictures, archives."""

import json
import os
import signal
import subprocess
import xml.etree.ElementTree

import parselmouth
import pytest
from conftest import ROOT
from parselmouth.praat import call

SAMPLES = ROOT / "audio-samples"
MANIFEST = [json.loads(line) for line in (SAMPLES / "manifest.jsonl").read_text().splitlines()]
READINGS = [entry for entry in MANIFEST if entry.get("text")]
REFUSED = {"silent", "broken"}
NAMES = {
    "id", "audio", "text", "overall_score", "accuracy_score", "fluency_score", "prosody_score", "completeness_score",
    "grade", "missed_words", "extra_words", "audio_duration_ms", "speaking_duration_ms", "pace_ratio",
    "net_speaking_density", "words", "scorer",
}


def reading(name):
    return next(entry for entry in READINGS if entry["id"] == name)


def score(speaktracker, name, *options):
    entry = reading(name)
    return speaktracker("score", SAMPLES / entry["audio"], "--text", entry["text"], *options)


def test_a_card_shows_words_scores_and_what_to_practise(speaktracker):
    result = score(speaktracker, "plain-slt")
    assert result.returncode == 0 and result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[0] == "I would like a cup of coffee please"
    for name in ("overall", "accuracy", "fluency", "prosody", "completeness"):
        assert any(line.strip().startswith(name) for line in lines)
    assert any("가" <= letter <= "힣" for letter in result.stdout)


def test_json_has_every_member_and_words_in_order(speaktracker):
    result = json.loads(score(speaktracker, "plain-rms", "--json").stdout)
    assert set(result) == NAMES - {"id"}
    assert [word["text"] for word in result["words"]] == "Could you tell me the way to the station".split()
    times = [time for word in result["words"] for time in (word["start_ms"], word["end_ms"])]
    assert times == sorted(times) and times[-1] <= result["audio_duration_ms"]
    for word in result["words"]:
        assert 0 <= word["accuracy_score"] <= 100
        assert all(0 <= phone["accuracy_score"] <= 100 for phone in word["phones"])


def test_praat_opens_the_textgrid_with_words_and_phones(speaktracker, tmp_path):
    path = tmp_path / "reading.TextGrid"
    assert score(speaktracker, "plain-rms", "--textgrid", path).returncode == 0
    grid = parselmouth.read(str(path))
    names = [call(grid, "Get tier name", tier) for tier in (1, 2)]
    assert names == ["words", "phones"]
    labels = [
        call(grid, "Get label of interval", 1, number)
        for number in range(1, call(grid, "Get number of intervals", 1) + 1)
    ]
    assert [label for label in labels if label] == "Could you tell me the way to the station".split()
    assert abs(call(grid, "Get end time") - 3.23) < 0.02


def test_the_picture_is_svg_with_every_word(speaktracker, tmp_path):
    path = tmp_path / "reading.svg"
    assert score(speaktracker, "plain-slt", "--plot", path).returncode == 0
    text = " ".join(xml.etree.ElementTree.parse(path).getroot().itertext())
    for word in reading("plain-slt")["text"].replace(",", "").replace(".", "").split():
        assert word in text


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["none.wav", "--text", "Hello."], 1, "cannot be read"),
        (["README.md", "--text", "Hello."], 1, "not audio"),
        (["audio-samples/silent.flac", "--text", "Hello."], 1, "No voice can be heard"),
        (["audio-samples/plain-slt.flac", "--text", "…"], 1, "no word"),
        (["audio-samples/plain-slt.flac", "--text", "안녕하세요"], 1, "Only English"),
        (["audio-samples/plain-slt.flac", "--text", "My grandmother makes chicken soup every Sunday"], 1,
         "does not sound like the sentence"),
        (["audio-samples/plain-slt.flac"], 2, "--text"),
        (["audio-samples/plain-slt.flac", "--text", "Hello.", "--weights", "README.md"], 1, "weights"),
    ],
)
def test_what_cannot_be_scored_is_one_clear_sentence(speaktracker, arguments, status, sentence):
    result = speaktracker("score", *arguments)
    assert result.returncode == status and result.stdout == ""
    assert sentence in result.stderr


def test_hours_are_refused_in_words_a_learner_understands(speaktracker, tmp_path):
    recording = tmp_path / "hours.wav"
    subprocess.run(["sox", "-n", "-r", "8000", recording, "synth", "660", "sine", "200"], check=True)
    result = speaktracker("score", recording, "--text", "Hello")
    assert result.returncode == 1
    assert "녹음이 너무 길어요. " in result.stderr and "The recording is too long: please keep it under" in result.stderr


def rescored(speaktracker, source, output, *options):
    result = speaktracker("rescore", source, "--output", output, *options)
    assert result.returncode == 0, result.stderr
    return sorted(output.read_text().splitlines(), key=lambda line: json.loads(line)["id"])


def test_an_archive_has_the_same_bytes_on_any_number_of_processes(speaktracker, tmp_path):
    one = rescored(speaktracker, SAMPLES / "manifest.jsonl", tmp_path / "1.jsonl", "--processes", 1)
    three = rescored(speaktracker, SAMPLES / "manifest.jsonl", tmp_path / "3.jsonl", "--processes", 3)
    assert one == three
    results = {line["id"]: line for line in map(json.loads, one)}
    assert set(results) == {entry["id"] for entry in MANIFEST}
    for entry in READINGS:
        line = results[entry["id"]]
        assert set(line) == ({"id", "error"} if entry["id"] in REFUSED else NAMES), line
    assert results["word-left-out"]["missed_words"] == ["studying"]
    assert results["plain-slt"]["grade"] in ("A+", "A", "B+")


def sources(folder):
    """The same two recordings and a missing one as a Kaldi folder, as CSV and as JSON lines."""
    texts = {"a": reading("plain-slt"), "b": reading("plain-rms")}
    kaldi = folder / "kaldi"
    kaldi.mkdir()
    for entry in texts.values():
        (kaldi / entry["audio"]).write_bytes((SAMPLES / entry["audio"]).read_bytes())
    (kaldi / "wav.scp").write_text(
        "".join(f"{name} {entry['audio']}\n" for name, entry in texts.items()) + "c none.wav\nd sox x.wav - |\n")
    (kaldi / "text").write_text(
        "".join(f"{name} {entry['text'].upper()}\n" for name, entry in texts.items()) + "c HELLO\nd HELLO\n")
    rows = ["text,id,audio"] + [
        f'"{entry["text"]}",{name},kaldi/{entry["audio"]}' for name, entry in texts.items()
    ] + ['"He said ""hello"",\nthen left.",c,none.wav', "hello,d,"]
    (folder / "list.csv").write_text("\n".join(rows) + "\n")
    lines = [{"id": name, "audio": f"kaldi/{entry['audio']}", "text": entry["text"]} for name, entry in texts.items()]
    lines += [{"id": "c", "audio": "none.wav", "text": "Hello."}, {"id": "d", "text": "Hello."}]
    (folder / "list.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return [kaldi, folder / "list.csv", folder / "list.jsonl"]


def test_kaldi_folders_csv_and_json_lines_give_the_same_scores(speaktracker, tmp_path):
    scores = []
    for number, source in enumerate(sources(tmp_path)):
        lines = [json.loads(line) for line in rescored(speaktracker, source, tmp_path / f"{number}.jsonl")]
        assert [line["id"] for line in lines] == ["a", "b", "c", "d"]
        assert "error" in lines[2] and "error" in lines[3]
        scores.append([line["overall_score"] for line in lines[:2]])
    assert scores[0] == scores[1] == scores[2]


@pytest.mark.parametrize("source", ["nowhere", "README.md", "docs"])
def test_a_source_that_is_none_is_refused(speaktracker, tmp_path, source):
    result = speaktracker("rescore", source, "--output", tmp_path / "out.jsonl")
    assert result.returncode == 1 and result.stderr.count("\n") == 1


def test_results_are_not_overwritten_unasked(speaktracker, tmp_path):
    output = tmp_path / "out.jsonl"
    output.write_text("precious\n")
    result = speaktracker("rescore", SAMPLES / "manifest.jsonl", "--output", output)
    assert result.returncode == 2 and "--resume" in result.stderr
    assert speaktracker("rescore", SAMPLES / "manifest.jsonl", "--output", output, "--resume").returncode == 1
    assert output.read_text() == "precious\n"


def test_a_killed_rescoring_goes_on_where_it_was(binary, speaktracker, tmp_path):
    whole = rescored(speaktracker, SAMPLES / "manifest.jsonl", tmp_path / "whole.jsonl")
    output = tmp_path / "part.jsonl"
    command = [binary, "rescore", SAMPLES / "manifest.jsonl", "--output", output, "--processes", "1"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=ROOT, start_new_session=True)
    while not output.exists() or output.read_bytes().count(b"\n") < 3:
        assert process.poll() is None, "it ended before it could be killed"
        os.sched_yield()
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with output.open("a") as file:
        file.write('{"id": "half a li')
    resumed = rescored(speaktracker, SAMPLES / "manifest.jsonl", output, "--resume")
    assert resumed == whole


def scoring_processes(pid):
    """Each thread has the children that it started itself."""
    for thread in os.listdir(f"/proc/{pid}/task"):
        for child in open(f"/proc/{pid}/task/{thread}/children").read().split():
            if "rescore-worker" in open(f"/proc/{child}/cmdline").read():
                yield int(child)


def test_scoring_processes_that_are_killed_cost_no_result(binary, speaktracker, tmp_path):
    whole = rescored(speaktracker, SAMPLES / "manifest.jsonl", tmp_path / "whole.jsonl")
    output = tmp_path / "output.jsonl"
    command = [binary, "rescore", SAMPLES / "manifest.jsonl", "--output", output, "--processes", "2"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=ROOT)
    killed = set()
    while process.poll() is None and len(killed) < 8:
        finished = output.read_bytes().count(b"\n") if output.exists() else 0
        if finished < 2 * len(killed):
            os.sched_yield()
            continue
        try:
            victims = [child for child in scoring_processes(process.pid) if child not in killed]
            if victims:
                os.kill(victims[0], signal.SIGKILL)
                killed.add(victims[0])
        except (FileNotFoundError, ProcessLookupError):
            pass  # It ended while we looked.
    assert process.wait() == 0
    assert len(killed) >= 3
    lines = output.read_text().splitlines()
    assert {json.loads(line)["id"] for line in lines} == {json.loads(line)["id"] for line in whole}
    assert len(lines) == len(whole)
    # Two kills in a row may hit one recording; everything else is as if nothing had happened.
    assert sum(line not in whole for line in lines) <= len(killed) // 2


def test_a_recording_over_which_processes_die_has_a_line_that_says_so(binary, speaktracker, tmp_path):
    def entry(name):
        return json.dumps(
            {"id": name, "audio": str(SAMPLES / READINGS[0]["audio"]), "text": READINGS[0]["text"]}) + "\n"

    manifest = tmp_path / "manifest.jsonl"
    # Alone, for nobody can see from outside which recording a process has.
    manifest.write_text(entry("deadly"))
    output = tmp_path / "output.jsonl"
    command = [binary, "rescore", manifest, "--output", output, "--processes", "1"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=ROOT)
    killed = set()
    # One that is killed before it has a recording is not counted.
    while not (output.exists() and output.read_bytes()):
        assert process.poll() is None, "it ended before its processes were killed"
        try:
            for child in set(scoring_processes(process.pid)) - killed:
                os.kill(child, signal.SIGKILL)
                killed.add(child)
        except (FileNotFoundError, ProcessLookupError):
            pass  # It ended while we looked.
    assert process.wait() == 0
    assert len(killed) == 2
    manifest.write_text(entry("deadly") + entry("good"))
    result = speaktracker("rescore", manifest, "--output", output, "--resume")
    assert result.returncode == 0, result.stderr
    deadly, good = map(json.loads, output.read_text().splitlines())
    assert deadly["id"] == "deadly" and "(signal 9, then signal 9)" in deadly["error"]
    assert good["id"] == "good" and good["overall_score"] > 0
