"""Uploads that pass through the gateway piece by piece: chunks, trailers, hashes, and what is wrong with them."""
import socket
import time
import uuid

import pytest

from conftest import ROOT_KEYS, allow
from recorder import headers_of
from signing import EMPTY, Signer, exchange, raw_request, sha256, status_of

BODY = bytes(range(256)) * 1024  # 256 KiB.
PATH = "/recorded-bucket/key"


@pytest.fixture
def put(writ):
    """The head of a PUT to the recorder, signed: (signer, head)."""

    def make(payload, **headers):
        signer = Signer(ROOT_KEYS)
        headers = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        signed = signer.headers("PUT", PATH, {"Host": writ.gateway.removeprefix("http://"), **headers}, payload)
        return signer, raw_request("PUT", PATH, signed)

    return make


def chunked(signer, size=65536):
    pieces = [signer.chunk(BODY[at:at + size]) for at in range(0, len(BODY), size)]
    return [*pieces, signer.chunk(b"")]


def trailer_of(signer):
    return signer.trailer("x-amz-checksum-crc32", "AAAAAA==")


def signed_upload(put, kind="STREAMING-AWS4-HMAC-SHA256-PAYLOAD", **headers):
    """The length is signed before there are chunks, so that they are made once more only for their length."""
    measure = Signer(ROOT_KEYS)
    measure.seed = "0" * 64
    end = len(trailer_of(measure)) if kind.endswith("TRAILER") else len(b"\r\n")
    signer, head = put(kind, x_amz_decoded_content_length=len(BODY), Content_Encoding="aws-chunked",
                       Content_Length=len(b"".join(chunked(measure))) + end, **headers)
    return signer, head, chunked(signer)


def test_signed_chunks(writ, recorder, put):
    _, head, chunks = signed_upload(put)
    assert status_of(exchange(writ.address(), head, *chunks, b"\r\n")) == 200
    (sent, body, whole), = recorder.requests
    assert whole and body == BODY
    headers = headers_of(sent)
    assert headers["x-amz-content-sha256"] == "UNSIGNED-PAYLOAD"
    assert "Credential=AKIAUPSTREAM/" in headers["authorization"]
    assert not {"content-encoding", "x-amz-decoded-content-length", "x-amz-trailer"} & set(headers)


def test_signed_chunks_in_small_pieces(writ, recorder, put):
    _, head, chunks = signed_upload(put)
    stream = head + b"".join(chunks) + b"\r\n"
    pieces = [stream[at:at + 777] for at in range(0, len(stream), 777)]
    assert status_of(exchange(writ.address(), *pieces)) == 200
    assert recorder.requests[0][1] == BODY


def test_a_trailing_checksum_goes_on(writ, recorder, put):
    signer, head, chunks = signed_upload(put, "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                                         x_amz_trailer="x-amz-checksum-crc32")
    assert status_of(exchange(writ.address(), head, *chunks, trailer_of(signer))) == 200
    (sent, body, whole), = recorder.requests
    headers = headers_of(sent)
    assert headers["x-amz-content-sha256"] == "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
    assert headers["x-amz-trailer"] == "x-amz-checksum-crc32" and headers["content-encoding"] == "aws-chunked"
    assert headers["x-amz-decoded-content-length"] == str(len(BODY))
    assert whole and body.endswith(b"0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n")
    assert body.startswith(b"10000\r\n" + BODY[:65536] + b"\r\n")


def test_unsigned_chunks_with_a_trailing_checksum_reach_moto(writ):
    import base64
    import zlib
    root = writ.client("s3")
    bucket = f"b-{uuid.uuid4().hex[:8]}"
    root.create_bucket(Bucket=bucket)
    checksum = base64.b64encode(zlib.crc32(b"hello").to_bytes(4, "big")).decode()
    body = f"5\r\nhello\r\n0\r\nx-amz-checksum-crc32:{checksum}\r\n\r\n".encode()
    signer = Signer(ROOT_KEYS)
    headers = signer.headers("PUT", f"/{bucket}/k", {
        "Host": writ.gateway.removeprefix("http://"), "Content-Encoding": "aws-chunked", "x-amz-trailer": "x-amz-checksum-crc32",
        "x-amz-decoded-content-length": "5", "Content-Length": str(len(body)), "x-amz-sdk-checksum-algorithm": "CRC32"},
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
    assert status_of(exchange(writ.address(), raw_request("PUT", f"/{bucket}/k", headers) + body)) == 200
    assert root.get_object(Bucket=bucket, Key="k")["Body"].read() == b"hello"


@pytest.mark.parametrize("change", ["data of the second chunk", "signature of the second chunk", "order", "cut"])
def test_a_bad_chunk_breaks_the_upload_off(writ, recorder, put, change):
    _, head, chunks = signed_upload(put)
    if change == "data of the second chunk":
        chunks[1] = chunks[1][:-3] + b"x\r\n"
    elif change == "signature of the second chunk":
        at = chunks[1].index(b"=") + 1
        chunks[1] = chunks[1][:at] + (b"0" if chunks[1][at:at + 1] != b"0" else b"1") + chunks[1][at + 1:]
    elif change == "order":
        chunks[1], chunks[2] = chunks[2], chunks[1]
    else:
        chunks = chunks[:2]
    answer = exchange(writ.address(), head, *chunks, b"\r\n")
    if change != "cut":
        assert status_of(answer) == 403 and b"<Code>SignatureDoesNotMatch</Code>" in answer
    assert not [whole for _, _, whole in recorder.wait_for(1) if whole]
    assert recorder.resets == len(recorder.requests)  # Some servers keep a part when a connection ends in order.


def test_a_changed_trailer_breaks_the_upload_off(writ, recorder, put):
    signer, head, chunks = signed_upload(put, "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                                         x_amz_trailer="x-amz-checksum-crc32")
    trailer = trailer_of(signer).replace(b"AAAAAA==", b"AAAAAQ==")
    assert status_of(exchange(writ.address(), head, *chunks, trailer)) == 403
    assert not [whole for _, _, whole in recorder.wait_for(1) if whole]


def test_a_hash_is_verified_before_the_end(writ, recorder, put):
    _, head = put(sha256(BODY), Content_Length=len(BODY))
    assert status_of(exchange(writ.address(), head, BODY)) == 200
    assert recorder.requests[0][1:] == (BODY, True)
    recorder.forget()
    answer = exchange(writ.address(), head, BODY[:-1] + b"x")
    assert status_of(answer) == 400 and b"<Code>XAmzContentSHA256Mismatch</Code>" in answer
    assert not [whole for _, _, whole in recorder.wait_for(1) if whole]


def test_an_empty_object(writ, recorder, put):
    _, head = put(EMPTY, Content_Length=0)
    assert status_of(exchange(writ.address(), head)) == 200
    _, head = put(sha256(b"not empty"), Content_Length=0)
    assert status_of(exchange(writ.address(), head)) == 400
    assert len(recorder.requests) == 1


def test_an_empty_object_in_chunks(writ, recorder, put):
    signer, head = put("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", x_amz_decoded_content_length=0, Content_Length=86)
    last = signer.chunk(b"") + b"\r\n"
    wrong = last.replace(last[20:22], b"00" if last[20:22] != b"00" else b"11")
    assert len(last) == 86
    assert status_of(exchange(writ.address(), head, wrong)) == 403
    assert recorder.connections == 0
    assert status_of(exchange(writ.address(), head, last)) == 200
    assert headers_of(recorder.requests[0][0])["content-length"] == "0"


def test_the_client_that_expects_to_be_told(writ, recorder, put):
    _, head = put(sha256(BODY), Content_Length=len(BODY))
    head = head.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n")
    with socket.create_connection(writ.address(), timeout=5) as connection:
        connection.sendall(head)
        assert connection.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(BODY)
        assert status_of(connection.recv(65536)) == 200
    assert "expect" not in headers_of(recorder.requests[0][0])


def test_who_is_denied_is_not_told_to_go_on(writ, recorder):
    _, keys = writ.make_user(allow("s3:GetObject"))
    headers = Signer(keys).headers("PUT", PATH, {"Host": writ.gateway.removeprefix("http://"),
                                                 "Content-Length": str(len(BODY))}, sha256(BODY))
    headers["Expect"] = "100-continue"
    answer = exchange(writ.address(), raw_request("PUT", PATH, headers))
    assert status_of(answer) == 403 and b"100 Continue" not in answer
    assert recorder.requests == [] and recorder.connections == 0


def test_the_client_that_goes_in_the_middle(writ, recorder, put):
    _, head = put("UNSIGNED-PAYLOAD", Content_Length=len(BODY))
    with socket.create_connection(writ.address()) as connection:
        connection.sendall(head + BODY[:100_000])
    assert [whole for _, _, whole in recorder.wait_for(1)] == [False]
    assert recorder.resets == 1


def test_the_client_that_stalls_in_the_middle(hasty, recorder, put):
    _, head = put("UNSIGNED-PAYLOAD", Content_Length=len(BODY))
    with socket.create_connection(hasty.address(), timeout=10) as connection:
        connection.sendall(head + BODY[:1000])
        began = time.monotonic()
        assert connection.recv(65536) == b""
        assert 0.9 < time.monotonic() - began < 6
    assert [whole for _, _, whole in recorder.wait_for(1)] == [False]
    assert recorder.resets == 1


def test_memory_stays_small(writ, recorder, put):
    """A large upload is never in memory as a whole."""
    size = 64 << 20
    _, head = put("UNSIGNED-PAYLOAD", Content_Length=size)
    status = f"/proc/{writ.process.pid}/status"

    def peak_kib():
        return next(int(line.split()[1]) for line in open(status) if line.startswith("VmHWM"))

    before = peak_kib()
    block = b"x" * (1 << 20)
    assert status_of(exchange(writ.address(), head, *[block] * 64, timeout=60)) == 200
    assert len(recorder.wait_for(1)[0][1]) == size
    assert peak_kib() - before < 16 << 10
