#!/usr/bin/env python3
"""Writes blocks.txt beside it: numbers, and the blocks that gguf-py makes of them.

    pip install gguf==0.19.0 numpy
    python3 make_block_fixtures.py

A line is a format, 32 numbers of 32 bits, a colon and their block, in hexadecimal digits as they lie in memory. Numbers
are of all sizes, from those whose scale in half precision is zero to those whose scale is infinite; some blocks hold
what is special: zeros, one number only, largest ones of both signs, halves of the scale.
"""
import pathlib

import gguf
import numpy


def blocks():
    generator = numpy.random.default_rng(21)
    for size in range(-34, 27, 4):
        yield generator.normal(size=32) * 2.0**size
    yield numpy.zeros(32)
    yield numpy.where(numpy.arange(32) == 19, -3.25, 0)
    yield numpy.full(32, 0.7)
    yield numpy.where(numpy.arange(32) % 3 == 0, 1.5, -1.5)
    # Of a scale that is 1, all halves: in 8 bits they are rounded away from zero, in 4 bits up.
    yield numpy.concatenate([[-127], numpy.arange(-15, 16) + 0.5])
    yield numpy.concatenate([[-8], numpy.arange(-15, 16) / 2])
    yield numpy.concatenate([[8], numpy.arange(-15, 16) / 2])


if __name__ == "__main__":
    lines = ["# gguf 0.19.0, made by make_block_fixtures.py"]
    for name in ["Q8_0", "Q4_0"]:
        for block in blocks():
            numbers = block.astype("<f4").reshape(1, 32)
            with numpy.errstate(over="ignore"):
                packed = gguf.quantize(numbers, gguf.GGMLQuantizationType[name])
            lines.append(f"{name.lower()} {numbers.tobytes().hex()}: {packed.tobytes().hex()}")
    pathlib.Path(__file__).with_name("blocks.txt").write_text("\n".join(lines) + "\n")
