"""Services that are slow, dead or lie: the client gets one answer, and none that belongs to another."""
import socket

import pytest

from conftest import ROOT_KEYS, Writ, allow, upstream
from signing import EMPTY, Signer, exchange, raw_request, status_of


@pytest.fixture
def get(writ):
    def make(path="/recorded-bucket/key", host=None):
        headers = Signer(ROOT_KEYS).headers("GET", path, {"Host": host or writ.gateway.removeprefix("http://")}, EMPTY)
        return raw_request("GET", path, headers)

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
