"""What each service allows and how it denies, by the rows of service_table.py; every message as a whole."""
import json
import os
import re
import subprocess
import uuid

import boto3
import pytest
from botocore.exceptions import ClientError

from conftest import REGION, ROOT_KEYS, SERVICES, WRIT, Writ, allow, deny, explicit, implicit, upstream, without_id
from service_table import ROWS


@pytest.fixture(scope="module")
def gate(tmp_path_factory, moto):
    everything = {"aws_access_key_id": "AKIAUPSTREAM", "aws_secret_access_key": "x", "region_name": REGION}
    boto3.client("iam", endpoint_url=moto, **everything).create_role(RoleName="service", AssumeRolePolicyDocument="{}")
    running = Writ(tmp_path_factory.mktemp("gateway"), upstream(
        SERVICES, moto, access_key_id="AKIAUPSTREAM", secret_access_key_variable="UPSTREAM_SECRET"))
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def stranger(gate):
    """A user of another account of the organization, who may do everything there: (account, ARN, keys)."""
    organizations = gate.client("organizations", url=gate.api)
    organizations.create_organization()
    created = organizations.create_account(Email="other@example.com", AccountName="other")["CreateAccountStatus"]
    account = organizations.describe_create_account_status(
        CreateAccountRequestId=created["Id"])["CreateAccountStatus"]["AccountId"]
    _, admin = gate.make_user(allow("sts:AssumeRole"))
    given = gate.client("sts", admin, url=gate.api).assume_role(
        RoleArn=f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole", RoleSessionName="admin")["Credentials"]
    keys = given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"]
    arn, keys = gate.make_user(allow("*"), by=keys)
    return account, arn, keys


@pytest.fixture(params=ROWS, ids=[row.service for row in ROWS])
def case(request, gate):
    return Case(gate, request.param)


class Case:
    """One row, with what it needs made anew."""

    def __init__(self, gate, row):
        self.gate, self.row = gate, row
        self.root = gate.client(row.service)
        self.made = {"name": f"n-{uuid.uuid4().hex[:8]}"}
        self.made |= row.make(self.root, self.made["name"]) or {}
        self.resource = self.made["resource"] = row.resource.format(**self.made)

    def user(self, *statements):
        return self.gate.make_user(*statements)

    def call(self, keys):
        """What the service answers, or (code, HTTP status, message)."""
        client = self.gate.client(self.row.service, keys)
        try:
            return getattr(client, self.row.call)(**self.row.parameters(self.made))
        except ClientError as caught:
            error = caught.response
            return error["Error"]["Code"], error["ResponseMetadata"]["HTTPStatusCode"], masked(error["Error"]["Message"])

    def allows(self, keys):
        answer = self.call(keys)
        return isinstance(answer, dict) and answer["ResponseMetadata"]["HTTPStatusCode"] < 300, answer

    def denial(self, sentence, caller):
        """What a caller is told; `sentence` is implicit or explicit."""
        text = sentence(caller, self.row.action, self.row.shown(self.resource))
        return self.row.code, self.row.status, self.row.before + text.replace(" on resource: *", "")

    def condition(self, value):
        operator, key, *_ = self.row.condition
        return {operator: {key: value}}

    def document(self, account):
        """A policy of the resource that lets the account do it."""
        statement = allow(self.row.action, Principal={"AWS": account}, Sid="other")
        if self.row.policy_resource is None:
            del statement["Resource"]
        else:
            statement["Resource"] = self.row.policy_resource.format(resource=self.resource)
        return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def masked(message):
    return re.sub(r"\. Encoded authorization failure message: \S+$", "", without_id(message))


def no_resource_policy(caller, action, resource):
    return implicit(caller, action, resource).replace("identity-based", "resource-based")


def test_what_is_allowed_works(case):
    _, keys = case.user(allow(case.row.action, case.resource))
    done, answer = case.allows(keys)
    assert done, answer


def test_what_nothing_allows_is_denied(case):
    caller, keys = case.user(allow(case.row.action, "arn:aws:none:::none"))
    assert case.call(keys) == case.denial(implicit, caller)


def test_what_a_policy_forbids_is_denied(case):
    caller, keys = case.user(allow("*"), deny(case.row.action, case.resource))
    assert case.call(keys) == case.denial(explicit, caller)


def test_conditions_on_the_call(case):
    *_, fulfilled, other = case.row.condition
    caller, keys = case.user(allow("*"), deny(case.row.action, Condition=case.condition(fulfilled)))
    assert case.call(keys) == case.denial(explicit, caller)
    _, keys = case.user(allow("*"), deny(case.row.action, Condition=case.condition(other)))
    done, answer = case.allows(keys)
    assert done, answer
    _, keys = case.user(allow(case.row.action, case.resource, Condition=case.condition(fulfilled)))
    done, answer = case.allows(keys)
    assert done, answer
    caller, keys = case.user(allow(case.row.action, case.resource, Condition=case.condition(other)))
    assert case.call(keys) == case.denial(implicit, caller)


def test_another_account_needs_the_resource_too(case, stranger):
    _, caller, keys = stranger
    assert case.call(keys) == case.denial(no_resource_policy, caller)


@pytest.mark.parametrize("case", [row for row in ROWS if row.set_policy],
                         ids=[row.service for row in ROWS if row.set_policy], indirect=True)
def test_a_policy_of_the_resource_that_passed_lets_another_account_in(case, stranger):
    account, _, keys = stranger
    case.row.set_policy(case.root, case.made, case.document(account))
    done, answer = case.allows(keys)
    assert done, answer


@pytest.mark.parametrize("case", [row for row in ROWS if row.set_policy],
                         ids=[row.service for row in ROWS if row.set_policy], indirect=True)
def test_a_policy_of_the_resource_that_writ_was_told_lets_another_account_in(case, stranger, tmp_path):
    account, caller, keys = stranger
    file = tmp_path / "policy.json"
    file.write_text(case.document(account))
    administer(case.gate, "resource-policy", "put", case.resource, file)
    done, answer = case.allows(keys)
    assert done, answer
    administer(case.gate, "resource-policy", "delete", case.resource)
    assert case.call(keys) == case.denial(no_resource_policy, caller)


def administer(gate, *arguments):
    environment = {**os.environ, "AWS_ENDPOINT_URL": gate.api, "AWS_REGION": REGION,
                   "AWS_ACCESS_KEY_ID": ROOT_KEYS[0], "AWS_SECRET_ACCESS_KEY": ROOT_KEYS[1]}
    done = subprocess.run([WRIT, *arguments], env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
