"""Aligns an archive's words and phones with PocketSphinx in as many processes as it is told: pocketsphinx_pool.py MANIFEST OUTPUT PROCESSES."""

import concurrent.futures
import json
import pathlib
import re
import sys
import wave

from pocketsphinx import Decoder

decoder = None


def align(line):
    global decoder
    decoder = decoder or Decoder(lm=None, loglevel="FATAL")
    entry = json.loads(line)
    with wave.open(entry["audio"]) as file:
        audio = file.readframes(file.getnframes())
    # Its dictionary has words in small letters, and nothing else.
    decoder.set_align_text(" ".join(re.findall(r"[a-z']+", entry["text"].lower())))
    try:
        for step in ("words", "phones"):
            if step == "phones":
                decoder.set_alignment()
            decoder.start_utt()
            decoder.process_raw(audio, full_utt=True)
            decoder.end_utt()
    except RuntimeError as error:  # It finds no way through the recording.
        return json.dumps({"id": entry["id"], "error": str(error)})
    words = [(word.name, word.start, word.duration, [(phone.name, phone.score) for phone in word])
             for word in decoder.get_alignment()]
    return json.dumps({"id": entry["id"], "words": words})


if __name__ == "__main__":
    lines = pathlib.Path(sys.argv[1]).read_text().splitlines()
    # A pool of multiprocessing would wait for ever for a process that ends.
    with concurrent.futures.ProcessPoolExecutor(int(sys.argv[3])) as pool, open(sys.argv[2], "w") as output:
        for line in pool.map(align, lines, chunksize=4):
            output.write(line + "\n")
