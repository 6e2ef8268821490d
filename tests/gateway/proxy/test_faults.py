"""Services that are slow, dead or lie: the client gets one answer, and none that belongs to another."""
import socket
import time

import pytest

from conftest import ROOT_KEYS, Writ, allow, upstream
from signing import EMPTY, Signer, exchange, raw_request, status_of


@pytest.fixture
def get(writ):
    def make(path="/recorded-bucket/key", host=None):
        headers = Signer(ROOT_KEYS).headers("GET", path, {"Host": host or writ.gateway.removeprefix("http://")}, EMPTY)
        return raw_request("GET", path, headers)

    return make


@pytest.fixture
def put(writ):
    def make(length):
        headers = Signer(ROOT_KEYS).headers("PUT", "/recorded-bucket/key", {
            "Host": writ.gateway.removeprefix("http://"), "Content-Length": str(length)}, "UNSIGNED-PAYLOAD")
        return raw_request("PUT", "/recorded-bucket/key", headers)

    return make


def test_a_dead_service(writ, get):
    answer = exchange(writ.address(), get("/dead-bucket/key"))
    assert status_of(answer) == 503 and b"<Code>ServiceUnavailable</Code>" in answer


def test_a_slow_service(hasty, recorder, get):
    recorder.answer = None
    answer = exchange(hasty.address(), get())
    assert status_of(answer) == 504 and b"<Code>GatewayTimeout</Code>" in answer


@pytest.mark.parametrize("wrong", [
    b"nonsense\r\n\r\n", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nokk",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nok",
    b"HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 2\r\n\r\nok",
])
def test_a_service_that_speaks_no_http(writ, recorder, get, wrong):
    recorder.answer, recorder.then_close = wrong, True
    assert status_of(exchange(writ.address(), get())) == 503


def test_an_answer_that_breaks_off(writ, recorder, get):
    recorder.answer, recorder.then_close = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this", True
    answer = exchange(writ.address(), get())
    assert b"Content-Length: 100" in answer or answer == b""
    assert b"HTTP/1.1" not in answer[8:]
    recorder.answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
    answer = exchange(writ.address(), get())
    assert not answer.endswith(b"0\r\n\r\n")


def test_an_answer_that_stalls(hasty, recorder, get):
    recorder.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"
    began = time.monotonic()
    answer = exchange(hasty.address(), get())
    assert time.monotonic() - began < 8
    assert b"HTTP/1.1" not in answer[8:]  # Neither another head behind it nor the rest from anywhere.
    assert not answer or answer.endswith(b"only this")


def test_an_answer_before_the_upload_is_done(writ, recorder, put):
    """It is passed on once, and nothing of the upload is taken for another request."""
    recorder.is_hasty, recorder.then_close = True, True
    recorder.answer = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"
    body = b"GET /recorded-bucket/other HTTP/1.1\r\nHost: a\r\n\r\n" * 100_000
    answer = exchange(writ.address(), put(len(body)), body)
    assert answer.count(b"HTTP/1.1 ") <= 1 and status_of(answer) in (403, 503, None)
    assert [head.split(" ")[1] for head, _, _ in recorder.requests] == ["/recorded-bucket/key"]


def test_a_service_that_hangs_up_is_not_asked_twice(writ, recorder, get, put):
    assert status_of(exchange(writ.address(), get())) == 200  # Now there is a connection to use again.
    recorder.answer, recorder.then_close = b"", True
    for request in (put(5) + b"hello", put(5) + b"hello", get()):
        before = len(recorder.requests)
        assert status_of(exchange(writ.address(), request)) == 503
        assert len(recorder.requests) == before + 1


def test_an_answer_that_is_too_long_is_nobody_elses(writ, recorder, get):
    recorder.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nleaked"
    answer = exchange(writ.address(), get() + get())
    assert answer.count(b"HTTP/1.1 200") == 2 and b"leaked" not in answer
    assert recorder.connections <= 2


def test_answers_of_every_framing(writ, recorder, get):
    recorder.answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nTrailing: x\r\n\r\n"
    assert exchange(writ.address(), get()).endswith(b"\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
    recorder.answer, recorder.then_close = b"HTTP/1.1 200 OK\r\n\r\nuntil the end", True
    assert exchange(writ.address(), get()).endswith(b"\r\n\r\nd\r\nuntil the end\r\n0\r\n\r\n")
    recorder.answer = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"
    assert status_of(exchange(writ.address(), get())) == 204


def test_connections_to_a_service_are_used_again(writ, recorder, get):
    for _ in range(3):
        assert status_of(exchange(writ.address(), get() + get())) == 200
    assert len(recorder.requests) == 6 and recorder.connections <= 2


def test_a_connection_that_was_closed_meanwhile_is_not_used(writ, recorder, get):
    recorder.then_close = True
    for _ in range(5):
        assert status_of(exchange(writ.address(), get())) == 200
    assert len(recorder.requests) == 5


def test_a_client_that_goes_before_the_answer(writ, recorder, get):
    recorder.pause = 0.5
    with socket.create_connection(writ.address()) as connection:
        connection.sendall(get())
        recorder.wait_for(1)
    recorder.pause = 0
    assert status_of(exchange(writ.address(), get())) == 200


def test_a_client_that_goes_during_the_answer(writ, recorder, get):
    recorder.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n" + bytes(64 << 20)
    with socket.create_connection(writ.address()) as connection:
        connection.sendall(get())
        assert connection.recv(100) != b""
    deadline = time.monotonic() + 5
    while recorder.resets == 0 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert recorder.resets == 1  # The service is not read to the end for nobody.
    recorder.forget()
    assert status_of(exchange(writ.address(), get())) == 200


def test_observing_lets_everything_pass_and_tells(tmp_path, recorder):
    observing = Writ(tmp_path, upstream("s3", recorder.url, mode="observe"))
    try:
        caller, keys = observing.make_user(allow("s3:GetObject", "arn:aws:s3:::b/allowed"))
        for key in ("allowed", "other"):
            headers = Signer(keys).headers("GET", f"/b/{key}", {"Host": observing.gateway.removeprefix("http://")}, EMPTY)
            assert status_of(exchange(observing.address(), raw_request("GET", f"/b/{key}", headers))) == 200
        headers = Signer(("AKIAUNKNOWNUNKNOWN00", "x")).headers("GET", "/b/c", {"Host": "g"}, EMPTY)
        assert status_of(exchange(observing.address(), raw_request("GET", "/b/c", headers))) == 200
        assert len(recorder.requests) == 3
        assert "authorization" not in recorder.requests[0][0].lower()
    finally:
        assert observing.stop() == 0
    told = [line for line in observing.log_lines() if line.get("event") == "would_be_denied"]
    assert [(line["action"], line["error_code"]) for line in told if "action" in line] == [("s3:GetObject", "AccessDenied")]
    assert told[0]["caller"] == caller and told[0]["resource"] == "arn:aws:s3:::b/other"
    assert told[1]["error_code"] == "InvalidAccessKeyId"


def test_a_gateway_needs_no_service_and_a_service_needs_a_gateway(tmp_path):
    with pytest.raises(RuntimeError, match="There are services for a gateway, but no gateway.listen"):
        Writ(tmp_path, upstream("s3", "http://127.0.0.1:9"), "--gateway-listen", "off")
