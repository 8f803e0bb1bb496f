"""`rescore compare`: how scores moved, as text, as a table, and as a page that a browser shows."""

import csv
import html.parser
import json
import random
import re
import shutil
import struct
import subprocess
import zlib

import pytest


def result(number, old):
    rng = random.Random(number)
    score = min(100, max(0, 75 + 12 * rng.gauss(0, 1)))
    if not old:
        score = min(100, max(0, score + rng.gauss(3, 4)))
    scores = {name: round(score, 2) for name in ("overall_score", "accuracy_score", "fluency_score", "prosody_score")}
    return {
        "id": f"r{number:04}", "audio": f"{number}.wav", "text": "Could I have a <glass> of water & ice?", **scores,
        "completeness_score": 100, "grade": "B", "missed_words": [], "extra_words": [], "words": [],
        "audio_duration_ms": 2000, "speaking_duration_ms": 1500, "net_speaking_density": 0.75,
        "scorer": "gop-1" if old else "gop-2", "speaker": f"student{number % 30}@example.com",
        "timestamp": f"2025-{number % 12 + 1:02}-05T03:00:00.000Z"}


@pytest.fixture
def scorings(tmp_path):
    old = [result(number, True) for number in range(600)]
    new = [result(number, False) for number in range(600)]
    new[5] = {"id": "r0005", "error": "The recording is silent."}
    for name, lines in (("old", old), ("new", new)):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return tmp_path


def test_text_and_table_say_how_scores_moved(speaktracker, scorings):
    run = speaktracker(
        "rescore", "compare", scorings / "old.jsonl", scorings / "new.jsonl", "--csv", scorings / "moves.csv")
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("599 recordings scored both times (gop-1 → gop-2), 1 scored before only.\n")
    rows = list(csv.DictReader((scorings / "moves.csv").open(newline="")))
    assert len(rows) == 600
    assert [(row["id"], row["scored"], row["reason"]) for row in rows if row["scored"] != "both"] == [
        ("r0005", "old", "The recording is silent.")]
    rows = [row for row in rows if row["scored"] == "both"]
    changes = [float(row["change_overall"]) for row in rows]
    assert all(abs(float(row["new_overall"]) - float(row["old_overall"]) - float(row["change_overall"])) < 0.011 for row in rows)
    mean = sum(changes) / len(changes)
    overall = next(line.split() for line in run.stdout.splitlines() if line.startswith("overall "))
    assert abs(float(overall[3].replace("−", "-")) - mean) < 0.06
    assert 0.8 < float(overall[5]) < 1
    best = max(rows, key=lambda row: float(row["change_overall"]))
    up = run.stdout.split("MOVED UP")[1].splitlines()[1].split()
    assert up[0] == best["id"]
    for word in ("STUDENT", "MONTH", "2025-07", "MOVED DOWN", "SCORED BEFORE, NOT NOW", "The recording is silent."):
        assert word in run.stdout


class Page(html.parser.HTMLParser):
    """Collects what a page would fetch or run, and whether its tags close."""

    def __init__(self):
        super().__init__()
        self.fetches, self.open, self.drawings, self.text = [], [], 0, ""

    def handle_starttag(self, tag, attributes):
        self.fetches += [value for name, value in attributes if name in ("src", "href", "xlink:href", "data", "action")]
        self.fetches += [tag] * (tag in ("script", "link", "iframe", "object", "img"))
        self.drawings += tag == "svg"
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag != "meta":
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def page(speaktracker, scorings):
    path = scorings / "moves.html"
    run = speaktracker("rescore", "compare", scorings / "old.jsonl", scorings / "new.jsonl", "--html", path)
    assert run.returncode == 0, run.stderr
    return path


def test_the_page_is_whole_and_fetches_nothing(speaktracker, scorings):
    content = page(speaktracker, scorings).read_text()
    parsed = Page()
    parsed.feed(content)
    assert parsed.open == [] and parsed.fetches == [] and parsed.drawings == 4
    assert "a <glass> of water & ice" in parsed.text
    assert "url(" not in content and "@import" not in content


def pixels(path):
    """A PNG's rows of RGB: enough of the format for what Chromium writes."""
    data, position, chunks, header = path.read_bytes(), 8, b"", None
    while position < len(data):
        length, kind = struct.unpack(">I4s", data[position:position + 8])
        body = data[position + 8:position + 8 + length]
        if kind == b"IHDR":
            header = struct.unpack(">IIBB", body[:10])
        chunks += body if kind == b"IDAT" else b""
        position += 12 + length
    width, height, _, colour = header
    size = {2: 3, 6: 4}[colour]
    raw, previous, rows = zlib.decompress(chunks), bytearray(width * size), []
    for number in range(height):
        start = number * (width * size + 1)
        row = bytearray(raw[start + 1:start + 1 + width * size])
        method = raw[start]
        for index in range(len(row)):
            left = row[index - size] if index >= size else 0
            above = previous[index]
            corner = previous[index - size] if index >= size else 0
            estimate = left + above - corner
            nearest = min((abs(estimate - left), 0, left), (abs(estimate - above), 1, above), (abs(estimate - corner), 2, corner))[2]
            row[index] = (row[index] + (0, left, above, (left + above) // 2, nearest)[method]) & 255
        rows.append(row)
        previous = row
    return width, height, size, rows


@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
def test_a_browser_shows_the_page_with_its_pictures(speaktracker, scorings):
    path, picture = page(speaktracker, scorings), scorings / "page.png"
    browser = [
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
        f"--user-data-dir={scorings / 'profile'}", "--window-size=1000,1600"]
    tree = subprocess.run(
        [*browser, "--dump-dom", path.as_uri()], check=True, capture_output=True, text=True, timeout=120).stdout
    assert len(re.findall("<svg", tree)) == 4 and "Mean overall score by month" in tree
    subprocess.run(
        [*browser, f"--screenshot={picture}", path.as_uri()], check=True, capture_output=True, timeout=120)
    width, height, size, rows = pixels(picture)
    assert (width, height) == (1000, 1600)
    bars = sum(bytes(row[index:index + 3]) == b"\x44\x5b\x74" for row in rows for index in range(0, width * size, size))
    assert bars > 10_000, "the histogram's bars are not there"


def test_scorings_that_are_none_are_refused(speaktracker, scorings):
    old = scorings / "old.jsonl"
    (scorings / "twice.jsonl").write_text(old.read_text() + old.read_text())
    (scorings / "other.jsonl").write_text('{"id": "a"}\n')
    for name in ("twice.jsonl", "other.jsonl", "nowhere.jsonl"):
        run = speaktracker("rescore", "compare", old, scorings / name)
        assert run.returncode == 1 and run.stderr.count("\n") == 1, run.stderr


def test_scorings_with_nothing_in_common_say_so(speaktracker, scorings):
    other = scorings / "other.jsonl"
    other.write_text(json.dumps({**result(1, True), "id": "elsewhere"}) + "\n")
    run = speaktracker("rescore", "compare", scorings / "old.jsonl", other, "--html", scorings / "none.html")
    assert run.returncode == 0 and run.stdout.startswith("0 recordings scored both times")
    page = (scorings / "none.html").read_text()
    for text in (run.stdout.lower(), page.lower()):
        assert "not in the new results" in text and "elsewhere" in text and "r0001" in text
