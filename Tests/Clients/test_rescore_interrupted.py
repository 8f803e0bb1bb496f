"""A rescoring that is stopped at any moment goes on with nothing lost and nothing twice."""

import json
import os
import pathlib
import random
import resource
import signal
import subprocess

import archives
import pytest

LARGE = os.environ.get("SPEAKTRACKER_ARCHIVE")


def command(binary, source, output, *options):
    return [binary, "rescore", source, "--output", output, *options]


def interrupted(binary, source, output, count, kills):
    """Kills a rescoring at random moments spread over its work, and returns how many lines were there each time."""
    moments = random.Random()
    seen = []
    for number in range(kills):
        run = archives.MarkedRun(command(binary, source, output, *(["--resume"] if number else [])))
        target = moments.uniform(number, number + 1) * count / (kills + 1)
        archives.wait_for(
            lambda: run.process.poll() is not None or output.exists() and output.read_bytes().count(b"\n") >= target,
            f"line {target:.0f}", 600)
        assert run.process.poll() is None, run.process.stderr.read()
        # At a random moment of a recording, not always just after a line.
        with pytest.raises(subprocess.TimeoutExpired):
            run.process.wait(moments.uniform(0, 0.05))
        run.kill()
        seen.append(output.read_bytes().count(b"\n"))
    return seen


def finish_and_compare(binary, source, folder, count, kills):
    whole, part = folder / "whole.jsonl", folder / "part.jsonl"
    subprocess.run(command(binary, source, whole), check=True, capture_output=True)
    assert len(archives.results(whole)) == count
    seen = interrupted(binary, source, part, count, kills)
    subprocess.run(command(binary, source, part, "--resume"), check=True, capture_output=True)
    assert archives.sorted_lines(part) == archives.sorted_lines(whole)
    print(f"killed after {seen} of {count} lines")


def test_kills_lose_nothing_and_repeat_nothing(binary, tmp_path):
    archives.good(tmp_path / "archive", 60)
    archives.damaged(tmp_path / "archive", 10)
    finish_and_compare(binary, tmp_path / "archive", tmp_path, 70, 5)


@pytest.mark.skipif(not LARGE, reason="SPEAKTRACKER_ARCHIVE names no Kaldi data folder with many recordings")
def test_twenty_kills_over_a_large_archive(binary, tmp_path):
    count = len((pathlib.Path(LARGE) / "wav.scp").read_text().splitlines())
    finish_and_compare(binary, LARGE, tmp_path, count, 20)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("everybody", [False, True], ids=["the parent", "the group"])
def test_a_signal_finishes_what_is_in_hand(binary, speaktracker, tmp_path, number, everybody):
    archives.good(tmp_path / "archive", 60)
    output = tmp_path / "results.jsonl"
    process = subprocess.Popen(
        command(binary, tmp_path / "archive", output), stderr=subprocess.PIPE, text=True, start_new_session=True)
    archives.wait_for(lambda: output.exists() and output.read_bytes().count(b"\n") >= 3, "three lines")
    os.killpg(process.pid, number) if everybody else process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1 and "--resume goes on" in said
    found = archives.results(output)
    assert 3 <= len(found) < 60 and all("error" not in line for line in found.values())
    assert output.read_bytes().endswith(b"\n")
    resumed = speaktracker("rescore", tmp_path / "archive", "--output", output, "--resume")
    assert resumed.returncode == 0 and len(archives.results(output)) == 60


def test_two_runs_do_not_write_one_file(binary, speaktracker, tmp_path):
    archives.good(tmp_path / "archive", 40)
    output = tmp_path / "results.jsonl"
    run = archives.MarkedRun(command(binary, tmp_path / "archive", output))
    archives.wait_for(lambda: output.exists() and output.stat().st_size > 0, "the first line")
    other = speaktracker("rescore", tmp_path / "archive", "--output", output, "--resume")
    assert other.returncode == 1 and "Another process is writing" in other.stderr
    forced = speaktracker("rescore", tmp_path / "archive", "--output", output, "--force")
    assert forced.returncode == 1
    run.kill()
    assert speaktracker("rescore", tmp_path / "archive", "--output", output, "--resume").returncode == 0
    assert len(archives.results(output)) == 40


def archive_of_three(tmp_path):
    folder = tmp_path / "archive"
    archives.good(folder, 3)
    (folder / "bad.wav").write_bytes(b"")
    (folder / "bad.txt").write_text("Hello.")
    return folder


def test_results_of_another_scorer_are_not_mixed(speaktracker, tmp_path):
    folder, output = archive_of_three(tmp_path), tmp_path / "results.jsonl"
    assert speaktracker("rescore", folder, "--output", output).returncode == 0
    lines = [json.loads(line) for line in output.read_text().splitlines()][:2]
    older = "".join(json.dumps({**line, "scorer": "gop-0"}) + "\n" for line in lines if "scorer" in line)
    output.write_text(older)
    run = speaktracker("rescore", folder, "--output", output, "--resume")
    assert run.returncode == 1 and "gop-0" in run.stderr and "--force" in run.stderr
    assert output.read_text() == older


def test_another_text_is_told_and_scored_again_when_asked(speaktracker, tmp_path):
    folder, output = archive_of_three(tmp_path), tmp_path / "results.jsonl"
    assert speaktracker("rescore", folder, "--output", output).returncode == 0
    before = output.read_bytes()
    text = folder / "good/00001.txt"
    text.write_text(text.read_text().replace("Could", "Would"))
    run = speaktracker("rescore", folder, "--output", output, "--resume")
    assert run.returncode == 1 and "good/00001" in run.stderr and "--retry" in run.stderr
    assert output.read_bytes() == before
    archives.place(folder, "bad", "plain-slt").rename(folder / "bad.flac")
    (folder / "bad.wav").unlink()
    (folder / "good/00002.txt").unlink()
    (folder / "good/00002.ogg").unlink()
    run = speaktracker("rescore", folder, "--output", output, "--resume", "--retry")
    assert run.returncode == 0 and "1 results" in run.stderr and "not in the source" in run.stderr
    found = archives.results(output)
    assert set(found) == {"bad", "good/00000", "good/00001", "good/00002"}
    assert found["bad"]["overall_score"] > 0
    assert found["good/00001"]["text"].startswith("Would")


def test_an_empty_source_leaves_the_old_results_alone(speaktracker, tmp_path):
    output = tmp_path / "results.jsonl"
    output.write_text("precious\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.csv").write_text("audio,text\n")
    for source in ("empty", "empty.csv", "nowhere"):
        run = speaktracker("rescore", tmp_path / source, "--output", output, "--force")
        assert run.returncode == 1 and run.stderr.count("\n") == 1
    assert output.read_text() == "precious\n"


def test_a_growing_archive_is_scored_where_it_grew(speaktracker, tmp_path):
    folder, output = archive_of_three(tmp_path), tmp_path / "results.jsonl"
    assert speaktracker("rescore", folder, "--output", output).returncode == 0
    before = output.read_bytes()
    archives.place(folder, "later", "fast")
    assert speaktracker("rescore", folder, "--output", output, "--resume").returncode == 0
    assert output.read_bytes().startswith(before)
    assert len(archives.results(output)) == 5


def test_a_full_disk_leaves_whole_lines_and_going_on_leaves_nothing_out(binary, speaktracker, tmp_path):
    archives.good(tmp_path / "archive", 20)
    whole, part = tmp_path / "whole.jsonl", tmp_path / "part.jsonl"
    assert speaktracker("rescore", tmp_path / "archive", "-o", whole).returncode == 0
    limit = whole.stat().st_size // 2 + 7

    def fill():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    # Python ignores SIGXFSZ, and its children do where it does not restore the signal.
    run = subprocess.run(
        command(binary, tmp_path / "archive", part), capture_output=True, text=True, preexec_fn=fill, restore_signals=False)
    assert run.returncode == 1 and "cannot be written" in run.stderr, run.stderr
    assert part.read_bytes().endswith(b"\n") and 0 < len(archives.results(part)) < 20
    assert speaktracker("rescore", tmp_path / "archive", "-o", part, "--resume").returncode == 0
    assert archives.sorted_lines(part) == archives.sorted_lines(whole)


def test_progress_is_that_of_the_source(speaktracker, tmp_path):
    folder, output = archive_of_three(tmp_path), tmp_path / "results.jsonl"
    assert speaktracker("rescore", folder, "--output", output).returncode == 0
    for number in (0, 1):
        for path in folder.glob(f"good/0000{number}.*"):
            path.unlink()
    archives.place(folder, "later", "fast")
    dry = speaktracker("rescore", folder, "-o", output, "--resume", "--dry-run")
    assert "Still to be scored: 1\n" in dry.stdout, dry.stdout + dry.stderr
    run = speaktracker("rescore", folder, "--output", output, "--resume")
    assert run.returncode == 0 and "3 of 3, 1 failed" in run.stderr, run.stderr


def test_retry_leaves_alone_what_the_source_has_not(speaktracker, tmp_path):
    folder, output = archive_of_three(tmp_path), tmp_path / "results.jsonl"
    output.write_text('{"error":"It was lost.","id":"gone"}\n')
    run = speaktracker("rescore", folder, "--output", output, "--resume", "--retry")
    assert run.returncode == 0 and archives.results(output)["gone"]["error"] == "It was lost."


def test_another_part_of_a_recording_is_told(speaktracker, tmp_path):
    path = archives.place(tmp_path, "a", "plain-slt")
    manifest, output = tmp_path / "list.jsonl", tmp_path / "results.jsonl"
    entry = {"id": "a", "audio": path.name, "text": archives.READINGS["plain-slt"]["text"], "start_ms": 0}
    manifest.write_text(json.dumps({**entry, "end_ms": 9000}) + "\n")
    assert speaktracker("rescore", manifest, "-o", output).returncode == 0
    assert archives.results(output)["a"]["end_ms"] == 9000
    assert speaktracker("rescore", manifest, "-o", output, "--resume").returncode == 0
    manifest.write_text(json.dumps({**entry, "end_ms": 8000}) + "\n")
    run = speaktracker("rescore", manifest, "-o", output, "--resume")
    assert run.returncode == 1 and "--retry" in run.stderr
