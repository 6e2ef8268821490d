"""What whoever runs a Writ relies on: restarts, signals, log, metrics, limits."""
import http.client
import json
import subprocess
import urllib.error
import urllib.parse
import urllib.request

import pytest
from conftest import ACCOUNT, ROOT_SECRET, WRIT, Keys


def operations_url(server):
    line = next(line for line in server.lines if "/metrics" in line or "/health" in line)
    return next(word for word in line.replace(",", " ").split() if word.startswith("http://")).rsplit("/", 1)[0]


def test_everything_is_there_after_a_restart(own_server):
    first = own_server()
    iam = first.client("iam")
    iam.create_user(UserName="ada")
    keys = Keys.of(iam.create_access_key(UserName="ada")["AccessKey"])
    session = Keys.of(first.client("sts", keys).get_session_token()["Credentials"])
    assert first.stop() == 0
    second = own_server()
    assert second.client("sts", keys).get_caller_identity()["Arn"].endswith(":user/ada")
    assert second.client("sts", session).get_caller_identity()["Arn"].endswith(":user/ada")


def test_two_writs_do_not_share_a_data_directory(own_server):
    first = own_server()
    done = subprocess.run([WRIT, "serve", "--data", first.data, "--listen", "127.0.0.1:0",
                           "--metrics-listen", "127.0.0.1:0"], capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 3
    assert str(first.data) in done.stderr


def test_a_root_key_is_made_and_shown_once(own_server):
    first = own_server(environment={})
    shown = "\n".join(first.lines)
    assert "AKIA" in shown
    first.stop()
    second = own_server(environment={})
    assert "AKIA" not in "\n".join(second.lines)


def test_health_and_metrics(own_server):
    server = own_server()
    server.client("sts").get_caller_identity()
    base = operations_url(server)
    with urllib.request.urlopen(base + "/health") as answer:
        assert json.load(answer)["status"] == "ok"
    with urllib.request.urlopen(base + "/metrics") as answer:
        text = answer.read().decode()
    assert 'action="GetCallerIdentity"' in text
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(base + "/nothing")
    assert missing.value.code == 404


def test_the_log_tells_who_did_what_and_no_secret(own_server, denied):
    server = own_server()
    iam = server.client("iam")
    iam.create_user(UserName="ada")
    keys = Keys.of(iam.create_access_key(UserName="ada")["AccessKey"])
    denied(server.client("iam", keys).list_users)
    session = server.client("sts", keys).get_session_token()["Credentials"]
    server.client("sts", Keys.of(session)).get_caller_identity()
    server.stop()
    lines = server.log_lines()
    refused = [line for line in lines if line.get("action") == "ListUsers"]
    assert len(refused) == 1
    assert refused[0]["decision"] == "implicitDeny"
    assert refused[0]["caller"] == f"arn:aws:iam::{ACCOUNT}:user/ada"
    text = server.log.read_text()
    for secret in (ROOT_SECRET, keys.secret_access_key, session["SecretAccessKey"], session["SessionToken"]):
        assert secret not in text
    stored = b"".join(path.read_bytes() for path in server.data.rglob("*") if path.is_file())
    assert keys.secret_access_key.encode() not in stored
    assert ROOT_SECRET.encode() not in stored


def raw(server, method="POST", path="/", body=b"", headers=None):
    where = urllib.parse.urlsplit(server.url)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=10)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("body, status, text", [
    (b"Action=ListUsers&Version=2010-05-08", 403, "<Code>MissingAuthenticationToken</Code>"),
    (b"Action=Nothing&Version=2010-05-08", 403, "<Code>MissingAuthenticationToken</Code>"),  # Spec 7.7: 4 before 10.
    (b"", 400, "<Code>MissingAction</Code>"),
])
def test_unsigned_requests(server, body, status, text):
    got, answer = raw(server, body=body, headers=FORM)
    assert got == status
    assert text in answer


def test_a_body_above_the_limit(server):
    assert raw(server, body=b"x" * 10_000_001, headers=FORM)[0] == 413
