"""A real mail server on this machine, with or without STARTTLS, which keeps what it takes."""

import asyncio
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from storefront.platform import clock


@dataclass
class Post:
    """What came, and how."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    before: Callable[[str], Any] = lambda _name: None
    """Called with a letter's Message-ID when all of it is there and nothing was said yet."""
    after: Callable[[str], Any] = lambda _name: None
    """Called when it was taken, the moment before the server says so."""

    async def handle_DATA(self, _server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd calls it
        letter = message_from_bytes(envelope.content, policy=policy.default)
        name = str(letter["Message-ID"])
        await asyncio.to_thread(self.before, name)
        self.letters.append(letter)
        self.encrypted.append(session.ssl is not None)
        self.accounts.append(str(session.auth_data or ""))
        self.after(name)
        return "250 taken"

    def copies(self) -> dict[str, int]:
        """How often each letter came."""
        names = [str(letter["Message-ID"]) for letter in self.letters]
        return {name: names.count(name) for name in names}


class AnyPort(Controller):
    """Listens where there is room."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd says no types here


@contextmanager
def a_server(post: Post | None = None, certificate: Path | None = None) -> Iterator[Post]:
    """The server, for as long as the block runs; with a certificate it wants STARTTLS and a login."""
    post = post or Post()
    how: dict[str, Any] = {}
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        how = {"tls_context": context, "require_starttls": True, "auth_required": True}
        how["authenticator"] = _known
    controller = AnyPort(post, hostname="127.0.0.1", port=0, **how)
    controller.start()
    post.port = controller.port
    try:
        yield post
    finally:
        controller.stop()


@contextmanager
def a_breaking_server() -> Iterator[int]:
    """A server that hangs up once it has a letter, and never says whether it took it."""

    class Breaking(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 kiln.example\r\n")
            for line in self.rfile:
                if line.upper().startswith(b"DATA"):
                    self.wfile.write(b"354 go on\r\n")
                elif line == b".\r\n":
                    return
                elif line[:4].upper() in (b"EHLO", b"MAIL", b"RCPT"):
                    self.wfile.write(b"250 well\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Breaking) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def _known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    good = (data.login, data.password) == (b"kiln", b"cold & dark")
    return AuthResult(success=good, handled=False, auth_data=data.login.decode())


def a_certificate(folder: Path) -> Path:
    """A key and a certificate for this machine, signed by itself, good for an hour."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file = folder / "server.pem"
    file.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return file
