"""Signatures (Ed25519, RFC 8032) with nothing but the standard library."""

from __future__ import annotations

import hashlib
from typing import Tuple  # noqa: UP035 - Python 3.8

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = Tuple[int, int]  # noqa: UP006


def add(a: Point, b: Point) -> Point:
    """The sum of two points of the curve -x² + y² = 1 + dx²y² (RFC 8032, section 5.1)."""
    mixed = D * a[0] * b[0] * a[1] * b[1]
    x = (a[0] * b[1] + b[0] * a[1]) * pow(1 + mixed, -1, P) % P
    return x, (a[1] * b[1] + a[0] * b[0]) * pow(1 - mixed, -1, P) % P


def times(number: int, point: Point) -> Point:
    total = (0, 1)
    while number:
        total = add(total, point) if number & 1 else total
        point, number = add(point, point), number >> 1
    return total


def decoded(data: bytes) -> Point:
    """A point from its 32 bytes (RFC 8032, section 5.1.3). Raises `ValueError`."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if len(data) != 32 or y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError("not a point")
    return (P - x if x & 1 != sign else x), y


BASE = decoded((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature (Ed25519, RFC 8032, section 5.1.7) over a message was made by the holder of a key."""
    try:
        key, r = decoded(public), decoded(signature[:32])
    except ValueError:
        return False
    s = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    return len(signature) == 64 and s < ORDER and times(s, BASE) == add(r, times(h, key))
