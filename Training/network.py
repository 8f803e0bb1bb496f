"""The network over a sentence's sounds that scores sounds, words and the sentence at once.

The program's PhoneNetwork computes the same; names of layers are those of the weights file.
"""

import functools
import os

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import jax
import jax.numpy as jnp
import numpy as np
import optax

WIDTH, HIDDEN = 48, 24
EPOCHS, BATCH = 20, 32
INPUT_DROPOUT, DROPOUT, FIGURE_DROPOUT = 0.05, 0.25, 0.1
LEARNING_RATE, WEIGHT_DECAY = 4e-3, 1e-2
PHONE_LOSS = 0.5
FARTHEST = 4.0


def batch_of(corpus):
    """The corpus as arrays of one shape, with masks: figures not yet standardised."""
    count, sounds = len(corpus.ids), max(map(len, corpus.phones))
    words = max(map(len, corpus.word_scores))
    batch = {
        "x": np.zeros((count, sounds, len(corpus.phone_names)), np.float32),
        "phone": np.zeros((count, sounds), np.int32), "mask": np.zeros((count, sounds), np.float32),
        "word": np.full((count, sounds), -1, np.int32), "word_mask": np.zeros((count, words), np.float32),
        "word_score": np.zeros((count, words), np.float32), "mark": np.zeros((count, sounds), np.float32),
        "figures": corpus.sentence, "score": corpus.scores,
    }
    for index in range(count):
        length, spoken = len(corpus.phones[index]), len(corpus.word_scores[index])
        batch["x"][index, :length] = corpus.rows[index]
        batch["phone"][index, :length] = corpus.phones[index]
        batch["mask"][index, :length] = 1
        batch["word"][index, :length] = corpus.words[index]
        batch["mark"][index, :length] = corpus.marks[index]
        batch["word_mask"][index, :spoken] = 1
        batch["word_score"][index, :spoken] = corpus.word_scores[index]
    return batch


def norms_of(values):
    """Mean and deviation of each column; a column that never changes has deviation 1."""
    deviation = values.std(0)
    return {"mean": values.mean(0), "sd": np.where(deviation > 1e-6, deviation, 1)}


def standardised(values, norms):
    return np.clip((values - norms["mean"]) / norms["sd"], -FARTHEST, FARTHEST).astype(np.float32)


def prepare(batch, train):
    """The batch with everything in units of its deviation among the training utterances, and those units."""
    sounds, words = batch["mask"][train] > 0, batch["word_mask"][train] > 0
    norms = {
        "phone": norms_of(batch["x"][train][sounds]), "sentence": norms_of(batch["figures"][train]),
        "score": norms_of(batch["score"][train]), "word": norms_of(batch["word_score"][train][words]),
        "mark": norms_of(batch["mark"][train][sounds]),
    }
    ready = dict(batch)
    ready["x"] = standardised(batch["x"], norms["phone"]) * batch["mask"][..., None]
    ready["figures"] = standardised(batch["figures"], norms["sentence"])
    for name, unit in (("score", "score"), ("word_score", "word"), ("mark", "mark")):
        ready[name] = ((batch[name] - norms[unit]["mean"]) / norms[unit]["sd"]).astype(np.float32)
    return ready, norms


def dense(key, inputs, outputs, scale=1.0):
    return {"w": jax.random.normal(key, (inputs, outputs)) * scale * inputs**-0.5, "b": jnp.zeros(outputs)}


def initial(key, phone_figures, sentence_figures):
    keys = jax.random.split(key, 9)
    return {
        "input": dense(keys[0], phone_figures, WIDTH), "embedding": jax.random.normal(keys[1], (39, WIDTH)) * 0.1,
        "phone": dense(keys[3], WIDTH, 1),
        "word_hidden": dense(keys[4], 3 * WIDTH, HIDDEN, 1.4), "word": dense(keys[5], HIDDEN, 1),
        "sentence_hidden": dense(keys[6], 2 * WIDTH + sentence_figures + 3, HIDDEN, 1.4),
        "sentence": dense(keys[7], HIDDEN, 4), "sentence_direct": dense(keys[8], sentence_figures, 4, 0.1),
    }


def apply(layer, x):
    return x @ layer["w"] + layer["b"]


def dropped(key, x, rate):
    return x if key is None else x * jax.random.bernoulli(key, 1 - rate, x.shape) / (1 - rate)


def forward(weights, batch, key=None):
    """Scores of sentences (n, 4), words (n, w) and sounds (n, s), in units of their deviation."""
    keys = [None] * 6 if key is None else list(jax.random.split(key, 6))
    mask = batch["mask"][..., None]
    x = dropped(keys[0], batch["x"], INPUT_DROPOUT)
    hidden = jax.nn.relu(apply(weights["input"], x) + weights["embedding"][batch["phone"]]) * mask
    hidden = dropped(keys[1], hidden, DROPOUT)
    sounds = apply(weights["phone"], hidden)[..., 0]

    mean = (hidden * mask).sum(1) / mask.sum(1)
    most = jnp.where(mask > 0, hidden, -1e9).max(1)
    belongs = (batch["word"][..., None] == jnp.arange(batch["word_mask"].shape[1])).astype(jnp.float32)
    word_mean = jnp.einsum("nsw,nsh->nwh", belongs, hidden) / (belongs.sum(1)[..., None] + 1e-6)
    word_most = jnp.where(belongs[..., None] > 0, hidden[:, :, None], -1e9).max(1)
    there = batch["word_mask"]
    word_most = jnp.where(there[..., None] > 0, word_most, 0)
    everything = jnp.concatenate([word_mean, word_most, jnp.broadcast_to(mean[:, None], word_mean.shape)], -1)
    words = apply(weights["word"], jax.nn.relu(apply(weights["word_hidden"], everything)))[..., 0]

    average = jnp.where(there > 0, words, 0).sum(1) / there.sum(1)
    spread = jnp.where(there > 0, (words - average[:, None]) ** 2, 0).sum(1) / there.sum(1)
    of_words = jnp.stack([average, jnp.where(there > 0, words, 1e9).min(1), jnp.sqrt(spread + 1e-4)], -1)
    figures = dropped(keys[3], batch["figures"], FIGURE_DROPOUT)
    inputs = jnp.concatenate([mean, most, figures, of_words], -1)
    inner = dropped(keys[4], jax.nn.relu(apply(weights["sentence_hidden"], inputs)), DROPOUT)
    sentence = apply(weights["sentence"], inner) + apply(weights["sentence_direct"], figures)
    return sentence, words, sounds


def loss(weights, batch, key):
    sentence, words, sounds = forward(weights, batch, key)
    of_sentences = ((sentence - batch["score"]) ** 2).mean()
    of_words = ((words - batch["word_score"]) ** 2 * batch["word_mask"]).sum() / batch["word_mask"].sum()
    of_sounds = ((sounds - batch["mark"]) ** 2 * batch["mask"]).sum() / batch["mask"].sum()
    return of_sentences + of_words + PHONE_LOSS * of_sounds


@functools.partial(jax.jit, static_argnums=(3,))
def _train(batch, order, key, steps):
    key, start = jax.random.split(key)
    weights = initial(start, batch["x"].shape[-1], batch["figures"].shape[-1])
    schedule = optax.cosine_onecycle_schedule(steps, LEARNING_RATE, 0.15)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=WEIGHT_DECAY))

    def step(carried, rows):
        weights, state, average, key = carried
        key, own = jax.random.split(key)
        gradient = jax.grad(loss)(weights, {name: value[rows] for name, value in batch.items()}, own)
        update, state = optimiser.update(gradient, state, weights)
        weights = optax.apply_updates(weights, update)
        average = jax.tree_util.tree_map(lambda a, b: 0.98 * a + 0.02 * b, average, weights)
        return (weights, state, average, key), None

    (_, _, average, _), _ = jax.lax.scan(step, (weights, optimiser.init(weights), weights, key), order)
    return average


def train(ready, rows, seed):
    """Weights fitted to these utterances of a prepared batch: the running mean over the last steps."""
    random = np.random.RandomState(seed)
    batches = len(rows) // BATCH
    order = np.concatenate(
        [random.permutation(rows)[: batches * BATCH].reshape(batches, BATCH) for _ in range(EPOCHS)])
    arrays = {name: jnp.array(value) for name, value in ready.items()}
    return jax.tree_util.tree_map(
        np.array, _train(arrays, jnp.array(order), jax.random.PRNGKey(seed), len(order)))


predict = jax.jit(forward)
