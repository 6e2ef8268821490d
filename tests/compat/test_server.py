"""What whoever runs a Writ relies on: restarts, signals, log, metrics, limits."""
import http.client
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
from botocore.exceptions import ClientError
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


def keys_command(data, *arguments):
    done = subprocess.run([WRIT, "keys", *arguments, "--data", data], capture_output=True, text=True, timeout=20,
                          check=False)
    return done.returncode, done.stdout + done.stderr


def test_sessions_outlive_a_rotation_but_not_their_key(own_server, denied):
    first = own_server()
    iam = first.client("iam")
    iam.create_user(UserName="ada")
    keys = Keys.of(iam.create_access_key(UserName="ada")["AccessKey"])
    old = Keys.of(first.client("sts", keys).get_session_token()["Credentials"])
    code, text = keys_command(first.data, "rotate")  # Beside the running server.
    assert code == 0
    assert "Key 2" in text
    assert first.client("sts", old).get_caller_identity()["Arn"].endswith(":user/ada")
    first.stop()

    second = own_server()
    new = Keys.of(second.client("sts", keys).get_session_token()["Credentials"])
    for credentials in (keys, old, new):
        assert second.client("sts", credentials).get_caller_identity()["Arn"].endswith(":user/ada")
    second.stop()

    file = second.data / "keys"
    heading, first_key, second_key = file.read_text().splitlines()
    assert first_key.startswith("1 ")
    file.write_text(f"{heading}\n{second_key}\n")
    # The secrets of root and ada are sealed under the first key; root's is chosen again at each start.
    third = own_server()
    assert denied(third.client("sts", old).get_caller_identity)[0] == "InvalidClientTokenId"
    assert third.client("sts", new).get_caller_identity()["Arn"].endswith(":user/ada")


def test_a_running_server_takes_the_new_key(own_server):
    server = own_server()
    assert keys_command(server.data, "rotate")[0] == 0
    deadline = time.monotonic() + 30
    while not any(line.get("event") == "keys" and line.get("key") == "2" for line in server.log_lines()):
        assert time.monotonic() < deadline, server.log.read_text()
        time.sleep(0.5)
    assert server.client("sts").get_caller_identity()["Account"] == ACCOUNT


def test_keys_are_listed_without_what_they_are(own_server):
    server = own_server()
    keys_command(server.data, "rotate")
    code, text = keys_command(server.data, "list")
    assert code == 0
    assert [line.split()[0] for line in text.splitlines()[1:]] == ["1", "2"]
    assert [line.split()[-1] for line in text.splitlines()[1:]] == ["no", "yes"]
    for line in (server.data / "keys").read_text().splitlines()[1:]:
        assert line.split()[-1] not in text


def test_keys_of_no_data_directory(tmp_path):
    code, text = keys_command(tmp_path / "nothing", "rotate")
    assert code == 3
    assert "There is no key file" in text
    assert not (tmp_path / "nothing").exists()


def test_a_malformed_root_key_leaves_nothing_behind(tmp_path):
    environment = {**os.environ, "WRIT_ROOT_ACCESS_KEY_ID": "x", "WRIT_ROOT_SECRET_ACCESS_KEY": "y"}
    done = subprocess.run([WRIT, "serve", "--data", tmp_path / "data", "--listen", "127.0.0.1:0"], env=environment,
                          capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 2
    assert "access key id" in done.stderr
    assert not (tmp_path / "data").exists()


def test_secrets_do_not_end_in_core_files(own_server):
    limits = open(f"/proc/{own_server().process.pid}/limits").read().splitlines()
    core = next(line for line in limits if line.startswith("Max core file size"))
    assert core.split()[-3:-1] == ["0", "0"]


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


def test_http_refusals_are_logged_and_counted(own_server):
    server = own_server()
    assert raw(server, body=b"x" * 10_000_001, headers=FORM)[0] == 413
    with urllib.request.urlopen(operations_url(server) + "/metrics") as answer:
        assert 'writ_http_refusals_total{status="413"} 1' in answer.read().decode()
    server.stop()
    assert [line["status"] for line in server.log_lines() if line.get("event") == "refused"] == ["413"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(server, method):
    status, text = raw(server, method=method, body=b"Action=ListUsers&Version=2010-05-08", headers=FORM)
    assert status == 405
    assert "<Code>MethodNotAllowed</Code>" in text


def test_json_services_word_their_errors_as_such(server, denied):
    status, text = raw(server, headers={"X-Amz-Target": "AWSOrganizationsV20161128.ListRoots",
                                        "Content-Type": "application/x-amz-json-1.1"}, body=b"{}")
    assert status == 400
    assert json.loads(text)["__type"] == "MissingAuthenticationTokenException"
    unknown = Keys("AKIAUNKNOWNUNKNOWN00", "x" * 40)
    for service, call in (("organizations", "list_roots"), ("accessanalyzer", "list_analyzers")):
        code, status, message = denied(getattr(server.client(service, unknown), call))
        assert (code, status) == ("UnrecognizedClientException", 400)
        assert message == "The security token included in the request is invalid."


def test_the_log_names_the_operation_of_unrecognised_callers(own_server, denied):
    server = own_server()
    denied(server.client("iam", Keys("AKIAUNKNOWNUNKNOWN00", "x" * 40)).list_users)
    server.stop()
    assert [line["error_code"] for line in server.log_lines() if line.get("action") == "ListUsers"] == [
        "InvalidClientTokenId"]


def begin_body(server, bytes_sent):
    """A connection that has sent so much of a body, and keeps the rest to itself."""
    address = urllib.parse.urlparse(server.url)
    connection = socket.create_connection((address.hostname, address.port), timeout=20)
    head = f"POST / HTTP/1.1\r\nHost: writ\r\nContent-Length: {bytes_sent + 1}\r\n\r\n"
    connection.sendall(head.encode() + b"x" * bytes_sent)
    return connection


def test_bodies_have_a_common_limit(own_server):
    server = own_server("--limits-body-bytes-max", "400000", "--limits-bodies-bytes-max", "900000")
    iam = server.client("iam")
    iam.create_user(UserName="ada")
    statement = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    large = json.dumps({"Version": "2012-10-17", "Statement": statement}) + " " * 100_000

    def put():
        iam.put_user_policy(UserName="ada", PolicyName="p", PolicyDocument=large)

    put()
    hogs = [begin_body(server, 399_000), begin_body(server, 200_000)]
    deadline = time.monotonic() + 10
    while True:  # Until both have arrived.
        try:
            put()
        except ClientError as error:
            assert error.response["Error"]["Code"] == "ServiceUnavailable"
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 503
            break
        assert time.monotonic() < deadline
    assert iam.get_user(UserName="ada")["User"]["UserName"] == "ada"  # Small ones are served.
    for hog in hogs:
        hog.close()
    deadline = time.monotonic() + 10
    while True:
        try:
            put()
            break
        except ClientError:
            assert time.monotonic() < deadline
