"""The authorization APIs as programs use them: native, AuthZEN, and a real nginx that asks before it lets pass."""
import http.client
import json
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, HTTPServer

import cbor2
import pytest
from authorization import ROOT, ask, send, signed_headers
from conftest import ACCOUNT, WRIT, Keys, allow, policy, trust

BUCKET = "arn:aws:s3:::orders"
SHOP = {
    "prefix": "shop",
    "title": "The shop",
    "actions": [{"name": "can_read", "access_level": "Read", "resource_types": ["order*"]},
                {"name": "can_refund", "access_level": "Write", "resource_types": ["order*"]}],
    "resource_types": [{"name": "order", "arn": "arn:${Partition}:shop:${Region}:${Account}:order/${OrderId}"}],
}


def user_arn(name):
    return f"arn:aws:iam::{ACCOUNT}:user/{name}"


@pytest.fixture
def reader(iam, make_user):
    """A user who may list one bucket: (name, keys)."""
    name, keys = make_user()
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(allow("s3:ListBucket", BUCKET)))
    return name, keys


def test_questions_are_answered_as_policies_say(server, reader):
    question = {"principal": user_arn(reader[0]), "action": "s3:ListBucket", "resource": BUCKET}
    assert ask(server, "/authorize", question)[::2] == (200, {"decision": "allowed", "decided_by": "identity"})
    status, _, answer = ask(server, "/authorize", {**question, "action": "s3:DeleteBucket"})
    assert status == 200
    assert answer == {
        "decision": "implicitDeny", "decided_by": "identity",
        "message": f"User: {user_arn(reader[0])} is not authorized to perform: s3:DeleteBucket on resource: "
                   f"\"{BUCKET}\" because no identity-based policy allows the s3:DeleteBucket action"}


def test_a_hundred_questions_take_one_call(server, reader):
    questions = [{"action": "s3:ListBucket" if number % 3 else "s3:GetBucketTagging"} for number in range(100)]
    status, _, answer = ask(server, "/authorize", {"principal": user_arn(reader[0]), "resource": BUCKET,
                                                   "questions": questions})
    assert status == 200
    assert [each["decision"] for each in answer["answers"]] == [
        "allowed" if number % 3 else "implicitDeny" for number in range(100)]


def authorize_request(server, body, bearer, content_type="application/json"):
    head = (f"POST /authorize HTTP/1.1\r\nHost: {urllib.parse.urlsplit(server.url).netloc}\r\nAuthorization: Bearer {bearer}\r\n"
            f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n")
    return head.encode() + body


def connect(server):
    parts = urllib.parse.urlsplit(server.url)
    return socket.create_connection((parts.hostname, parts.port), timeout=30)


def next_answer(stream):
    """(status, headers by lower-case name, body) of one answer on a connection that stays open."""
    status = int(stream.readline().split()[1])
    headers = {}
    while line := stream.readline().strip():
        name, _, value = line.decode().partition(":")
        headers[name.lower()] = value.strip()
    return status, headers, stream.read(int(headers["content-length"]))


def test_requests_are_sent_ahead_of_answers_on_one_connection(server, reader, make_user):
    """Each answer is that of its own request: in order, allowed or denied, in JSON or compact, good or bad."""
    bearer = ask(server, "/bearer-token")[2]["bearer_token"]
    foreign = ask(server, "/bearer-token", keys=make_user()[1])[2]["bearer_token"]
    question = {"principal": user_arn(reader[0]), "action": "s3:ListBucket", "resource": BUCKET}
    allowed = json.dumps(question).encode()
    denied = json.dumps({**question, "action": "s3:DeleteBucket"}).encode()
    compact = cbor2.dumps({1: question["principal"], 2: question["action"], 3: BUCKET})
    cbor = "application/cbor"
    kinds = [(authorize_request(server, allowed, bearer), 200, "application/json", b'"allowed"'),
             (authorize_request(server, denied, bearer), 200, "application/json", b'"implicitDeny"'),
             (authorize_request(server, compact, bearer, cbor), 200, cbor, cbor2.dumps({16: 1, 17: "identity"})),
             (authorize_request(server, allowed, foreign), 403, "application/json", b'"AccessDenied"'),
             (authorize_request(server, b"{", bearer), 400, "application/json", b'"SerializationException"'),
             (authorize_request(server, compact[:-1], bearer, cbor), 400, cbor, b"is cut off")]
    sequence = [kinds[number * 7 % len(kinds)] for number in range(60)]
    with connect(server) as connection:
        connection.sendall(b"".join(request for request, *_ in sequence))
        with connection.makefile("rb") as stream:
            ids = set()
            for _, status, kind, part in sequence:
                got, headers, body = next_answer(stream)
                assert (got, headers["content-type"]) == (status, kind)
                assert part in body
                assert headers.get("connection", "keep-alive").lower() == "keep-alive"
                ids.add(headers["x-amzn-requestid"])
            assert len(ids) == len(sequence)
            for request, status, _, part in kinds:  # And goes on, one by one, on the same connection.
                connection.sendall(request)
                got, _, body = next_answer(stream)
                assert got == status and part in body


def test_a_policy_that_changes_between_pipelined_requests_counts_at_once(server, iam, reader):
    bearer = ask(server, "/bearer-token")[2]["bearer_token"]
    body = json.dumps({"principal": user_arn(reader[0]), "action": "s3:ListBucket", "resource": BUCKET}).encode()
    with connect(server) as connection, connection.makefile("rb") as stream:
        for effect in ("allowed", "implicitDeny") * 5:
            if effect == "allowed":
                iam.put_user_policy(UserName=reader[0], PolicyName="p", PolicyDocument=policy(allow("s3:ListBucket", BUCKET)))
            else:
                iam.delete_user_policy(UserName=reader[0], PolicyName="p")
            connection.sendall(authorize_request(server, body, bearer) * 3)
            for _ in range(3):
                assert json.loads(next_answer(stream)[2])["decision"] == effect


def test_whoever_asks_about_others_needs_permission(server, iam, reader, make_user):
    guard, keys = make_user()
    question = {"principal": user_arn(reader[0]), "action": "s3:ListBucket", "resource": BUCKET}
    status, _, answer = ask(server, "/authorize", question, keys)
    assert (status, answer["decision"], answer["error"]) == (403, "implicitDeny", "AccessDenied")
    iam.put_user_policy(UserName=guard, PolicyName="p", PolicyDocument=policy(
        allow("writ:Authorize", user_arn(reader[0]))))
    assert ask(server, "/authorize", question, keys)[2]["decision"] == "allowed"
    status, _, answer = ask(server, "/authorize", {**question, "explain": True}, keys)
    assert status == 403 and "writ:Explain" in answer["message"]


def test_a_session_may_be_asked_about_by_its_token(server, iam, make_user, unique):
    role = unique("role")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}))
    iam.put_role_policy(RoleName=role, PolicyName="p", PolicyDocument=policy(allow("s3:*")))
    name, keys = make_user()
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(allow("sts:AssumeRole")))
    session = Keys.of(server.client("sts", keys).assume_role(
        RoleArn=f"arn:aws:iam::{ACCOUNT}:role/{role}", RoleSessionName="session",
        Policy=policy(allow("s3:GetObject")))["Credentials"])
    question = {"principal": {"access_key_id": session.access_key_id, "session_token": session.session_token},
                "questions": [{"action": "s3:GetObject", "resource": BUCKET + "/1"},
                              {"action": "s3:ListBucket", "resource": BUCKET}]}
    answers = ask(server, "/authorize", question)[2]["answers"]
    assert [each["decision"] for each in answers] == ["allowed", "implicitDeny"]
    assert answers[1]["decided_by"] == "session"
    assert ask(server, "/authorize", {"action": "s3:ListBucket", "resource": BUCKET}, session)[2]["decided_by"] == "session"


def test_a_bearer_token_stands_for_the_signature(server, iam, reader):
    name, keys = reader
    status, _, made = ask(server, "/bearer-token", {"lifetime_s": 600}, keys)
    assert status == 200 and made["bearer_token"].startswith("writ_")
    question = {"action": "s3:ListBucket", "resource": BUCKET}
    assert ask(server, "/authorize", question, bearer=made["bearer_token"])[2]["decision"] == "allowed"
    iam.update_access_key(UserName=name, AccessKeyId=keys.access_key_id, Status="Inactive")
    status, headers, _ = ask(server, "/authorize", question, bearer=made["bearer_token"])
    assert (status, headers["WWW-Authenticate"]) == (401, 'Bearer realm="writ"')


def test_connections_are_kept_and_requests_may_be_sent_ahead(server, reader):
    body = json.dumps({"principal": user_arn(reader[0]), "action": "s3:ListBucket", "resource": BUCKET}).encode()
    url = server.url + "/authorize"
    headers = signed_headers(url, body=body, headers={"Content-Type": "application/json"})
    host, port = server.url.removeprefix("http://").split(":")
    head = f"POST /authorize HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: {len(body)}\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in headers.items() if name.lower() != "host")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall((head.encode() + b"\r\n" + body) * 5)
        answers = connection.makefile("rb")
        for _ in range(5):
            assert answers.readline().startswith(b"HTTP/1.1 200 ")
            told = http.client.parse_headers(answers)
            assert json.loads(answers.read(int(told["Content-Length"])))["decision"] == "allowed"


def test_authzen_evaluates_with_a_described_service(server, iam, make_user):
    assert ask(server, "/services", SHOP)[0] == 200
    alice, _ = make_user()
    iam.put_user_policy(UserName=alice, PolicyName="p", PolicyDocument=policy(
        allow("shop:can_read", f"arn:aws:shop:us-east-1:{ACCOUNT}:order/*")))
    entities = {"subject": {"type": "user", "id": alice}, "resource": {"type": "order", "id": "1"}}
    status, headers, answer = ask(server, "/access/v1/evaluation", {**entities, "action": {"name": "can_read"}},
                                  headers={"X-Request-ID": "r-1"})
    assert (status, answer, headers["X-Request-ID"]) == (200, {"decision": True}, "r-1")
    answer = ask(server, "/access/v1/evaluations", {
        **entities, "options": {"evaluations_semantic": "deny_on_first_deny"},
        "evaluations": [{"action": {"name": name}} for name in ("can_read", "can_refund", "can_read")]})[2]
    assert [each["decision"] for each in answer["evaluations"]] == [True, False]
    found = ask(server, "/access/v1/search/action", entities)[2]
    assert found["results"] == [{"name": "can_read"}]
    found = ask(server, "/access/v1/search/subject", {
        "subject": {"type": "user"}, "action": {"name": "can_refund"}, "resource": {"type": "order", "id": "1"}})[2]
    assert {"type": "user", "id": alice} not in found["results"]
    status, _, metadata = send(server.url + "/.well-known/authzen-configuration", "GET")
    assert status == 200 and metadata["policy_decision_point"] == server.url
    assert ask(server, metadata["access_evaluation_endpoint"].removeprefix(server.url),
               {**entities, "action": {"name": "can_refund"}})[2]["decision"] is False
    assert ask(server, "/services/shop", method="DELETE")[0] == 200


def test_services_are_described_from_the_command_line(server, make_user, tmp_path):
    (tmp_path / "shop.json").write_text(json.dumps({**SHOP, "prefix": "stall", "resource_types": [
        {"name": "order", "arn": "arn:${Partition}:stall:::order/${OrderId}"}]}))

    def service(*arguments, keys=ROOT):
        return subprocess.run([WRIT, "service", *arguments], capture_output=True, text=True, check=False, env={
            **os.environ, "AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": keys.access_key_id,
            "AWS_SECRET_ACCESS_KEY": keys.secret_access_key, "AWS_SESSION_TOKEN": keys.session_token or ""})

    registered = service("register", tmp_path / "shop.json")
    assert (registered.returncode, registered.stdout) == (0, "Registered stall with 2 actions.\n"), registered.stderr
    assert "stall" in service("list").stdout
    assert json.loads(service("show", "stall").stdout)["title"] == "The shop"
    refused = service("remove", "stall", keys=make_user()[1])
    assert refused.returncode == 1 and "writ:DeleteService" in refused.stderr
    assert service("remove", "stall").returncode == 0
    gone = service("show", "stall")
    assert gone.returncode == 1 and "no registered service" in gone.stderr


def test_sessions_describe_services_too(server, iam, make_user, unique):
    """The client of libcurl signs the session token."""
    role = unique("role")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}))
    iam.put_role_policy(RoleName=role, PolicyName="p", PolicyDocument=policy(allow("writ:*")))
    name, keys = make_user()
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(allow("sts:AssumeRole")))
    session = Keys.of(server.client("sts", keys).assume_role(
        RoleArn=f"arn:aws:iam::{ACCOUNT}:role/{role}", RoleSessionName="session")["Credentials"])
    listed = subprocess.run([WRIT, "service", "list"], capture_output=True, text=True, check=False, env={
        **os.environ, "AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": session.access_key_id,
        "AWS_SECRET_ACCESS_KEY": session.secret_access_key, "AWS_SESSION_TOKEN": session.session_token})
    assert listed.returncode == 0, listed.stderr


def test_authzen_errors_have_the_status_of_the_specification(server, make_user):
    evaluation = {"subject": {"type": "user", "id": "nobody"}, "action": {"name": "s3:ListBucket"},
                  "resource": {"type": "s3:bucket", "id": "orders"}}
    assert send(server.url + "/access/v1/evaluation", body=b"{}", headers={"Content-Type": "application/json"})[0] == 401
    assert ask(server, "/access/v1/evaluation", {"subject": {}})[0] == 400
    assert ask(server, "/access/v1/evaluation", evaluation, make_user()[1])[0] == 403
    status, _, answer = ask(server, "/access/v1/evaluation", evaluation)
    assert (status, answer["decision"]) == (200, False)


def test_the_log_tells_who_asked_and_nothing_secret(own_server):
    server = own_server()
    bearer = ask(server, "/bearer-token", {})[2]["bearer_token"]
    ask(server, "/authorize", {"action": "s3:ListBucket", "resource": BUCKET}, bearer=bearer)
    server.stop()
    lines = [line for line in server.log_lines() if line.get("action") == "Authorize"]
    assert lines and lines[0]["service"] == "writ" and lines[0]["caller"].endswith(":root")
    assert bearer not in server.log.read_text()


class Upstream(BaseHTTPRequestHandler):
    """The service that nginx guards: tells whom nginx let pass."""

    def do_GET(self):
        body = f"{self.path} for {self.headers.get('X-Writ-Principal', 'nobody')}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            auth_request /authorization;
            auth_request_set $writ_principal $upstream_http_x_writ_principal;
            auth_request_set $writ_message $upstream_http_x_writ_message;
            proxy_set_header X-Writ-Principal $writ_principal;
            error_page 403 = @denied;
            proxy_pass http://127.0.0.1:{upstream};
        }}
        location = /authorization {{
            internal;
            proxy_pass {writ}/external-authorization;
            proxy_pass_request_body off;
            proxy_set_header Content-Length "";
            proxy_set_header X-Original-Method $request_method;
            proxy_set_header X-Original-URI $request_uri;
            proxy_set_header X-Original-Host $http_host;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto $scheme;
        }}
        location @denied {{ return 403 $writ_message; }}
    }}
}}
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def nginx(own_server, tmp_path):
    """Debian's nginx in front of a service, asking Writ: (its URL, the server)."""
    program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    assert program, "nginx is missing: run scripts/setup test"
    (tmp_path / "writ.toml").write_text("""
[external_authorization]
proxy = "nginx"
service = "documents"
rules = ["GET * /documents/{id} documents:Read arn:aws:documents:::document/{id}"]
""")
    server = own_server("--config", str(tmp_path / "writ.toml"))
    upstream = HTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    folder, port = tmp_path / "nginx", free_port()
    folder.mkdir()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, upstream=upstream.server_port,
                                                    writ=server.url))
    process = subprocess.Popen([program, "-c", folder / "nginx.conf", "-e", folder / "error.log", "-p", folder])
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            assert process.poll() is None and time.monotonic() < deadline, (folder / "error.log").read_text()
            time.sleep(0.05)
    yield f"http://127.0.0.1:{port}", server
    process.terminate()
    assert process.wait(timeout=20) == 0
    upstream.shutdown()
    upstream.server_close()


def test_nginx_lets_pass_who_is_allowed(nginx):
    url, server = nginx
    iam = server.client("iam")
    iam.create_user(UserName="alice")
    keys = Keys.of(iam.create_access_key(UserName="alice")["AccessKey"])
    iam.put_user_policy(UserName="alice", PolicyName="p", PolicyDocument=policy(
        allow("documents:Read", "arn:aws:documents:::document/1",
              Condition={"IpAddress": {"aws:SourceIp": "127.0.0.1"}})))

    def get(path, **headers):
        return send(url + path, "GET", headers=headers)

    def get_signed(path, **options):
        return get(path, **signed_headers(url + path, "GET", keys=keys, service="documents", **options))

    assert get("/documents/1")[0] == 401
    assert get_signed("/documents/1?version=2")[::2] == (200, f"/documents/1?version=2 for {user_arn('alice')}")
    status, _, text = get_signed("/documents/2")
    assert status == 403
    assert text == (f"User: {user_arn('alice')} is not authorized to perform: documents:Read on resource: "
                    "arn:aws:documents:::document/2 because no identity-based policy allows the documents:Read action")
    assert get_signed("/other")[0] == 403
    # What the client says of the request is not what nginx asks about.
    forged = signed_headers(url + "/documents/2", "GET", keys=keys, service="documents")
    assert get("/documents/2", **forged, **{"X-Original-URI": "/documents/1", "X-Writ-Principal": "root"})[0] == 403
    bearer = ask(server, "/bearer-token", {}, keys)[2]["bearer_token"]
    assert get("/documents/1", Authorization=f"Bearer {bearer}")[0] == 200
    assert get("/documents/2", Authorization=f"Bearer {bearer}")[0] == 403
    assert get("/documents/1", Authorization="Bearer writ_x")[0] == 401
    assert get("/documents/1/../2", Authorization=f"Bearer {bearer}")[0] == 403


def test_nginx_lets_nobody_pass_when_writ_is_away(nginx):
    url, server = nginx
    bearer = ask(server, "/bearer-token", {})[2]["bearer_token"]
    assert send(url + "/documents/1", "GET", headers={"Authorization": f"Bearer {bearer}"})[0] == 200
    server.stop()
    assert send(url + "/documents/1", "GET", headers={"Authorization": f"Bearer {bearer}"})[0] == 500
