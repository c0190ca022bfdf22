"""Keys with which bundles are signed: made once, for their owner only, and anything else is named."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.bundle.signing import KeyBroken, load_key, make_key
from audit.bundle.standalone.ed25519 import is_signed
from audit.bundle.standalone.verify import fingerprint_of


def test_a_key_is_read_back_and_its_signatures_are_checked_with_its_public_part(tmp_path: Path) -> None:
    made = make_key(tmp_path / "key.pem")
    read = load_key(tmp_path / "key.pem")
    assert (read.public, read.fingerprint) == (made.public, made.fingerprint)
    assert is_signed(made.public, b"manifest", read.sign(b"manifest"))
    (tmp_path / "public.pem").write_text(made.public_pem)
    assert fingerprint_of(str(tmp_path / "public.pem")) == made.fingerprint


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    make_key(tmp_path / "key.pem")
    assert (tmp_path / "key.pem").stat().st_mode & 0o077 == 0


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    made = make_key(tmp_path / "key.pem")
    with pytest.raises(FileExistsError):
        make_key(tmp_path / "key.pem")
    assert load_key(tmp_path / "key.pem").public == made.public


def pem(key: object, password: bytes | None = None) -> bytes:
    hidden = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    shape = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, shape, hidden)  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no private key"),
        (b"\xff\x00", "no private key"),
        (pem(generate_private_key(SECP256R1())), "another kind"),
        (pem(Ed25519PrivateKey.generate(), b"secret"), "has a password"),
        (None, "No such file"),
    ],
    ids=["empty", "no text", "of another kind", "with a password", "missing"],
)
def test_what_is_no_key_to_sign_with_is_named(tmp_path: Path, content: bytes | None, why: str) -> None:
    if content is not None:
        (tmp_path / "key.pem").write_bytes(content)
    with pytest.raises(KeyBroken, match=why):
        load_key(tmp_path / "key.pem")
