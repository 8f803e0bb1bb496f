"""The cost of warping a recording's cepstra on those of a synthetic model: the usual first attempt at scoring."""

import json
import sys

import librosa

for line in sys.stdin:
    entry = json.loads(line)
    cepstra = []
    for path in (entry["path"], entry["model"]):
        samples, rate = librosa.load(path, sr=16000)
        cepstra.append(librosa.feature.mfcc(y=samples, sr=rate, n_mfcc=13, n_fft=512, hop_length=160))
    costs, path = librosa.sequence.dtw(*cepstra)
    print(json.dumps(float(costs[-1, -1] / len(path))), flush=True)
