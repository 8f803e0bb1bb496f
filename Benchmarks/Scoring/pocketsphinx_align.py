"""Aligns words, then phones, with PocketSphinx, as its documentation does it; scores are the acoustic ones it gives."""

import json
import sys
import wave

from pocketsphinx import Decoder

decoder = Decoder(lm=None, loglevel="FATAL")
for line in sys.stdin:
    entry = json.loads(line)
    with wave.open(entry["path"]) as file:
        audio = file.readframes(file.getnframes())
    decoder.set_align_text(entry["text"].lower())
    decoder.start_utt()
    decoder.process_raw(audio, full_utt=True)
    decoder.end_utt()
    decoder.set_alignment()
    decoder.start_utt()
    decoder.process_raw(audio, full_utt=True)
    decoder.end_utt()
    words = [
        (word.name, word.start, word.duration, word.score, [(phone.name, phone.score) for phone in word])
        for word in decoder.get_alignment()
    ]
    print(json.dumps(words), flush=True)
