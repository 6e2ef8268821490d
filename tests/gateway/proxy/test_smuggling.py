"""Requests that servers read in different ways: nothing reaches the service but what was allowed, in one form."""
import pytest

from conftest import ROOT_KEYS, allow, deny
from recorder import headers_of
from signing import EMPTY, Signer, exchange, raw_request, status_of

PATH = "/recorded-bucket/key"


@pytest.fixture
def signed(writ):
    """A signed request of root to the recorder as bytes; `also` is added to the head unsigned."""

    def make(method="GET", path=PATH, keys=ROOT_KEYS, also="", payload=EMPTY, **headers):
        host = writ.gateway.removeprefix("http://")
        path_only, _, query = path.partition("?")
        canonical = "&".join(sorted(item if "=" in item else f"{item}=" for item in query.split("&"))) if query else ""
        all_headers = Signer(keys).headers(method, path_only, {"Host": host, **headers}, payload, canonical)
        return raw_request(method, path, all_headers)[:-2] + also.encode() + b"\r\n"

    return make


def test_a_plain_request_passes(writ, recorder, signed):
    assert status_of(exchange(writ.address(), signed())) == 200
    assert recorder.requests[0][0].startswith(f"GET {PATH} HTTP/1.1\r\n")


CHANGES = {
    "host twice": lambda request: request.replace(b"\r\nHost:", b"\r\nHost: other\r\nHost:"),
    "host twice, the same": lambda request: request.replace(
        b"\r\n\r\n", b"\r\n" + next(line for line in request.split(b"\r\n") if line.startswith(b"Host:")) + b"\r\n\r\n"),
    "both lengths": lambda request: request.replace(
        b"\r\n\r\n", b"\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    "two lengths": lambda request: request.replace(b"\r\n\r\n", b"\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\nhello"),
    "two equal lengths": lambda request: request.replace(
        b"\r\n\r\n", b"\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
    "length list": lambda request: request.replace(b"\r\n\r\n", b"\r\nContent-Length: 5, 5\r\n\r\nhello"),
    "signed length": lambda request: request.replace(b"\r\n\r\n", b"\r\nContent-Length: +5\r\n\r\nhello"),
    "other coding": lambda request: request.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    "coding twice": lambda request: request.replace(
        b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
    "blank before the colon": lambda request: request.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
    "folded line": lambda request: request.replace(b"\r\nx-amz-date", b"\r\nA: b\r\n c\r\nx-amz-date"),
    "folded authorization": lambda request: request.replace(b", SignedHeaders", b",\r\n SignedHeaders"),
    "absolute form": lambda request: request.replace(b"GET /", b"GET http://other/", 1),
    "asterisk": lambda request: request.replace(PATH.encode(), b"*", 1),
    "bare line feed": lambda request: request.replace(b"\r\nx-amz-date", b"\nx-amz-date"),
    "bare carriage return": lambda request: request.replace(b"\r\nx-amz-date", b"\rA: b\r\nx-amz-date"),
    "NUL in a header": lambda request: request.replace(b"\r\nx-amz-date", b"\r\nA: \0\r\nx-amz-date"),
    "no version": lambda request: request.replace(b" HTTP/1.1", b"", 1),
    "HTTP/1.0": lambda request: request.replace(b"HTTP/1.1", b"HTTP/1.0", 1),
    "HTTP/2": lambda request: request.replace(b"HTTP/1.1", b"HTTP/2.0", 1),
    "signature stripped": lambda request: b"\r\n".join(
        line for line in request.split(b"\r\n") if not line.startswith(b"Authorization:")),
    "other method": lambda request: request.replace(b"GET ", b"DELETE ", 1),
    "other path": lambda request: request.replace(b"/key ", b"/other ", 1),
    "query added": lambda request: request.replace(b"/key ", b"/key?acl ", 1),
    "unsigned header of the service": lambda request: request.replace(b"\r\n\r\n", b"\r\nx-amz-copy-source: /a/b\r\n\r\n"),
    "signed header twice": lambda request: request.replace(b"\r\nx-amz-date", b"\r\nx-amz-date: 20200101T000000Z\r\nx-amz-date"),
    "signed in both places": lambda request: request.replace(
        b"/key ", b"/key?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0 ", 1),
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_else_reaches_the_service(writ, recorder, signed, change):
    request = signed()
    changed = CHANGES[change](request)
    assert changed != request
    assert status_of(exchange(writ.address(), changed)) in (400, 403, 431, 505)
    assert recorder.connections == 0


@pytest.mark.parametrize("path", ["/recorded-bucket//key", "//recorded-bucket/key", "/recorded-bucket/../other/key",
                                  "/recorded-bucket/./key", "/recorded-bucket/%2e%2e/key", "/recorded-bucket/a%2F..%2Fb",
                                  "/recorded-bucket/%2Fkey", "/recorded-bucket/key%00", "/recorded-bucket/a/..",
                                  "/recorded-bucket/a?acl&acl", "/recorded-bucket/%"])
def test_paths_that_servers_read_in_their_own_way(writ, recorder, signed, path):
    assert status_of(exchange(writ.address(), signed(path=path))) in (400, 403)
    assert recorder.connections == 0


@pytest.mark.parametrize("sent, passed_on", [
    ("/recorded-bucket/a%2Fb", "/recorded-bucket/a/b"),
    ("/recorded-bucket/a%7eb%c3%a9", "/recorded-bucket/a~b%C3%A9"),
    ("/recorded-bucket/a+b", "/recorded-bucket/a%2Bb"),
    ("/recorded-bucket/folder/", "/recorded-bucket/folder/"),
])
def test_what_was_authorized_is_what_is_sent(writ, recorder, signed, sent, passed_on):
    assert status_of(exchange(writ.address(), signed(path=sent))) == 200
    assert recorder.requests[0][0].split("\r\n")[0] == f"GET {passed_on} HTTP/1.1"


def test_an_encoded_slash_is_a_slash_to_policies_too(writ, recorder, signed):
    _, keys = writ.make_user(allow("s3:GetObject", "arn:aws:s3:::recorded-bucket/*"),
                             deny("s3:GetObject", "arn:aws:s3:::recorded-bucket/secret/*"))
    assert status_of(exchange(writ.address(), signed(path="/recorded-bucket/secret%2Fa", keys=keys))) == 403
    assert recorder.connections == 0


def test_headers_about_the_connection_end_here(writ, recorder, signed):
    also = ("Connection: keep-alive, X-Custom\r\nKeep-Alive: 5\r\nX-Custom: 1\r\nX-Forwarded-For: 10.0.0.1\r\n"
            "X-Http-Method-Override: DELETE\r\nX-Original-Url: /other\r\nx_amz_acl: public-read\r\nTe: trailers\r\n"
            "Proxy-Authorization: Basic eDp5\r\nUpgrade: h2c\r\nCookie: a=b\r\n")
    assert status_of(exchange(writ.address(), signed(also=also))) == 200
    assert set(headers_of(recorder.requests[0][0])) == {"host", "x-amz-date", "x-amz-content-sha256", "authorization"}


def test_trailing_headers_of_a_chunked_body_do_not_count(writ, recorder, signed):
    """They come when nobody can sign them any more."""
    request = signed(method="POST", path="/recorded-bucket?delete", payload="UNSIGNED-PAYLOAD",
                     **{"Content-MD5": "x", "Transfer-Encoding": "chunked"})
    body = b"<Delete><Object><Key>a</Key></Object></Delete>"
    request += f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\nx-amz-bypass-governance-retention: true\r\n\r\n"
    exchange(writ.address(), request)
    for head, _, _ in recorder.requests:
        assert "bypass" not in head.lower()


def test_pipelined_requests_are_each_decided(writ, recorder, signed):
    _, keys = writ.make_user(allow("s3:GetObject", "arn:aws:s3:::recorded-bucket/key"))
    answer = exchange(writ.address(), signed(keys=keys) + signed(path="/recorded-bucket/other", keys=keys) + signed(keys=keys))
    statuses = [int(part.split(b" ", 1)[0]) for part in answer.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [200, 403, 200]
    assert [head.split(" ")[1] for head, _, _ in recorder.requests] == [PATH, PATH]


def test_an_old_request_is_not_taken_again(writ, recorder):
    signer = Signer(ROOT_KEYS, date="20250101T000000Z")
    headers = signer.headers("GET", PATH, {"Host": writ.gateway.removeprefix("http://")}, EMPTY)
    answer = exchange(writ.address(), raw_request("GET", PATH, headers))
    assert status_of(answer) == 403 and b"<Code>RequestTimeTooSkewed</Code>" in answer
    assert recorder.connections == 0


def test_host_style_becomes_path_style(writ, recorder):
    host = "recorded-bucket.s3.gateway.test"
    headers = Signer(ROOT_KEYS).headers("GET", "/key", {"Host": host}, EMPTY)
    assert status_of(exchange(writ.address(), raw_request("GET", "/key", headers))) == 200
    assert recorder.requests[0][0].startswith("GET /recorded-bucket/key HTTP/1.1\r\n")
