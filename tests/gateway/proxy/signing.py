"""Signature Version 4 in a few lines, for requests that no client would send."""
import datetime
import hashlib
import hmac
import socket
import urllib.parse

REGION = "us-east-1"
EMPTY = hashlib.sha256(b"").hexdigest()


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class Signer:
    def __init__(self, keys, service="s3", date=None):
        self.key_id, secret = keys[0], keys[1]
        self.date = date or now()
        self.scope = f"{self.date[:8]}/{REGION}/{service}/aws4_request"
        self.key = f"AWS4{secret}".encode()
        for part in self.scope.split("/"):
            self.key = hmac.digest(self.key, part.encode(), "sha256")

    def signature(self, text):
        return hmac.new(self.key, text.encode(), "sha256").hexdigest()

    def string_to_sign(self, *lines, algorithm="AWS4-HMAC-SHA256"):
        return "\n".join([algorithm, self.date, self.scope, *lines])

    def headers(self, method, path, headers, payload, query=""):
        """The headers with x-amz-date, x-amz-content-sha256 and Authorization; all are signed."""
        headers = {**headers, "x-amz-date": self.date, "x-amz-content-sha256": payload}
        names = sorted(name.lower() for name in headers)
        values = {name.lower(): value for name, value in headers.items()}
        canonical = "\n".join([method, urllib.parse.quote(urllib.parse.unquote(path), safe="/-_.~"), query,
                               *[f"{name}:{values[name]}" for name in names], "", ";".join(names), payload])
        self.seed = self.signature(self.string_to_sign(sha256(canonical.encode())))
        headers["Authorization"] = (f"AWS4-HMAC-SHA256 Credential={self.key_id}/{self.scope}, "
                                    f"SignedHeaders={';'.join(names)}, Signature={self.seed}")
        return headers

    def chunk(self, data):
        """A chunk that continues the last signature."""
        text = self.string_to_sign(self.seed, EMPTY, sha256(data), algorithm="AWS4-HMAC-SHA256-PAYLOAD")
        self.seed = self.signature(text)
        return f"{len(data):x};chunk-signature={self.seed}\r\n".encode() + data + (b"\r\n" if data else b"")

    def trailer(self, name, value):
        text = self.string_to_sign(self.seed, sha256(f"{name}:{value}\n".encode()),
                                   algorithm="AWS4-HMAC-SHA256-TRAILER")
        return f"{name}:{value}\r\nx-amz-trailer-signature:{self.signature(text)}\r\n\r\n".encode()


def raw_request(method, target, headers):
    lines = [f"{method} {target} HTTP/1.1", *[f"{name}: {value}" for name, value in headers.items()]]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def exchange(address, *pieces, timeout=10):
    """Sends the pieces and gives all that comes back until the other side closes or is silent."""
    with socket.create_connection(address, timeout=timeout) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
            connection.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass
        answer = b""
        try:
            while got := connection.recv(65536):
                answer += got
        except (ConnectionResetError, TimeoutError):
            pass
        return answer


def status_of(answer):
    return int(answer.split(b" ", 2)[1]) if answer else None
