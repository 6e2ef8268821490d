"""A role that may do everything to DynamoDB, cut down to what its function does. Every step is checked."""
import json
import logging
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from moto.server import ThreadedMotoServer

WRIT = os.environ["WRIT_BINARY"]
ACCOUNT, REGION = "123456789012", "us-east-1"
ROOT_KEYS = ("AKIAEXAMPLEEXAMPLE00", "example-example-example-example-example-")
ROLE = "orders-function"
ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/{ROLE}"
WIDE = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"}}
DENIED = (f"User: arn:aws:sts::{ACCOUNT}:assumed-role/{ROLE}/run is not authorized to perform: dynamodb:GetItem on "
          f"resource: arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/customers because no identity-based policy allows the "
          "dynamodb:GetItem action")
steps = 0


def step(text):
    global steps
    steps += 1
    print(f"\n{steps}. {text}\n", flush=True)


def show(text):
    print("\n".join("    " + line for line in text.strip().splitlines()), flush=True)


def check(holds, what):
    if not holds:
        sys.exit(f"\nThis did not happen: {what}")


class Writ:
    """`writ serve` with a gateway before DynamoDB, in one mode."""

    def __init__(self, folder, service, mode):
        config = folder / "writ.toml"
        config.write_text(f'[[gateway.upstream]]\nservice = "dynamodb"\nurl = "{service}"\nmode = "{mode}"\n'
                          'access_key_id = "gateway"\nsecret_access_key_variable = "SERVICE_SECRET"\n')
        show(config.read_text())
        self.data = folder / "data"
        self.log = (folder / "log").open("a")
        environment = {**os.environ, "SERVICE_SECRET": "any", "WRIT_ROOT_ACCESS_KEY_ID": ROOT_KEYS[0],
                       "WRIT_ROOT_SECRET_ACCESS_KEY": ROOT_KEYS[1]}
        self.process = subprocess.Popen(
            [WRIT, "serve", "--config", config, "--data", self.data, "--listen", "127.0.0.1:0", "--metrics-listen",
             "off", "--gateway-listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=self.log, text=True, env=environment)
        for line in self.process.stdout:
            if line.startswith("writ: gateway on "):
                self.gateway = line.removeprefix("writ: gateway on ").strip()
            if line.startswith("writ: ready on "):
                self.api = line.removeprefix("writ: ready on ").strip()
                return
        sys.exit(f"writ serve did not start, see {self.log.name}")

    def client(self, service, keys=ROOT_KEYS):
        names = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
        return boto3.client(service, endpoint_url=self.gateway if service == "dynamodb" else self.api,
                            region_name=REGION, config=Config(retries={"max_attempts": 1}), **dict(zip(names, keys)))

    def command(self, *arguments):
        """Runs writ beside the server: (exit code, standard output, standard error)."""
        done = subprocess.run([WRIT, *arguments, "--data", self.data], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        check(self.process.wait(timeout=30) == 0, "writ serve ends when it is told to")
        self.log.close()


def prepare(writ):
    """Two tables, and the role with more than it needs."""
    tables = writ.client("dynamodb")
    for name in ("orders", "customers"):
        tables.create_table(TableName=name, BillingMode="PAY_PER_REQUEST",
                            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
                            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])
    tables.put_item(TableName="customers", Item={"id": {"S": "ada"}, "card": {"S": "4111 1111 1111 1111"}})
    iam = writ.client("iam")
    trust = {"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:user/deployer"}, "Action": "sts:AssumeRole"}}
    iam.create_user(UserName="deployer")
    iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument=json.dumps(trust))
    iam.put_role_policy(RoleName=ROLE, PolicyName="everything", PolicyDocument=json.dumps(WIDE))
    key = iam.create_access_key(UserName="deployer")["AccessKey"]
    return key["AccessKeyId"], key["SecretAccessKey"]


def assume(writ, deployer):
    given = writ.client("sts", deployer).assume_role(RoleArn=ROLE_ARN, RoleSessionName="run")["Credentials"]
    return given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"]


def run_function(writ, session):
    """What the function does: takes orders, and looks at them."""
    orders = writ.client("dynamodb", session)
    for number in ("1", "2", "3"):
        orders.put_item(TableName="orders", Item={"id": {"S": number}, "state": {"S": "new"}})
        orders.update_item(TableName="orders", Key={"id": {"S": number}}, UpdateExpression="SET #s = :s",
                           ExpressionAttributeNames={"#s": "state"}, ExpressionAttributeValues={":s": {"S": "paid"}})
        item = orders.get_item(TableName="orders", Key={"id": {"S": number}})["Item"]
        check(item["state"]["S"] == "paid", "the function reads the order that it wrote")


def check_wide_policy(folder):
    file = folder / "everything.json"
    file.write_text(json.dumps(WIDE))
    done = subprocess.run([WRIT, "policy", "check", file], capture_output=True, text=True,
                          check=False)
    show(f"$ writ policy check everything.json\n{done.stdout.replace(str(folder) + '/', '')}")
    check(done.returncode == 0 and "dynamodb:* on every resource allows all" in done.stdout,
          "the check warns of dynamodb:* on everything")


def generate(writ):
    """The policy, once what the function did last is written down."""
    deadline = time.monotonic() + 10
    while True:
        code, text, told = writ.command("policy", "generate", "--principal", ROLE_ARN, "--verify")
        if code == 0 and "dynamodb:GetItem" in text:
            break
        check(time.monotonic() < deadline, f"the use of the role is recorded ({told.strip()})")
        time.sleep(0.2)
    show(f"$ writ policy generate --principal {ROLE_ARN} --verify\n{text}{told}")
    orders = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/orders"
    check(json.loads(text) == {"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
        "Resource": orders}}, "the policy names three actions on one table")
    check("verified: all " in told, "the policy is verified")
    return text


def attach(writ, document):
    iam = writ.client("iam")
    arn = iam.create_policy(PolicyName="orders-function", PolicyDocument=document)["Policy"]["Arn"]
    iam.attach_role_policy(RoleName=ROLE, PolicyArn=arn)
    iam.delete_role_policy(RoleName=ROLE, PolicyName="everything")


def read_customer(writ, session):
    """The sentence with which that is denied."""
    try:
        writ.client("dynamodb", session).get_item(TableName="customers", Key={"id": {"S": "ada"}})
    except ClientError as error:
        return error.response["Error"]["Message"]
    return "nothing was denied"


def tell(folder, service):
    step("The function's role may do everything to every table. Writ says so:")
    check_wide_policy(folder)

    step("Writ stands before the service and learns:")
    writ = Writ(folder, service, "learn")
    deployer = prepare(writ)
    session = assume(writ, deployer)

    step("The function runs with its role: it puts, updates and gets items of the table orders.")
    run_function(writ, session)

    step("What it used becomes a policy, which is held against the record:")
    document = generate(writ)

    step("The policy is attached, the wide one is taken away, and from now on the gateway enforces:")
    attach(writ, document)
    writ.stop()
    writ = Writ(folder, service, "enforce")

    step("The function still works.")
    session = assume(writ, deployer)
    run_function(writ, session)

    step("Reading another table is denied:")
    sentence = read_customer(writ, session)
    show(sentence)
    known = re.fullmatch(re.escape(DENIED) + r"\. For complete details run writ why with the following authorization "
                         "id: ([a-z2-7]{26})", sentence)
    check(known, f"the denial reads: {DENIED}")

    step("And why:")
    code, text, _ = writ.command("why", known.group(1))
    show(f"$ writ why {known.group(1)}\n{text}")
    check(code == 0 and "dynamodb:GetItem" in text, "writ why explains the denial")
    writ.stop()


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # moto's server
    service = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    service.start()
    host, port = service.get_host_and_port()
    try:
        with tempfile.TemporaryDirectory(prefix="writ-least-privilege-") as folder:
            tell(pathlib.Path(folder), f"http://{host}:{port}")
    finally:
        service.stop()
    print("\nEverything went as told.")


if __name__ == "__main__":
    main()
