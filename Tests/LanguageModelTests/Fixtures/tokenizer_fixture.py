"""Writes tokenizer.json: a small vocabulary, and what Hugging Face's `tokenizers` makes of texts.

    pip install tokenizers==0.23.3
    python3 tokenizer_fixture.py

The vocabulary is trained on the course's lessons and on the texts themselves: merges within pieces,
then merges across them, so that a piece that ends elsewhere becomes other tokens.
"""

import codecs
import json
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, models, trainers
from tokenizers.pre_tokenizers import ByteLevel, Digits, Sequence, Split

from tokenizer_texts import BROKEN, SPECIAL, TEXTS

HERE = Path(__file__).parent
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
LLAMA = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
NAMES = ["smollm", "llama-bpe", "gpt-2"]

NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED = 1, 2, 3, 4, 5
MARKED = {
    "<unk>": UNKNOWN, "<|start|>": CONTROL, "<|end|>": CONTROL, "<|end|> of it|>": CONTROL,
    "<tool>": USER_DEFINED, "<tool>s": USER_DEFINED, "<unused0>": UNUSED,
}
# Tokens that no merge leads to: only Llama 3's way of taking whole pieces finds them.
WHOLE = [
    "ĠHello", "unreachable", "Ġcodes", "ĠEnglish", "aaaaaaaaab", "Ġassistant", "ĠREAD", "ä½łå¥½",
    "'Å¿abc",
]


def splits(name):
    """The pieces of a text, its characters as they are."""
    if name == "smollm":
        return Sequence([Digits(individual_digits=True), Split(Regex(GPT2), "isolated")])
    return Split(Regex(LLAMA if name == "llama-bpe" else GPT2), "isolated")


def bytes_of(name):
    """The pieces of a text, in the letters of its bytes; spelt as in the models' own files."""
    if name == "smollm":
        return Sequence(
            [Digits(individual_digits=True), ByteLevel(add_prefix_space=False, use_regex=True)])
    if name == "gpt-2":
        return ByteLevel(add_prefix_space=False, use_regex=True)
    return Sequence(
        [Split(Regex(LLAMA), "isolated"), ByteLevel(add_prefix_space=False, use_regex=False)])


def reference(tokens, kinds, merges, name):
    """The tokenizer of these lists."""
    vocabulary = {t: i for i, t in enumerate(tokens)}
    pairs = [tuple(m.split(" ")) for m in merges]
    tokenizer = Tokenizer(models.BPE(vocabulary, pairs, ignore_merges=name == "llama-bpe"))
    tokenizer.pre_tokenizer = bytes_of(name)
    for token, kind in zip(tokens, kinds):
        if kind in (UNKNOWN, CONTROL):
            tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False)])
        if kind == USER_DEFINED:
            tokenizer.add_tokens([AddedToken(token, special=False, normalized=False)])
    return tokenizer


def ids(tokenizer, text, finds_special=True):
    tokenizer.encode_special_tokens = not finds_special
    return tokenizer.encode(text, add_special_tokens=False).ids


def ids_of_broken(tokenizer, name, data):
    """The tokens of bytes that are no UTF-8. `tokenizers` takes whole characters only, so each
    broken byte is split off as a character for private use is, which is neither letter, number nor
    space; its byte is put back into the piece."""
    placeholders = {}

    def stand_in(error):
        marks = ""
        for byte in error.object[error.start:error.end]:
            placeholders[chr(0xE000 + byte)] = byte
            marks += chr(0xE000 + byte)
        return marks, error.end

    codecs.register_error("stand-in", stand_in)
    result = []
    for piece, _ in splits(name).pre_tokenize_str(data.decode("utf-8", "stand-in")):
        raw = b"".join(
            bytes([placeholders[c]]) if c in placeholders else c.encode() for c in piece)
        result += [t.id for t in tokenizer.model.tokenize("".join(LETTERS[b] for b in raw))]
    return result


def alphabet():
    kept = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [b for b in range(256) if b not in kept]
    return {**{b: chr(b) for b in kept}, **{b: chr(0x100 + i) for i, b in enumerate(others)}}


LETTERS = alphabet()


def trained(texts, pre_tokenizer, size):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizer
    trainer = trainers.BpeTrainer(
        vocab_size=256 + size, initial_alphabet=list(LETTERS.values()), show_progress=False,
        min_frequency=2, max_token_length=16)
    tokenizer.train_from_iterator(texts, trainer)
    return [" ".join(m) for m in json.loads(tokenizer.to_str())["model"]["merges"]]


def vocabulary():
    lessons = [p.read_text() for p in sorted((HERE / "../../../lessons").glob("*.md"))]
    texts = lessons + TEXTS * 2
    merges = trained(texts, bytes_of("llama-bpe"), 900)
    across = trained(texts, ByteLevel(add_prefix_space=False, use_regex=False), 900)
    merges = list(dict.fromkeys(merges + across))
    tokens = list(MARKED) + [LETTERS[b] for b in range(256)]
    tokens += [m.replace(" ", "") for m in merges] + WHOLE
    tokens = list(dict.fromkeys(tokens))
    return tokens, [MARKED.get(t, NORMAL) for t in tokens], merges


def main():
    tokens, kinds, merges = vocabulary()
    readers = {name: reference(tokens, kinds, merges, name) for name in NAMES}
    fixture = {
        "tokens": tokens, "kinds": kinds, "merges": merges, "texts": TEXTS, "special": SPECIAL,
        "broken": [b.hex() for b in BROKEN],
        "ids": {
            name: {
                "texts": [ids(reader, t) for t in TEXTS],
                "found": [ids(reader, t) for t in SPECIAL],
                "plain": [ids(reader, t, finds_special=False) for t in SPECIAL],
                "broken": [ids_of_broken(reader, name, b) for b in BROKEN],
            }
            for name, reader in readers.items()
        },
    }
    for text in TEXTS:
        for name, reader in readers.items():
            assert ids_of_broken(reader, name, text.encode()) == ids(reader, text), (name, text)
    for key in ("texts", "special"):
        assert len(fixture[key]) == len(set(fixture[key]))
    with open(HERE / "tokenizer.json", "w") as file:
        json.dump(fixture, file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
