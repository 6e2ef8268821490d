"""`writ gateway`: the gateway in a process of its own, beside a server on the same PostgreSQL database."""
import json
import os
import shutil
import signal
import subprocess
import time
import uuid

import pytest

from conftest import REGION, WRIT, Writ, allow, upstream


@pytest.fixture
def database():
    """A schema of its own on the server that scripts/with-postgresql has started."""
    if "WRIT_TEST_POSTGRESQL" not in os.environ:
        pytest.skip("needs scripts/with-postgresql, which make test uses")
    server = os.environ["WRIT_TEST_POSTGRESQL"]
    schema = f"writ_{uuid.uuid4().hex[:12]}"
    subprocess.run(["psql", "--quiet", server, "--command", f"create schema {schema}"], check=True, capture_output=True)
    given = dict(pair.split("=", 1) for pair in server.split())
    return (f"postgresql://{given['user']}@/{given['dbname']}?host={given['host']}"
            f"&options=-csearch_path%3D{schema}")


class GatewayProcess:
    def __init__(self, folder, upstreams, database):
        config = folder / "gateway.toml"
        config.write_text(upstreams)
        self.process = subprocess.Popen(
            [WRIT, "gateway", "--config", config, "--data", folder / "gateway-data", "--database", database,
             "--gateway-listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.gateway = self.process.stdout.readline().strip().removeprefix("writ: gateway on ")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=30) == 0


def test_beside_a_server(tmp_path, moto, database, denied):
    server = Writ(tmp_path / "server", "", "--database", database)
    (tmp_path / "gateway-data").mkdir()
    shutil.copy(tmp_path / "server" / "data" / "keys", tmp_path / "gateway-data" / "keys")
    try:
        with GatewayProcess(tmp_path, upstream("s3", moto, record=True), database) as process:
            caller, keys = server.make_user(allow("s3:ListAllMyBuckets"))
            s3 = server.client("s3", keys, url=process.gateway)
            assert "Buckets" in s3.list_buckets()
            _, session = server.make_session(allow("s3:ListAllMyBuckets"))
            assert "Buckets" in server.client("s3", session, url=process.gateway).list_buckets()
            server.client("iam", url=server.api).put_user_policy(
                UserName=caller.rpartition("/")[2], PolicyName="p", PolicyDocument=json.dumps(
                    {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}))
            time.sleep(1.5)
            assert denied(s3.list_buckets)[2].endswith("with an explicit deny in an identity-based policy")
            # What was used, and the events of it, are in the database that both share.
            done = subprocess.run([WRIT, "policy", "generate", "--principal", caller, "--verify", "--format", "compact",
                                   "--data", server.data, "--database", database], capture_output=True, text=True,
                                  check=False)
            assert done.returncode == 0, done.stderr
            assert json.loads(done.stdout)["Statement"] == {
                "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*",
                "Condition": {"StringEquals": {"aws:RequestedRegion": REGION}}}
            done = subprocess.run([WRIT, "audit", "--json", "--caller", caller, "--data", server.data, "--database",
                                   database], capture_output=True, text=True, check=True)
            events = [json.loads(line) for line in done.stdout.splitlines()]
            assert [e.get("errorCode") for e in events if e["eventName"] == "ListBuckets"][0] is None
    finally:
        assert server.stop() == 0


def test_not_on_sqlite(tmp_path):
    done = subprocess.run([WRIT, "gateway", "--data", tmp_path, "--gateway-listen", "127.0.0.1:0"], text=True,
                          capture_output=True, timeout=30, check=False)
    assert done.returncode == 3
    assert "start the gateway there, with writ serve --gateway-listen" in done.stderr


def test_without_an_address(tmp_path):
    done = subprocess.run([WRIT, "gateway", "--data", tmp_path], text=True, capture_output=True, timeout=30, check=False)
    assert done.returncode == 3 and "--gateway-listen HOST:PORT" in done.stderr
