"""Archives of recordings for tests: good ones, from the project's own samples, and damaged ones."""

import json
import os
import pathlib
import random
import signal
import socket
import struct
import subprocess
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "audio-samples"
MANIFEST = [json.loads(line) for line in (SAMPLES / "manifest.jsonl").read_text().splitlines()]
READINGS = {entry["id"]: entry for entry in MANIFEST if entry.get("text")}
GOOD = ["plain-slt", "plain-rms", "plain-awb", "plain-kal16", "fast"]


def place(folder, name, reading, text=None):
    """A sample under another name, with its sentence beside it."""
    entry = READINGS[reading]
    path = folder / (name + pathlib.Path(entry["audio"]).suffix)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((SAMPLES / entry["audio"]).read_bytes())
    path.with_name(path.name.rsplit(".", 1)[0] + ".txt").write_text(text or entry["text"])
    return path


def good(folder, count):
    """So many recordings, hard links to a few; their ids."""
    originals = [place(folder, f"good/{number:05}", name) for number, name in enumerate(GOOD[:count])]
    for number in range(len(originals), count):
        original = originals[number % len(originals)]
        for ending in (original.suffix, ".txt"):
            os.link(original.with_suffix(ending), folder / f"good/{number:05}{ending}")
    return {f"good/{number:05}" for number in range(count)}


def wav(samples=b"\0\0" * 16000, *, tag=1, channels=1, rate=16000, bits=16, promised=None):
    size = len(samples) if promised is None else promised
    block = channels * bits // 8
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", (36 + size) & 0xFFFFFFFF, b"WAVE", b"fmt ", 16, tag, channels, rate,
                       rate * block & 0xFFFFFFFF, block & 0xFFFF, bits, b"data", size)
    return head + samples


def sample_bytes(name):
    return (SAMPLES / READINGS[name]["audio"]).read_bytes()


def noise(count):
    return random.Random(1).randbytes(count)


def floats(value):
    return struct.pack("<16000f", *[0.1] * 8000, value, *[0.1] * 7999)


def zipped():
    import io
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.wav", wav())
    return buffer.getvalue()


def sparse(path):
    with path.open("wb") as file:
        file.write(wav(b""))
        file.truncate(100 << 30)


def long_recording(path):
    subprocess.run(["sox", "-n", "-r", "8000", path, "synth", "360", "sine", "200"], check=True)


def clipped(path):
    subprocess.run(["sox", SAMPLES / READINGS["plain-slt"]["audio"], path, "gain", "60"], check=True, capture_output=True)


def unreadable(path):
    path.write_bytes(wav())
    path.chmod(0)


def unix_socket(path):
    folder = os.getcwd()
    os.chdir(path.parent)  # A socket's address has a hundred bytes at most.
    socket.socket(socket.AF_UNIX).bind(path.name)
    os.chdir(folder)


def bytes_of(content):
    return lambda path: path.write_bytes(content() if callable(content) else content)


#: Each kind of damage: how it is made, and a word of the sentence that tells of it.
SOUNDS = {
    "empty": (bytes_of(b""), "empty"),
    "one byte": (bytes_of(b"R"), "not audio"),
    "text": (bytes_of(b"This is no recording.\n" * 50), "not audio"),
    "html": (bytes_of(b"<!DOCTYPE html><html><body>404</body></html>"), "not audio"),
    "picture": (bytes_of(b"\x89PNG\r\n\x1a\n" + noise(2000)), "not audio"),
    "random": (bytes_of(noise(50_000)), "not audio"),
    "zeros": (bytes_of(bytes(50_000)), "not audio"),
    "zip": (bytes_of(zipped), "not audio"),
    "folder": (lambda path: path.mkdir(), "folder"),
    "missing": (lambda path: None, "no recording beside"),
    "pipe": (lambda path: os.mkfifo(path), "not a file"),
    "socket": (unix_socket, "cannot be read"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "not a file"),
    "loop": (lambda path: path.symlink_to(path.name), "Too many levels"),
    "dangling": (lambda path: path.symlink_to("nowhere.wav"), "No such file"),
    "huge": (sparse, "at most"),
    "header only": (bytes_of(wav(b"")), "length is zero"),
    "half a header": (bytes_of(wav()[:30]), "damaged"),
    "half the sound": (bytes_of(lambda: wav()[:16000]), "cut off"),
    "promises too much": (bytes_of(wav(promised=0x7FFFFF00)), "No voice"),
    "no rate": (bytes_of(wav(rate=0)), "damaged"),
    "absurd rate": (bytes_of(wav(rate=0x7FFFFFFF)), "sample rate"),
    "low rate": (bytes_of(wav(rate=100)), "sample rate"),
    "no channels": (bytes_of(wav(channels=0)), "damaged"),
    "many channels": (bytes_of(wav(channels=64, samples=bytes(128 * 1000))), "channels"),
    "unknown codec": (bytes_of(wav(tag=0x1234)), "damaged"),
    "no bits": (bytes_of(wav(bits=0)), "damaged"),
    "NaN": (bytes_of(lambda: wav(floats(float("nan")), tag=3, bits=32)), "not a number"),
    "infinite": (bytes_of(lambda: wav(floats(float("inf")), tag=3, bits=32)), "not a number"),
    "silence": (bytes_of(wav(bytes(64000))), "No voice"),
    "click": (bytes_of(wav(bytes(2000))), "too short"),
    "noise": (bytes_of(lambda: wav(noise(96000))), "distorted"),
    "clipped": (clipped, "distorted"),
    "too long": (long_recording, "too long"),
    "half a FLAC": (bytes_of(lambda: sample_bytes("plain-slt")[:9000]), "cut off"),
    "broken FLAC": (bytes_of(lambda: sample_bytes("plain-slt")[:9000] + noise(9000)), "cut off"),
    "half an Ogg": (bytes_of(lambda: sample_bytes("plain-awb")[:4000]), "length is zero"),
    "no MP4": (bytes_of(b"\0\0\0\x18ftypM4A " + noise(500)), "damaged"),
}
if os.geteuid() != 0:  # root reads everything.
    SOUNDS["unreadable"] = (unreadable, "Permission denied")

#: What can be wrong with the sentence beside a good recording.
TEXTS = {
    "no text": (None, "no text beside"),
    "blank text": (b" \n\n", "empty"),
    "another sentence": (b"My grandmother makes chicken soup every Sunday", "does not sound like"),
    "Latin-1": ("Un café, s'il vous plaît".encode("latin-1"), "UTF-8"),
    "UTF-16": ("I would like a cup of coffee".encode("utf-16"), "UTF-8"),
    "NUL bytes": (b"\0\0\0\0", "no word"),
    "punctuation": ("… — !?".encode(), "no word"),
    "Korean": ("안녕하세요".encode(), "Only English"),
    "a book": (b"word " * 700, "words"),
    "a library": (b"word " * 20_000, "bytes"),
}


def damaged(folder, count):
    """So many damaged recordings, every kind in turn; for each id a word that its line must have."""
    expected = {}
    kinds = list(SOUNDS) + list(TEXTS)
    (folder / "bad").mkdir(parents=True, exist_ok=True)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        name = f"bad/{number:05} {kind}"
        text = folder / f"{name}.txt"
        if kind in SOUNDS:
            make, word = SOUNDS[kind]
            make(folder / f"{name}.wav")
            text.write_text(READINGS["plain-slt"]["text"])
            expected[f"{name}.txt" if kind == "missing" else name] = word
        else:
            content, word = TEXTS[kind]
            place(folder, name, "plain-slt")
            text.unlink()
            if content is not None:
                text.write_bytes(content)
            expected[name] = word
    return expected


def results(path):
    """A file's results, each once, by id."""
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    found = {line["id"]: line for line in lines}
    assert len(found) == len(lines)
    return found


def sorted_lines(path):
    """The lines as bytes, by id, for runs to be compared."""
    return sorted(path.read_bytes().splitlines(), key=lambda line: json.loads(line)["id"])


def wait_for(condition, what, seconds=120):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}"
        time.sleep(0.002)
    return found


class MarkedRun:
    """A rescoring whose processes can be told from everybody else's by their environment."""

    def __init__(self, command):
        self.mark = f"SPEAKTRACKER_TEST_RUN={random.getrandbits(64)}"
        name, value = self.mark.split("=")
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, env={**os.environ, name: value})

    def processes(self):
        found = []
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    if self.mark.encode() in pathlib.Path(f"/proc/{entry}/environ").read_bytes():
                        found.append(int(entry))
                except (FileNotFoundError, ProcessLookupError, PermissionError):
                    pass  # It ended, or is another user's.
        return found

    def kill(self):
        """Kills the parent, and waits until its children have seen it and are gone."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stderr.close()
        wait_for(lambda: not self.processes(), "the scoring processes to end", 60)
