"""The product's random numbers, made a second time: Philox4x32-7 by index, normals by inverse CDF of 16 bits."""

import hashlib

import numpy as np
from scipy.stats import norm

NORMAL_TABLE = norm.ppf((np.arange(65536) + 0.5) / 65536).astype(np.float32)


class Philox:
    def __init__(self, seed, digest, perturbation, severity, stream=0):
        self.name = (seed, digest, perturbation, severity)
        key = hashlib.sha256("\n".join(map(str, self.name)).encode()).digest()
        self.key = [int.from_bytes(key[0:4], "little"), int.from_bytes(key[4:8], "little")]
        self.stream = stream

    def fork(self, stream):
        return Philox(*self.name, stream)

    def words(self, count):
        blocks = -(-count // 4)
        low = np.uint64(0xFFFFFFFF)
        c0 = np.arange(blocks, dtype=np.uint64)
        c1 = np.zeros(blocks, np.uint64)
        c2 = np.full(blocks, self.stream, np.uint64)
        c3 = np.zeros(blocks, np.uint64)
        k0, k1 = self.key
        for _ in range(7):
            p0 = np.uint64(0xD2511F53) * c0
            p1 = np.uint64(0xCD9E8D57) * c2
            c0, c1, c2, c3 = (
                (p1 >> np.uint64(32)) ^ c1 ^ np.uint64(k0),
                p1 & low,
                (p0 >> np.uint64(32)) ^ c3 ^ np.uint64(k1),
                p0 & low,
            )
            k0 = (k0 + 0x9E3779B9) & 0xFFFFFFFF
            k1 = (k1 + 0xBB67AE85) & 0xFFFFFFFF
        return np.stack([c0, c1, c2, c3], axis=1).reshape(-1)[:count]

    def uniform(self, index):
        return int(self.words(index + 1)[index]) / 2**32

    def uniforms(self, count):
        return (self.words(count) >> np.uint64(8)) / 2.0**24

    def halves(self, count):
        """Whole numbers of 16 bits, the lower half of a word first."""
        words = self.words(-(-count // 2))
        halves = np.stack([words & np.uint64(0xFFFF), words >> np.uint64(16)], axis=1)
        return halves.reshape(-1)[:count].astype(np.int64)

    def midpoints(self, count):
        """Uniform draws of 16 bits."""
        return (self.halves(count) + 0.5) / 65536

    def normals(self, count):
        return NORMAL_TABLE[self.halves(count)]
