"""Aligns an archive's words and phones with PocketSphinx in as many processes as it is told: pocketsphinx_pool.py MANIFEST OUTPUT PROCESSES."""

import json
import multiprocessing
import pathlib
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
    decoder.set_align_text(entry["text"].lower())
    for step in ("words", "phones"):
        if step == "phones":
            decoder.set_alignment()
        decoder.start_utt()
        decoder.process_raw(audio, full_utt=True)
        decoder.end_utt()
    words = [(word.name, word.start, word.duration, [(phone.name, phone.score) for phone in word])
             for word in decoder.get_alignment()]
    return json.dumps({"id": entry["id"], "words": words})


if __name__ == "__main__":
    lines = pathlib.Path(sys.argv[1]).read_text().splitlines()
    with multiprocessing.Pool(int(sys.argv[3])) as pool, open(sys.argv[2], "w") as output:
        for line in pool.imap_unordered(align, lines):
            output.write(line + "\n")
