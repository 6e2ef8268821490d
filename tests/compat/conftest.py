"""A running Writ and unmodified clients: every test gets a server of its own kind, never a mock."""
import dataclasses
import json
import os
import pathlib
import re
import signal
import subprocess
import uuid

import boto3
import pytest
from botocore.config import Config
from calls import Calls

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WRIT = pathlib.Path(os.environ.get("WRIT_BINARY", ROOT / "build/release/writ"))
ACCOUNT = "123456789012"
ROOT_KEY = "AKIAWRITTESTWRITTEST"
ROOT_SECRET = "writ-test-writ-test-writ-test-writ-test-"


@dataclasses.dataclass(frozen=True)
class Keys:
    access_key_id: str
    secret_access_key: str
    session_token: str | None = None

    @classmethod
    def of(cls, answer):
        """From the AccessKey of CreateAccessKey or the Credentials of AssumeRole."""
        return cls(answer["AccessKeyId"], answer["SecretAccessKey"], answer.get("SessionToken"))


def pytest_addoption(parser):
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite",
                     help="what the servers keep their records in; postgresql needs scripts/with-postgresql")


class PostgresqlSchemas:
    """A schema for each data directory on the server that scripts/with-postgresql has started."""

    def __init__(self):
        if "WRIT_TEST_POSTGRESQL" not in os.environ:
            raise pytest.UsageError("--database postgresql needs scripts/with-postgresql, which make test uses")
        self.server = os.environ["WRIT_TEST_POSTGRESQL"]
        self.of = {}

    def address(self, data):
        if data not in self.of:
            self.of[data] = f"writ_{uuid.uuid4().hex[:12]}"
            self.run(f"create schema {self.of[data]}")
        given = dict(pair.split("=", 1) for pair in self.server.split())
        return (f"postgresql://{given['user']}@/{given['dbname']}?host={given['host']}"
                f"&options=-csearch_path%3D{self.of[data]}")

    def run(self, text):
        subprocess.run(["psql", "--quiet", self.server, "--command", text], check=True, capture_output=True)


def environment_of(data):
    """For commands of writ that work on a data directory beside its server: where its records are."""
    if Server.schemas is None:
        return dict(os.environ)
    return {**os.environ, "WRIT_DATABASE": Server.schemas.address(pathlib.Path(data))}


def pytest_configure(config):
    config.addinivalue_line("markers", "whole_run: looks back at all other tests; skipped when some of them are not run")
    Server.schemas = PostgresqlSchemas() if config.getoption("--database") == "postgresql" else None


def pytest_collection_modifyitems(config, items):
    """Those that look back come last."""
    items.sort(key=lambda item: item.get_closest_marker("whole_run") is not None)
    files = {item.path for item in items}
    if config.option.keyword or config.option.markexpr or files != set(pathlib.Path(__file__).parent.glob("test_*.py")):
        for item in items:
            if item.get_closest_marker("whole_run"):
                item.add_marker(pytest.mark.skip(reason="not all tests are run"))


class Server:
    """`writ serve` on free ports; `stop` gives its exit code."""

    schemas = None  # Of PostgreSQL, when that is the database.
    calls = Calls()  # Of all clients of the run.

    def __init__(self, data, *arguments, environment=None, database=None):
        self.data = pathlib.Path(data)
        if database is None and self.schemas is not None:
            database = self.schemas.address(self.data)
        if database is not None:
            arguments = ("--database", database, *arguments)
        self.log = self.data.parent / f"{self.data.name}-{uuid.uuid4().hex[:8]}.log"
        command = [WRIT, "serve", "--data", self.data, "--listen", "127.0.0.1:0",
                   "--metrics-listen", "127.0.0.1:0", *arguments]
        chosen = {"WRIT_ROOT_ACCESS_KEY_ID": ROOT_KEY, "WRIT_ROOT_SECRET_ACCESS_KEY": ROOT_SECRET}
        self.lines = []
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True,
                                            env={**os.environ, **(chosen if environment is None else environment)})
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if line.startswith("writ: ready on "):
                self.url = line.removeprefix("writ: ready on ").strip()
                return
        raise RuntimeError(f"writ serve did not start: {self.log.read_text()}")

    def client(self, service, keys=Keys(ROOT_KEY, ROOT_SECRET), region="us-east-1"):
        client = boto3.client(service, endpoint_url=self.url, region_name=region,
                              aws_access_key_id=keys.access_key_id, aws_secret_access_key=keys.secret_access_key,
                              aws_session_token=keys.session_token,
                              config=Config(retries={"max_attempts": 1}, parameter_validation=False))
        self.calls.watch(client)
        return client

    def log_lines(self):
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("writ") / "data")
    yield running
    assert running.stop() == 0


@pytest.fixture
def own_server(tmp_path):
    """For tests that restart it or count everything that is in it."""
    started = []

    def start(*arguments, **options):
        started.append(Server(tmp_path / "data", *arguments, **options))
        return started[-1]

    yield start
    for running in started:
        running.stop()


@pytest.fixture
def iam(server):
    """IAM as the root user."""
    return server.client("iam")


@pytest.fixture
def sts(server):
    return server.client("sts")


@pytest.fixture
def unique():
    """Names that no other test uses."""
    return lambda prefix: f"{prefix}-{uuid.uuid4().hex[:8]}"


@pytest.fixture
def make_user(server, iam, unique):
    """A user with an access key: (name, keys)."""

    def make(**options):
        name = unique("user")
        iam.create_user(UserName=name, **options)
        return name, Keys.of(iam.create_access_key(UserName=name)["AccessKey"])

    return make


@pytest.fixture
def aws(server):
    """The AWS CLI v2: `aws("iam", "get-user", keys=…)` gives (exit code, answer or text)."""
    cli = find_cli_v2()

    def run(*arguments, keys=Keys(ROOT_KEY, ROOT_SECRET)):
        environment = {"PATH": os.environ["PATH"], "HOME": str(server.data.parent), "AWS_PAGER": "",
                       "AWS_ENDPOINT_URL": server.url, "AWS_DEFAULT_REGION": "us-east-1",
                       "AWS_ACCESS_KEY_ID": keys.access_key_id, "AWS_SECRET_ACCESS_KEY": keys.secret_access_key}
        if keys.session_token:
            environment["AWS_SESSION_TOKEN"] = keys.session_token
        done = subprocess.run([cli, "--endpoint-url", server.url, *arguments], env=environment, text=True,
                              capture_output=True, timeout=60, check=False)
        if done.returncode != 0:
            return done.returncode, without_id(done.stderr.strip())
        return 0, json.loads(done.stdout) if done.stdout.strip() else None

    return run


def without_id(message):
    """A denial without the id under which `writ why` explains it, which is never the same twice."""
    return re.sub(r"\. For complete details run writ why with the following authorization id: [a-z2-7]{26}$", "", message)


def find_cli_v2():
    candidates = [pathlib.Path(folder) / "aws" for folder in os.environ["PATH"].split(os.pathsep)]
    for candidate in [pathlib.Path("/usr/bin/aws"), *candidates]:
        if candidate.exists():
            version = subprocess.run([candidate, "--version"], capture_output=True, text=True, check=False).stdout
            if version.startswith("aws-cli/2"):
                return candidate
    raise RuntimeError("AWS CLI v2 is missing: run scripts/setup test")


@pytest.fixture
def denied():
    """Runs a call that must be refused and gives (code, HTTP status, message)."""
    from botocore.exceptions import ClientError

    def run(call, **parameters):
        with pytest.raises(ClientError) as caught:
            call(**parameters)
        error = caught.value.response
        return error["Error"]["Code"], error["ResponseMetadata"]["HTTPStatusCode"], without_id(error["Error"].get("Message", ""))

    return run


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def trust(principal, action="sts:AssumeRole", **more):
    return policy({"Effect": "Allow", "Principal": principal, "Action": action, **more})
