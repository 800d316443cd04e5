"""What the training is set to: `config.toml` as frozen values, and the rates that follow from it."""

from __future__ import annotations

from pathlib import Path

import msgspec

CONFIG = Path(__file__).with_name("config.toml")


class Examples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How training examples are made; a share is a probability, drawn for each sentence anew in each epoch."""

    most_pieces: int
    """Pieces of an example, its two marks included."""
    group_sizes: tuple[int, ...]
    """Sentences in a row that make an example, each as likely; more than one teaches where sentences start."""
    curly_quotes: float
    """Share with typographic quotation marks and apostrophes for straight ones."""
    upper_case: float
    """Share in capitals."""
    headline_case: float
    """Share with a capital on every word."""
    spaced_out: float
    """Share with white space after every word, as captures of broken markup have it."""
    swapped_names: float
    """Share of names replaced by another of the same label, tags and tree."""


class Network(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sizes of what is put on the encoder, and its dropout."""

    arc_width: int
    relation_width: int
    name_width: int
    mixed_layers: int
    """Last layers of the encoder whose outputs are mixed, by learned weights that add up to 1."""
    dropout: float
    head_dropout: float


class Training(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The optimiser (AdamW) and its course: rates rise from 0 over `warm_up` steps and fall to 0 at the last."""

    steps: int
    batch_pieces: int
    """Pieces of a batch, padding included."""
    encoder_rate: float
    head_rate: float
    weight_decay: float
    warm_up: int
    clip: float
    """Greatest norm of a step's gradient."""
    average: float
    """Share of the old in the running average of the weights, which is what is exported; 0 for the last weights."""
    log_every: int
    save_every: int


class Losses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights of what is learned together."""

    arcs: float
    relations: float
    parts_of_speech: float
    names: float
    starts: float


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `config.toml`."""

    seed: int
    treebanks: tuple[str, ...]
    examples: Examples
    network: Network
    training: Training
    losses: Losses


def read_config(path: Path = CONFIG) -> Config:
    """Read a configuration.

    Raises:
        msgspec.ValidationError: A field is missing, unknown or of a wrong type.
    """
    return msgspec.toml.decode(path.read_bytes(), type=Config)


def rate_factor(step: int, progress: float, warm_up: int) -> float:
    """Return by what a rate is multiplied at a step (from 0), `progress` of the training being done (0 to 1)."""
    return min(1.0, (step + 1) / warm_up) * max(0.0, 1.0 - progress)
