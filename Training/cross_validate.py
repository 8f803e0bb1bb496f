"""Scores every fold of a corpus with weights that never saw its speakers: cross_validate.py CORPUS WEIGHTS PROGRAM OUTPUT

PROGRAM is `speaktracker`. OUTPUT gets what `speaktracker rescore` writes. Prints the correlations with the marks.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

PAIRS = [
    ("accuracy_score", "accuracy"), ("fluency_score", "fluency"), ("prosody_score", "prosodic"),
    ("overall_score", "total"),
]


def main():
    corpus, weights, program, output = map(pathlib.Path, sys.argv[1:])
    labels = {label["id"]: label for label in map(json.loads, open(corpus / "train.jsonl"))}
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for fold in sorted({label["fold"] for label in labels.values()}):
            manifest = pathlib.Path(folder) / f"{fold}.jsonl"
            entries = [
                {"id": label["id"], "audio": str(corpus / label["audio"]), "text": label["text"]}
                for label in labels.values() if label["fold"] == fold
            ]
            manifest.write_text("".join(json.dumps(entry) + "\n" for entry in entries))
            results = pathlib.Path(folder) / f"{fold}-results.jsonl"
            subprocess.run(
                [program, "rescore", manifest, "--output", results, "--weights", weights / f"weights-{fold}.json"],
                check=True)
            lines += results.read_text().splitlines()
    output.write_text("".join(line + "\n" for line in sorted(lines)))

    results = [json.loads(line) for line in lines]
    scored = [result for result in results if "error" not in result]
    print(f"{len(scored)} of {len(labels)} recordings scored, {len(results) - len(scored)} refused")
    for mine, theirs in PAIRS:
        pairs = [(result[mine], labels[result["id"]][theirs]) for result in scored]
        print(f"{mine:15s} {np.corrcoef(np.array(pairs).T)[0, 1]:.3f}  n={len(pairs)}")
    words = [
        (own["accuracy_score"], word["accuracy"])
        for result in scored for own, word in zip(result["words"], labels[result["id"]]["words"])
    ]
    print(f"{'word accuracy':15s} {np.corrcoef(np.array(words).T)[0, 1]:.3f}  n={len(words)}")


main()
