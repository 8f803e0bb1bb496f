"""Reads a corpus's marks and the figures that `Training features` made of its recordings."""

import json
import pathlib
import re

import numpy as np

PHONES = (
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH".split()
)
PLACE = {phone: place for place, phone in enumerate(PHONES)}
SCORES = ["accuracy", "fluency", "prosodic", "total"]

# The experts wrote sounds that the dictionary does not have, or as one what it has as two.
EXPERTS_PHONES = {
    "AR": ["AA", "R"], "IR": ["IH", "R"], "UR": ["UH", "R"], "TR": ["T", "R"], "DR": ["D", "R"], "TS": ["T", "S"],
    "DZ": ["D", "Z"], "AX": ["AH"], "AXR": ["ER"], "OO": ["AO"], "EE": ["EH", "R"],
}
VOWELS = set("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split())
ALIKE = [
    set(group.split())
    for group in (
        "AH IH EH AE UH ER", "AA AO AH", "S Z SH ZH TH", "T D", "DH TH D Z", "F V W", "IY IH Y", "UW UH W", "ER R",
        "K G", "P B", "CH JH SH ZH", "N NG M", "L R",
    )
]


def marked_phones(text):
    """An expert's transcription as (phone, mark): 0 right, 0.5 accented in braces, 1 wrong in parentheses.

    What stands in brackets was inserted by the learner and belongs to no sound of the word.
    """
    found, mark, depth = [], 0.0, 0
    for token in re.findall(r"[\[\]\(\)\{\}]|[A-Z]+\d?", text):
        if token == "(":
            mark = 1.0
        elif token == "{":
            mark = 0.5
        elif token in ")}":
            mark = 0.0
        elif token == "[":
            depth += 1
        elif token == "]":
            depth = max(0, depth - 1)
        elif depth == 0:
            name = re.sub(r"\d", "", token)
            found += [(phone, mark) for phone in EXPERTS_PHONES.get(name, [name])]
    return found


def _cost(one, other):
    if one == other:
        return 0.0
    if any(one in group and other in group for group in ALIKE):
        return 0.5
    return 1.0 if (one in VOWELS) == (other in VOWELS) else 1.6


def marks_of(phones, transcription):
    """For each phone of a word the expert's mark, or None where the transcription has nothing in its place."""
    expert = marked_phones(transcription)
    rows, columns = len(phones), len(expert)
    table = np.zeros((rows + 1, columns + 1))
    table[:, 0], table[0, :] = np.arange(rows + 1), np.arange(columns + 1)
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            table[row, column] = min(
                table[row - 1, column] + 1, table[row, column - 1] + 1,
                table[row - 1, column - 1] + _cost(phones[row - 1], expert[column - 1][0]))
    marks, row, column = [None] * rows, rows, columns
    while row > 0:
        pair = table[row - 1, column - 1] + _cost(phones[row - 1], expert[column - 1][0]) if column > 0 else np.inf
        if abs(table[row, column] - pair) < 1e-9:
            marks[row - 1] = expert[column - 1][1]
            row, column = row - 1, column - 1
        elif abs(table[row, column] - table[row - 1, column] - 1) < 1e-9:
            row -= 1
        else:
            column -= 1
    return marks


def phone_marks(phones, words, marked_words):
    """For each sound of a sentence the share of the experts who called it wrong; 1 where none of them heard it."""
    marks = np.ones(len(phones))
    for number, word in enumerate(marked_words):
        places = [place for place, own in enumerate(words) if own == number]
        names = [phones[place] for place in places]
        experts = [marks_of(names, transcription) for transcription in word["phones"][:5]]
        for index, place in enumerate(places):
            given = [marks_[index] for marks_ in experts if marks_[index] is not None]
            if given:
                marks[place] = np.mean(given)
    return marks


class Corpus:
    """Marks and figures of all utterances.

    folder: the corpus, with `train.jsonl`; figures: what `Training features` wrote; name: the fold that the figures may
    not know, or `all`.
    """

    def __init__(self, folder, figures, networks, name):
        labels = [json.loads(line) for line in open(pathlib.Path(folder) / "train.jsonl")]
        rows = [json.loads(line) for line in open(pathlib.Path(figures) / f"features-{name}.jsonl")]
        assert [label["id"] for label in labels] == [row["id"] for row in rows], "the figures are of another corpus"
        self.norms = json.load(open(pathlib.Path(figures) / f"norms-{name}.json"))
        self.frame_network = json.load(open(pathlib.Path(networks) / f"network-{name}.json"))
        others = [json.loads(line) for line in open(pathlib.Path(figures) / f"mismatched-{name}.jsonl")]
        self.mismatched = np.array([other["sentence"] for other in others], np.float32)
        self.mismatched_fold = np.array([other["fold"] for other in others])
        self.ids = [label["id"] for label in labels]
        self.fold = np.array([label["fold"] for label in labels])
        self.speaker = np.array([label["speaker"] for label in labels])
        self.age = np.array([label["age"] for label in labels])
        self.sentence_names, self.phone_names = rows[0]["sentence_names"], rows[0]["phone_names"]
        self.sentence = np.array([row["sentence"] for row in rows], np.float32)
        self.scores = np.array([[label[score] for score in SCORES] for label in labels], np.float32)
        self.rows = [np.array(row["rows"], np.float32) for row in rows]
        self.phones = [np.array([PLACE[phone] for phone in row["phones"]]) for row in rows]
        self.words = [np.array(row["words"]) for row in rows]
        self.word_scores = [np.array([word["accuracy"] for word in label["words"]]) for label in labels]
        self.marks = [
            phone_marks(row["phones"], row["words"], label["words"]) for row, label in zip(rows, labels)
        ]
