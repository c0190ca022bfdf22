"""How values travel through Temporal: as JSON by pydantic; large ones compressed.

A register of thousands of obligations takes megabytes of JSON along when it continues as new, and Temporal carries two
at most (decision 0020). What is small stays legible in Temporal's own pages.
"""

import zlib
from collections.abc import Sequence

from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import CompositePayloadConverter, DataConverter, PayloadCodec

LARGE = 16_384
"""Bytes from which on a value is compressed."""
MOST = 2_000_000
"""Bytes that Temporal carries as one value, somewhat less than its 2 MiB."""
_ENCODING, _ZLIB = "encoding", b"binary/zlib"


def packed(payload: Payload) -> Payload:
    """A value as it travels. The form is that of the codec of Temporal's Go SDK, which its tools can read."""
    if payload.ByteSize() < LARGE:
        return payload
    return Payload(metadata={_ENCODING: _ZLIB}, data=zlib.compress(payload.SerializeToString()))


def unpacked(payload: Payload) -> Payload:
    """A value as it was before. Raises `ValueError` where what was compressed is damaged."""
    if payload.metadata.get(_ENCODING) != _ZLIB:
        return payload
    try:
        return Payload.FromString(zlib.decompress(payload.data))
    except (zlib.error, RuntimeError) as error:
        raise ValueError(f"a compressed value is damaged: {error}") from error


class Compressing(PayloadCodec):
    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [packed(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [unpacked(payload) for payload in payloads]


_PYDANTIC = tuple(PydanticPayloadConverter().converters.values())


class SharedConverter(CompositePayloadConverter):
    """Pydantic's, with what reads and writes values prepared once for the process: the SDK makes a converter twice for
    each workflow task and one for each workflow, which took 6 % of a worker's time."""

    def __init__(self) -> None:
        super().__init__(*_PYDANTIC)


DATA_CONVERTER = DataConverter(payload_converter_class=SharedConverter, payload_codec=Compressing())
"""For every client, worker, replayer and test environment."""
