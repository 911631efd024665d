"""Writes weights.json: blocks of every format of weights, and what numbers gguf-py makes of them.

    pip install gguf==0.19.0 numpy
    python3 weights_fixture.py

All bytes of the blocks are random, but for the scales: those are numbers of all sizes, and in some
blocks the special ones.
"""

import json
from pathlib import Path

import gguf
import numpy as np

HERE = Path(__file__).parent
# Zero, below the smallest normal number, the smallest and largest normal ones, infinite, none.
SPECIAL = [0x0000, 0x8000, 0x0001, 0x83FF, 0x0400, 0x7BFF, 0x7C00, 0xFC00, 0x7E00]
# Where in a block its scales in 16 bits lie.
FORMATS = {
    "F32": (1, 4, []), "F16": (1, 2, [0]), "BF16": (1, 2, []), "Q8_0": (32, 34, [0]),
    "Q4_0": (32, 18, [0]), "Q4_1": (32, 20, [0, 2]), "Q4_K": (256, 144, [0, 2]),
    "Q6_K": (256, 210, [208]),
}


def blocks(generator, name):
    numbers, size, scales = FORMATS[name]
    special = len(SPECIAL) if scales else 0
    count = special + {1: 32, 32: 4, 256: 2}[numbers]
    data = generator.integers(0, 256, (count, size), dtype=np.uint8)
    for block in range(count):
        for index, place in enumerate(scales):
            size = 2.0 ** generator.integers(-12, 4)
            half = np.float16(generator.normal() * size).view(np.uint16)
            # Only one of two is special.
            if block < special and index == block % len(scales):
                half = np.uint16(SPECIAL[block])
            data[block, place:place + 2] = np.frombuffer(half.tobytes(), np.uint8)
    return data.reshape(1, -1)


generator = np.random.default_rng(13)
result = {}
with np.errstate(all="ignore"):
    for name in FORMATS:
        data = blocks(generator, name)
        kind = gguf.GGMLQuantizationType[name]
        stored = {"F32": np.float32, "F16": np.float16}.get(name)
        numbers = gguf.dequantize(data.view(stored) if stored else data, kind)
        numbers = np.ascontiguousarray(numbers, dtype="<f4")
        result[name] = {"blocks": data.tobytes().hex(), "numbers": numbers.tobytes().hex()}
text = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in result.items())
(HERE / "weights.json").write_text("{\n" + text + "\n}\n")
