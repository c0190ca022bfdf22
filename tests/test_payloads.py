"""Values travel through Temporal as they are where they are small, and compressed where they are large."""

import pytest
from temporalio.api.common.v1 import Payload

from payloads import DATA_CONVERTER, LARGE, packed, unpacked


async def test_a_small_value_travels_as_it_is_and_a_large_one_compressed() -> None:
    small, large = await DATA_CONVERTER.encode(["việc", "việc " * LARGE])
    assert small.metadata["encoding"] == b"json/plain"
    assert small.data == '"việc"'.encode()
    assert large.metadata["encoding"] == b"binary/zlib"
    assert large.ByteSize() < LARGE
    assert await DATA_CONVERTER.decode([small, large]) == ["việc", "việc " * LARGE]


def test_what_is_compressed_is_the_whole_payload_with_its_metadata() -> None:
    payload = Payload(metadata={"encoding": b"json/plain", "messageType": b"x"}, data=b'"' + b"a" * LARGE + b'"')
    assert unpacked(packed(payload)) == payload


@pytest.mark.parametrize("data", [b"", b"no zlib", packed(Payload(data=b"a" * LARGE)).data[:-8]])
def test_a_damaged_value_is_named(data: bytes) -> None:
    with pytest.raises(ValueError, match="damaged"):
        unpacked(Payload(metadata={"encoding": b"binary/zlib"}, data=data))
