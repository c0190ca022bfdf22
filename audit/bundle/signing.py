"""The key with which bundles are signed: Ed25519 (RFC 8032), kept as a PEM file."""

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_OWNER_ONLY = 0o600


class KeyBroken(Exception):
    """A file is no key to sign with: which, and what is wrong with it."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


class SigningKey:
    """A private key, and what may be known of it."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return self._private.public_key().public_bytes_raw()

    @property
    def public_pem(self) -> str:
        """The public key as a PEM file has it."""
        shape = serialization.PublicFormat.SubjectPublicKeyInfo
        return self._private.public_key().public_bytes(serialization.Encoding.PEM, shape).decode()

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the public key."""
        return hashlib.sha256(self.public).hexdigest()

    def sign(self, message: bytes) -> bytes:
        """A signature over a message, 64 bytes."""
        return self._private.sign(message)


def load_key(path: Path) -> SigningKey:
    """The key of a PEM file. Raises `KeyBroken`."""
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise KeyBroken(path, error.strerror or str(error)) from error
    except TypeError as error:
        raise KeyBroken(path, "it has a password; keys to sign with have none and are kept from others") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyBroken(path, "it is no private key in PEM form") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyBroken(path, "it is a key of another kind than Ed25519")
    return SigningKey(private)


def make_key(path: Path) -> SigningKey:
    """Make a new key and write it to a file that only its owner may read. Raises `FileExistsError` where there is one
    already: whoever loses a key cannot sign with it any more; and other `OSError`."""
    private = Ed25519PrivateKey.generate()
    content = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "wb") as file:
        file.write(content)
    return SigningKey(private)
