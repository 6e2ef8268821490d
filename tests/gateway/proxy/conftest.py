"""A running Writ with its gateway, services behind it (moto's server and a recorder), and unmodified clients."""
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import uuid

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from moto.server import ThreadedMotoServer

from recorder import Recorder

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent.parent
WRIT = pathlib.Path(os.environ.get("WRIT_BINARY", ROOT / "build/release/writ"))
ACCOUNT = "123456789012"
REGION = "us-east-1"
ROOT_KEYS = ("AKIAWRITTESTWRITTEST", "writ-test-writ-test-writ-test-writ-test-")
SERVICES = ["s3", "dynamodb", "sqs", "sns", "secretsmanager", "ssm", "kms", "kinesis", "logs", "lambda", "ec2",
            "monitoring", "events", "states", "ecr", "iam", "sts",
            "apigateway"]


def upstream(services, url, **settings):
    lines = ["[[gateway.upstream]]", f"service = {json.dumps(services)}", f'url = "{url}"']
    lines += [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    return "\n".join(lines) + "\n"


class Writ:
    """`writ serve` with a gateway, on free ports."""

    def __init__(self, folder, upstreams, *arguments):
        folder.mkdir(parents=True, exist_ok=True)
        config = folder / "writ.toml"
        config.write_text(upstreams)
        self.log, self.data = folder / "log", folder / "data"
        command = [WRIT, "serve", "--config", config, "--data", self.data, "--listen", "127.0.0.1:0",
                   "--metrics-listen", "off", *arguments]
        if "--gateway-listen" not in arguments:
            command += ["--gateway-listen", "127.0.0.1:0"]
        environment = {**os.environ, "WRIT_ROOT_ACCESS_KEY_ID": ROOT_KEYS[0], "UPSTREAM_SECRET": "upstream-secret",
                       "WRIT_ROOT_SECRET_ACCESS_KEY": ROOT_KEYS[1]}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment)
        self.gateway = None
        for line in self.process.stdout:
            if line.startswith("writ: gateway on "):
                self.gateway = line.removeprefix("writ: gateway on ").strip()
            if line.startswith("writ: ready on "):
                self.api = line.removeprefix("writ: ready on ").strip()
                return
        raise RuntimeError(f"writ serve did not start: {self.log.read_text()}")

    def client(self, service, keys=ROOT_KEYS, url=None, verify=None, **config):
        if service == "s3":
            config = {"s3": {"addressing_style": "path"}, **config}
        return boto3.client(service, endpoint_url=url or self.gateway, region_name=REGION, verify=verify,
                            aws_access_key_id=keys[0], aws_secret_access_key=keys[1],
                            aws_session_token=keys[2] if len(keys) > 2 else None,
                            config=Config(retries={"max_attempts": 1}, **config))

    def make_user(self, *statements, by=ROOT_KEYS):
        """A user with these permissions: (ARN, keys)."""
        iam = self.client("iam", by, url=self.api)
        name = f"user-{uuid.uuid4().hex[:8]}"
        arn = iam.create_user(UserName=name)["User"]["Arn"]
        if statements:
            iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=json.dumps(
                {"Version": "2012-10-17", "Statement": list(statements)}))
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return arn, (key["AccessKeyId"], key["SecretAccessKey"])

    def make_session(self, *statements):
        """A role with these permissions, assumed: (ARN of the session, keys)."""
        iam = self.client("iam", url=self.api)
        name = f"role-{uuid.uuid4().hex[:8]}"
        _, user = self.make_user({"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"})
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(
            {"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}]}))["Role"]
        iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=json.dumps(
            {"Version": "2012-10-17", "Statement": list(statements)}))
        answer = self.client("sts", user, url=self.api).assume_role(RoleArn=role["Arn"], RoleSessionName="session")
        given = answer["Credentials"]
        return answer["AssumedRoleUser"]["Arn"], (given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])

    def address(self):
        host, port = self.gateway.split("//")[1].split(":")
        return host, int(port)

    def log_lines(self, wanted=lambda line: True):
        """The lines of that kind; they are written a little later than what they tell of happens."""
        deadline = time.monotonic() + 5
        while True:
            lines = [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]
            found = [line for line in lines if wanted(line)]
            if found or time.monotonic() > deadline:
                return found
            time.sleep(0.02)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


@pytest.fixture(scope="session")
def moto():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="session")
def recorder():
    with Recorder() as running:
        yield running


@pytest.fixture(autouse=True)
def forget(request):
    """What was recorded before a test is not its own."""
    if "recorder" in request.fixturenames:
        request.getfixturevalue("recorder").forget()


@pytest.fixture(scope="session")
def writ(tmp_path_factory, moto, recorder):
    """Everything goes to moto, but buckets whose names begin with "recorded-" to the recorder."""
    upstreams = (upstream(["s3"], recorder.url, bucket=["recorded-*"], access_key_id="AKIAUPSTREAM",
                          secret_access_key_variable="UPSTREAM_SECRET") +
                 upstream(["s3"], "http://127.0.0.1:9", bucket="dead-*") +
                 upstream(SERVICES, moto, access_key_id="AKIAUPSTREAM", secret_access_key_variable="UPSTREAM_SECRET"))
    running = Writ(tmp_path_factory.mktemp("gateway"), upstreams, "--gateway-s3-hosts", "s3.gateway.test")
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="session")
def hasty(tmp_path_factory, recorder):
    """A gateway that waits a second for clients and services."""
    running = Writ(tmp_path_factory.mktemp("hasty"), upstream("s3", recorder.url), "--gateway-answer-timeout-s", "1",
                   "--gateway-stall-timeout-s", "1")
    yield running
    assert running.stop() == 0


@pytest.fixture
def denied():
    """Runs a call that must be refused and gives (code, HTTP status, message)."""

    def run(call, **parameters):
        with pytest.raises(ClientError) as caught:
            call(**parameters)
        error = caught.value.response
        return (error["Error"]["Code"], error["ResponseMetadata"]["HTTPStatusCode"],
                without_id(error["Error"].get("Message", "")))

    return run


def aws_cli(writ, *arguments, keys):
    """The AWS CLI through the gateway: (exit status, its output, or its error without the authorization id)."""
    with tempfile.TemporaryDirectory() as home:
        environment = {"PATH": os.environ["PATH"], "HOME": home, "AWS_PAGER": "", "AWS_DEFAULT_REGION": REGION,
                       "AWS_ACCESS_KEY_ID": keys[0], "AWS_SECRET_ACCESS_KEY": keys[1]}
        cli = "/usr/bin/aws" if pathlib.Path("/usr/bin/aws").exists() else "aws"
        done = subprocess.run([cli, "--endpoint-url", writ.gateway, *arguments], env=environment, text=True,
                              capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout if done.returncode == 0 else without_id(done.stderr.strip())


def without_id(message):
    """A denial without the id under which `writ why` explains it, which is never the same twice."""
    return re.sub(r"\. For complete details run writ why with the following authorization id: [a-z2-7]{26}$", "",
                  message)


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action, resource="*", **more):
    return {"Effect": "Deny", "Action": action, "Resource": resource, **more}


def implicit(caller, action, resource):
    return (f"User: {caller} is not authorized to perform: {action} on resource: {resource} because no "
            f"identity-based policy allows the {action} action")


def explicit(caller, action, resource):
    return (f"User: {caller} is not authorized to perform: {action} on resource: {resource} with an explicit deny "
            "in an identity-based policy")
