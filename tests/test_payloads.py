"""Values travel through Temporal as they are where they are small, and compressed where they are large."""

import pytest
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_plain_validator_function
from temporalio.api.common.v1 import Payload

from payloads import DATA_CONVERTER, LARGE, packed, unpacked


async def test_a_small_value_travels_as_it_is_and_a_large_one_compressed() -> None:
    small, large = await DATA_CONVERTER.encode(["việc", "việc " * LARGE])
    assert small.metadata["encoding"] == b"json/plain"
    assert small.data == '"việc"'.encode()
    assert large.metadata["encoding"] == b"binary/zlib"
    assert large.ByteSize() < LARGE
    assert await DATA_CONVERTER.decode([small, large]) == ["việc", "việc " * LARGE]


class Prepared:
    """Counts how often pydantic prepares to read it."""

    times = 0

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: object) -> CoreSchema:
        cls.times += 1
        return no_info_plain_validator_function(lambda _: cls())


def test_what_reads_a_type_is_prepared_once_for_all_converters_that_the_sdk_makes() -> None:
    payload = Payload(metadata={"encoding": b"json/plain"}, data=b"1")
    for _ in range(3):
        assert isinstance(DATA_CONVERTER.payload_converter_class().from_payload(payload, Prepared), Prepared)
    assert Prepared.times == 1


def test_what_is_compressed_is_the_whole_payload_with_its_metadata() -> None:
    payload = Payload(metadata={"encoding": b"json/plain", "messageType": b"x"}, data=b'"' + b"a" * LARGE + b'"')
    assert unpacked(packed(payload)) == payload


@pytest.mark.parametrize("data", [b"", b"no zlib", packed(Payload(data=b"a" * LARGE)).data[:-8]])
def test_a_damaged_value_is_named(data: bytes) -> None:
    with pytest.raises(ValueError, match="damaged"):
        unpacked(Payload(metadata={"encoding": b"binary/zlib"}, data=data))
