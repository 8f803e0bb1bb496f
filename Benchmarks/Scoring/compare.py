"""CPU milliseconds a second of audio, memory and start of scorers, each a process that scores the same recordings in turn."""

import json
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import os
import wave

HERE = pathlib.Path(__file__).resolve().parent
SENTENCES = """The weather is beautiful this morning
My brother works at a hospital in the city
Could you tell me the way to the station
I am looking forward to meeting your family
Please turn off the lights before you leave the room
He forgot his umbrella and came home wet
What time does the next train leave for the airport
The children are playing soccer in the park
We had dinner at a small restaurant near the river
She bought a new computer for her daughter last week
There was a long line in front of the museum
You should practice the piano every evening""".splitlines()
VOICES = ["slt", "rms", "awb", "kal16"]


def recordings(folder, count):
    """Speech at 16 kHz with a second of room around it, and the model sentence's audio for the peer that needs one."""
    entries, seconds = [], 0.0
    for number in range(count):
        text, voice = SENTENCES[number % len(SENTENCES)], VOICES[number % len(VOICES)]
        raw, path, model = (folder / f"{number}-{kind}.wav" for kind in ("raw", "speech", "model"))
        subprocess.run(["flite", "-voice", voice, "-t", text, "-o", raw], check=True)
        subprocess.run(["sox", raw, "-r", "16000", "-c", "1", path, "pad", "0.5", "0.5"], check=True)
        subprocess.run(["espeak-ng", "-v", "en-us", "-w", raw, text], check=True)
        subprocess.run(["sox", raw, "-r", "16000", model], check=True)
        with wave.open(str(path)) as file:
            seconds += file.getnframes() / file.getframerate()
        entries.append({"id": str(number), "audio": path.name, "path": str(path), "text": text, "model": str(model)})
    return entries, seconds


def measure(command, entries):
    """CPU seconds, peak MiB and wall seconds of a process that is fed the entries."""
    feed = "".join(json.dumps(entry) + "\n" for entry in entries).encode()
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    answers, _ = None, None
    writer = os.fork()
    if writer == 0:
        process.stdin.write(feed)
        process.stdin.close()
        os._exit(0)
    process.stdin.close()
    answers = process.stdout.read().count(b"\n")
    os.waitpid(writer, 0)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0 and answers == len(entries), f"{command} answered {answers} of {len(entries)}"
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, time.monotonic() - start


def main():
    program, quick = sys.argv[1], "--quick" in sys.argv
    subjects = {
        "speaktracker, everything": [program, "rescore-worker"],
        "pocketsphinx `align`, phones": [sys.executable, str(HERE / "pocketsphinx_align.py")],
        "librosa MFCC + DTW": [sys.executable, str(HERE / "librosa_dtw.py")],
    }
    with tempfile.TemporaryDirectory() as folder:
        entries, seconds = recordings(pathlib.Path(folder), len(SENTENCES))
        results = {name: [] for name in subjects}
        for _ in range(1 if quick else 3):
            for name, command in subjects.items():
                idle, _, start = measure(command, [])
                cpu, memory, _ = measure(command, entries)
                results[name].append((1000 * (cpu - idle) / seconds, memory, 1000 * start))
    model = next(line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    print(f"Machine: {model}, {os.cpu_count()} cores, {platform.platform()}. {seconds:.0f} s of audio in "
          f"{len(entries)} recordings. Median (minimum–maximum) of {len(results[next(iter(results))])} runs.\n")
    print("| what | CPU ms a second of audio | beside ours | peak MiB | start to ready, ms |\n| --- | ---: | ---: | ---: | ---: |")
    ours = [run[0] for run in next(iter(results.values()))]
    for name, runs in results.items():
        columns = list(zip(*runs))
        show = lambda values, digits=1: (
            f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})")
        ratios = [own / base for own, base in zip(columns[0], ours)]
        print(f"| {name} | {show(columns[0])} | {show(ratios)} | {show(columns[1], 0)} | {show(columns[2], 0)} |")


main()
