"""Make what a first start needs and nobody has made yet: random keys, a certificate to try, folders.

It runs once before everything else, as root of a container without network, and changes nothing that
is there, but for the keys that `ANEW="secret valkey"` names. Each program sees the folder of keys that is
its own, and no other.
"""

import os
import secrets
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

KEYS, BEFORE = ("secret", "postgres", "valkey", "metrics"), "secret-before"
SHOP, POSTGRES, VALKEY, NGINX = 999, 999, 999, 101  # whom each image runs as
# The shop's number is PostgreSQL's, which lets nobody else read the log it puts away: `restore-to` must.


def main(root: Path) -> None:
    """Everything below one folder, where the compose file mounts the volumes."""
    forget(root / "keys/shop", os.environ.get("ANEW", "").split())
    database, valkey, monitor = (
        kept(root / "keys/shop" / name) for name in ("postgres", "valkey", "metrics")
    )
    kept(root / "keys/shop" / "secret")
    kept(root / "keys/postgres" / "boss")
    put(root / "keys/postgres" / "shop", database)
    put(root / "keys/valkey" / "valkey.conf", f"requirepass {valkey}\n")
    put(root / "keys/watch" / "metrics", monitor)
    kept(root / "keys/watch" / "grafana")
    if not (root / "certs" / "fullchain.pem").exists():
        certify(root / "certs", os.environ.get("DOMAIN") or "localhost")
    for folder, owner in (
        ("archive/wal", POSTGRES),
        ("archive/base", SHOP),
        ("data", SHOP),
        ("backups", SHOP),
        ("acme", NGINX),
        ("certs", NGINX),
        ("letsencrypt", NGINX),
    ):
        (root / folder).mkdir(parents=True, exist_ok=True)
        give(root / folder, owner)


def forget(folder: Path, names: list[str]) -> None:
    """Let the named ones be made anew. What the last secret signed stays good, until that is named, too."""
    if unknown := set(names) - {*KEYS, BEFORE}:
        sys.exit(f"ANEW: {', '.join(sorted(unknown))} is none of {', '.join(KEYS)}, {BEFORE}.")
    last, before = folder / "secret", folder / BEFORE
    if "secret" in names and last.exists():
        put(before, last.read_text())
    elif BEFORE in names or not before.exists():
        put(before, "")
    for name in {*names} - {BEFORE}:
        (folder / name).unlink(missing_ok=True)


def kept(path: Path) -> str:
    """A random key, the same as last time."""
    if not path.exists():
        put(path, secrets.token_urlsafe(48))
    return path.read_text()


def put(path: Path, content: str) -> None:
    """Only who is given the folder reads it, whoever that runs as."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != content:
        path.write_text(content)
        path.chmod(0o444)


def give(folder: Path, owner: int) -> None:
    """As root; who tries it out as somebody else keeps it."""
    if os.geteuid() == 0:
        os.chown(folder, owner, owner)


def certify(folder: Path, domain: str) -> None:
    """A certificate that nobody signed, until a real one takes its place: good for a month."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, domain)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(domain)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    put(folder / "privkey.pem", private.decode())
    put(folder / "fullchain.pem", certificate.public_bytes(serialization.Encoding.PEM).decode())
    (folder / "privkey.pem").chmod(0o400)
    for name_ in ("privkey.pem", "fullchain.pem"):
        give(folder / name_, NGINX)


main(Path(sys.argv[1] if len(sys.argv) > 1 else "/prepare"))
