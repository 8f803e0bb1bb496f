"""Fits the networks that say which sound each 20 ms are: frame_network.py CORPUS FRAMES OUTPUT

FRAMES is what `Training frames` wrote. Writes OUTPUT/network-NAME.json, where NAME lists the folds whose speakers the
network has not seen: each single fold, each pair, and `all` for one that has seen every fold. Networks that are there
already are kept, so the work can be stopped and taken up again.
"""

import argparse
import base64
import itertools
import json
import os
import pathlib

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import jax
import jax.numpy as jnp
import numpy as np
import optax

import corpus as corpora

WIDTH = 96
INPUTS, BANDS = 81, 40
SILENCE = 39
DILATIONS = (1, 2, 3)
CHUNK, BATCH, STEPS = 200, 16, 1500
LEARNING_RATE, WEIGHT_DECAY, DROPOUT, SMOOTHING = 3e-3, 1e-2, 0.15, 0.07
# A sound that this share of the experts called wrong teaches nothing.
MOST_WRONG = 0.3
SILENCE_WEIGHT = 0.3


def load(folder, frames):
    """Inputs (frames, 81), labels and weights of all frames, and each frame's fold."""
    labels = [json.loads(line) for line in open(pathlib.Path(folder) / "train.jsonl")]
    readings = [json.loads(line) for line in open(pathlib.Path(frames) / "readings.jsonl")]
    inputs = np.fromfile(pathlib.Path(frames) / "frames.bin", "<f4").reshape(-1, INPUTS)
    target, weight, fold = [], [], []
    for label, reading in zip(labels, readings):
        assert label["id"] == reading["id"], "the frames are of another corpus"
        own = np.full(reading["frames"], SILENCE, np.int32)
        counts = np.full(reading["frames"], SILENCE_WEIGHT, np.float32)
        marks = corpora.phone_marks(reading["phones"], reading["words"], label["words"])
        for phone, start, end, mark in zip(reading["phones"], reading["starts"], reading["ends"], marks):
            own[start:end] = corpora.PLACE[phone]
            counts[start:end] = 0 if mark > MOST_WRONG else 1
        target.append(own)
        weight.append(counts)
        fold.append(np.full(reading["frames"], label["fold"]))
    return inputs, np.concatenate(target), np.concatenate(weight), np.concatenate(fold)


def dense(key, inputs, outputs, scale):
    return {"w": jax.random.normal(key, (inputs, outputs)) * scale * inputs**-0.5, "b": jnp.zeros(outputs)}


def initial(key):
    keys = jax.random.split(key, 5)
    weights = {"input": dense(keys[0], 5 * INPUTS, WIDTH, 1.414), "output": dense(keys[4], WIDTH, SILENCE + 1, 0.5)}
    for number in (1, 2, 3):
        weights[f"residual_{number}"] = dense(keys[number], 3 * WIDTH, WIDTH, 0.7)
    return weights


def apply(layer, x):
    return x @ layer["w"] + layer["b"]


def forward(weights, x, key=None):
    """Logits (n, ⌈t/2⌉, 40) of inputs (n, t, 81)."""
    rows = (x.shape[1] + 1) // 2
    padded = jnp.pad(x, ((0, 0), (2, 2), (0, 0)))
    taps = jnp.concatenate([padded[:, tap : tap + 2 * rows - 1 : 2] for tap in range(5)], -1)
    hidden = jax.nn.relu(apply(weights["input"], taps))
    for number, dilation in enumerate(DILATIONS, 1):
        seen = hidden
        if key is not None:
            key, own = jax.random.split(key)
            seen = seen * jax.random.bernoulli(own, 1 - DROPOUT, (len(x), 1, WIDTH)) / (1 - DROPOUT)
        padded = jnp.pad(seen, ((0, 0), (dilation, dilation), (0, 0)))
        around = [padded[:, start : start + rows] for start in (0, dilation, 2 * dilation)]
        hidden = hidden + jax.nn.relu(apply(weights[f"residual_{number}"], jnp.concatenate(around, -1)))
    return apply(weights["output"], hidden)


def masked(x, key):
    """A few bands of the spectrum and a few frames put out, differently in each chunk (SpecAugment)."""
    first_band, bands, first_frame = jax.random.split(key, 3)
    lowest = jax.random.randint(first_band, (BATCH, 1, 1), 0, BANDS)
    count = jax.random.randint(bands, (BATCH, 1, 1), 0, 9)
    column = jnp.arange(INPUTS)[None, None]
    x = jnp.where((column >= lowest) & (column < lowest + count), 0, x)
    start = jax.random.randint(first_frame, (BATCH, 1, 1), 0, CHUNK)
    row = jnp.arange(CHUNK)[None, :, None]
    return jnp.where((row >= start) & (row < start + 8), 0, x)


def loss(weights, x, target, weight, key):
    masks, dropout = jax.random.split(key)
    logs = jax.nn.log_softmax(forward(weights, masked(x, masks), dropout))
    target, weight = target[:, ::2], weight[:, ::2]
    right = jnp.take_along_axis(logs, target[..., None], -1)[..., 0]
    cost = -((1 - SMOOTHING) * right + SMOOTHING * logs.mean(-1))
    return (cost * weight).sum() / weight.sum()


@jax.jit
def _train(inputs, target, weight, key):
    key, start = jax.random.split(key)
    weights = initial(start)
    schedule = optax.cosine_onecycle_schedule(STEPS, LEARNING_RATE, 0.2)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=WEIGHT_DECAY))

    def step(carried, _):
        weights, state, average, key = carried
        key, places, own = jax.random.split(key, 3)
        rows = jax.random.randint(places, (BATCH,), 0, len(inputs) - CHUNK)[:, None] + jnp.arange(CHUNK)
        gradient = jax.grad(loss)(weights, inputs[rows], target[rows], weight[rows], own)
        update, state = optimiser.update(gradient, state, weights)
        weights = optax.apply_updates(weights, update)
        average = jax.tree_util.tree_map(lambda a, b: 0.99 * a + 0.01 * b, average, weights)
        return (weights, state, average, key), None

    (_, _, average, _), _ = jax.lax.scan(
        step, (weights, optimiser.init(weights), weights, key), None, length=STEPS)
    return average


def quantised(layer):
    """A layer as the program reads it: bytes, by input, then output, with a scale for each output."""
    scale = np.abs(layer["w"]).max(0) / 127 + 1e-12
    whole = np.round(layer["w"] / scale).astype(np.int8)
    short = lambda values: [float(f"{value:.5g}") for value in values]
    return {"w": base64.b64encode(whole.tobytes()).decode(), "scale": short(scale), "b": short(layer["b"])}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus")
    parser.add_argument("frames")
    parser.add_argument("output", type=pathlib.Path)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    inputs, target, weight, fold = load(options.corpus, options.frames)
    folds = sorted({int(own) for own in fold})
    left_out = [()] + [(own,) for own in folds] + list(itertools.combinations(folds, 2))
    for number, unseen in enumerate(left_out):
        name = "-".join(map(str, unseen)) or "all"
        path = options.output / f"network-{name}.json"
        if path.exists():
            continue
        known = ~np.isin(fold, unseen)
        weights = _train(
            jnp.array(inputs[known]), jnp.array(target[known]), jnp.array(weight[known]), jax.random.PRNGKey(number))
        weights = jax.tree_util.tree_map(np.array, weights)
        path.write_text(json.dumps({"width": WIDTH, **{name: quantised(layer) for name, layer in weights.items()}}))
        judged = ~known if unseen else known
        rows = np.nonzero(judged)[0][: 200 * CHUNK].reshape(-1, CHUNK)
        guesses = np.array(forward(weights, inputs[rows])).argmax(-1)
        sounds = (target[rows][:, ::2] < SILENCE) & (weight[rows][:, ::2] > 0)
        right = (guesses == target[rows][:, ::2])[sounds].mean()
        seen = "unseen" if unseen else "seen"
        print(f"network-{name}: {right:.3f} of {seen} frames of speech right", flush=True)


if __name__ == "__main__":
    main()
