"""Fits the scorer's weights: fit.py CORPUS FIGURES NETWORKS OUTPUT [--seeds N]

Writes OUTPUT/weights-FOLD.json for each fold, fitted to the speakers of the other folds alone, and weights-all.json,
fitted to all. Prints how the scores of each fold correlate with the experts' marks, by weights that never saw them.
"""

import argparse
import json
import pathlib

import numpy as np

import corpus as corpora
import network

ATTRIBUTION = (
    "Fitted to the experts' marks of speechocean762 (J. Zhang et al., Interspeech 2021; OpenSLR 101; CC BY 4.0), "
    "the 1,500 utterances of its training half by 125 speakers."
)
NAME = "speaktracker-gop-1"
RIDGE_PENALTY = 100.0
RIDGE_SHARE = 0.5


def fit_ridge(figures, scores):
    """Weights (figures, scores) of a ridge regression between standardised values; no bias is needed."""
    gram = figures.T @ figures + RIDGE_PENALTY * np.eye(figures.shape[1])
    return np.linalg.solve(gram, figures.T @ scores)


# What tells a reading of the sentence from one of another: figures of the middle and the best of it, which a word left
# out or a burst of noise hardly changes.
RESEMBLANCE_FIGURES = [
    "goodness_p50", "goodness_p75", "word_p50", "word_max", "plain_mean", "posterior_mean", "agreement",
    "heard_mean_mean", "heard_lag_mean", "heard_best_share_mean", "heard_log_rank_mean", "heard_margin_mean",
]


def fit_resemblance(names, same, other, penalty=10.0, kept=0.99):
    """A logistic regression between readings of the sentence and of another one, and the least logit taken for the
    sentence: what all but a few of the true readings reach."""
    chosen = np.array([name in RESEMBLANCE_FIGURES for name in names])
    figures = np.concatenate([same, other]).astype(float) * chosen
    figures = np.concatenate([figures, np.ones((len(figures), 1))], 1)
    target = np.concatenate([np.ones(len(same)), np.zeros(len(other))])
    weights = np.zeros(figures.shape[1])
    for _ in range(30):  # Newton's method
        chance = 1 / (1 + np.exp(-figures @ weights))
        slope = figures.T @ (target - chance) - penalty * weights
        bend = (figures * (chance * (1 - chance))[:, None]).T @ figures + penalty * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    floor = np.quantile(figures[: len(same)] @ weights, 1 - kept)
    return {"w": rounded(weights[:-1, None]), "b": rounded(weights[-1:]), "floor": rounded(min(floor, 0.0))}


class Fit:
    """A ridge regression and networks of several seeds, fitted to some of a corpus's utterances."""

    def __init__(self, corpus, train, seeds, fold):
        self.corpus = corpus
        self.ready, self.norms = network.prepare(network.batch_of(corpus), train)
        self.ridge = fit_ridge(self.ready["figures"][train].astype(float), self.ready["score"][train].astype(float))
        others = corpus.mismatched[np.isin(corpus.mismatched_fold, corpus.fold[train])]
        self.resemblance = fit_resemblance(
            corpus.sentence_names, self.ready["figures"][train], network.standardised(others, self.norms["sentence"]))
        self.networks = [network.train(self.ready, train, 1000 * fold + seed) for seed in range(seeds)]

    def predict(self, rows):
        """Scores of sentences, words and sounds in the experts' units."""
        chosen = {name: value[rows] for name, value in self.ready.items()}
        outputs = [[np.array(part) for part in network.predict(weights, chosen)] for weights in self.networks]
        sentence, words, sounds = (np.mean(part, axis=0) for part in zip(*outputs))
        sentence = RIDGE_SHARE * chosen["figures"] @ self.ridge + (1 - RIDGE_SHARE) * sentence
        return tuple(
            values * self.norms[name]["sd"] + self.norms[name]["mean"]
            for values, name in ((sentence, "score"), (words, "word"), (sounds, "mark")))

    def resembles(self, figures):
        """Whether readings with these figures are taken for the sentence."""
        logits = network.standardised(figures, self.norms["sentence"]) @ np.array(self.resemblance["w"])[:, 0]
        return logits + self.resemblance["b"][0] >= self.resemblance["floor"]

    def weights(self):
        def scale(name):
            return {key: rounded(np.atleast_1d(value), 6) for key, value in self.norms[name].items()}

        return {
            "name": NAME, "attribution": ATTRIBUTION, "width": network.WIDTH, "hidden": network.HIDDEN,
            "ridge_share": RIDGE_SHARE, "norms": self.corpus.norms,
            "sentence_figures": {"names": self.corpus.sentence_names, **scale("sentence")},
            "phone_figures": {"names": self.corpus.phone_names, **scale("phone")},
            "sentence_scale": scale("score"), "word_scale": scale("word"), "phone_scale": scale("mark"),
            "resemblance": self.resemblance,
            "frame_network": self.corpus.frame_network,
            "ridge": {"w": rounded(self.ridge), "b": [0] * self.ridge.shape[1]},
            "networks": [
                {
                    name: rounded(layer) if name == "embedding" else {key: rounded(layer[key]) for key in layer}
                    for name, layer in weights.items()
                }
                for weights in self.networks
            ],
        }


def rounded(values, digits=4):
    """Nested lists of numbers with so many significant digits."""
    if np.ndim(values) > 0:
        return [rounded(value, digits) for value in values]
    short = float(f"{float(values):.{digits}g}")
    return int(short) if short == int(short) else short


def correlation(one, other):
    return float(np.corrcoef(one, other)[0, 1])


def within(one, other, groups):
    """The correlation of what is left when each group's mean is taken away."""
    one, other = np.array(one, float), np.array(other, float)
    for group in np.unique(groups):
        own = groups == group
        one[own] -= one[own].mean()
        other[own] -= other[own].mean()
    return correlation(one, other)


def report(corpus, sentence, words, sounds):
    for place, name in enumerate(corpora.SCORES):
        own = sentence[:, place], corpus.scores[:, place]
        print(f"{name:10s} {correlation(*own):.3f}, within a speaker {within(*own, corpus.speaker):.3f}")
    child = corpus.age <= 15
    for name, chosen in (("children", child), ("adults", ~child)):
        print(f"accuracy, {name}: {correlation(sentence[chosen, 0], corpus.scores[chosen, 0]):.3f}")
    speaker = np.concatenate([[own] * len(scores) for own, scores in zip(corpus.speaker, corpus.word_scores)])
    true = np.concatenate(corpus.word_scores)
    print(f"words      {correlation(words, true):.3f}, within a speaker {within(words, true, speaker):.3f}")
    print(f"sounds     {correlation(sounds, np.concatenate(corpus.marks)):.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus")
    parser.add_argument("figures")
    parser.add_argument("networks")
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)

    whole = corpora.Corpus(options.corpus, options.figures, options.networks, "all")
    taken, refused = [], []
    sentence = np.zeros_like(whole.scores)
    words, sounds = [None] * len(whole.ids), [None] * len(whole.ids)
    for fold in sorted(set(whole.fold)):
        own = corpora.Corpus(options.corpus, options.figures, options.networks, str(fold))
        test, train = np.nonzero(own.fold == fold)[0], np.nonzero(own.fold != fold)[0]
        fit = Fit(own, train, options.seeds, fold)
        scores = fit.predict(test)
        sentence[test] = scores[0]
        taken.append(fit.resembles(own.sentence[test]))
        refused.append(~fit.resembles(own.mismatched[own.mismatched_fold == fold]))
        for place, row in enumerate(test):
            words[row] = scores[1][place, : len(own.word_scores[row])]
            sounds[row] = scores[2][place, : len(own.phones[row])]
        (options.output / f"weights-{fold}.json").write_text(json.dumps(fit.weights()))
        print(f"fold {fold}: fitted to {len(train)} utterances, judged by {len(test)}", flush=True)
    print(f"sentences taken {np.concatenate(taken).mean():.4f}, others refused {np.concatenate(refused).mean():.4f}")
    report(whole, sentence, np.concatenate(words), np.concatenate(sounds))

    fit = Fit(whole, np.arange(len(whole.ids)), options.seeds, 99)
    (options.output / "weights-all.json").write_text(json.dumps(fit.weights()))


main()
