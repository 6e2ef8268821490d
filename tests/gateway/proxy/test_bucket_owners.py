"""Buckets belong to the accounts that make them, where that is said, and policies told by the command line open them."""
import json
import os
import subprocess
import uuid

import pytest

from conftest import ACCOUNT, ROOT_KEYS, WRIT, Writ, allow, upstream

DENIED = ("AccessDenied", 403)


@pytest.fixture(scope="module")
def shared(tmp_path_factory, moto):
    """A Writ whose accounts share a server of S3."""
    writ = Writ(tmp_path_factory.mktemp("shared"), upstream(["s3"], moto, access_key_id="any",
                                                            secret_access_key_variable="UPSTREAM_SECRET",
                                                            new_buckets="creator"))
    yield writ
    writ.stop()


@pytest.fixture(scope="module")
def team(shared):
    """An administrator of another account: (account, keys)."""
    organizations = shared.client("organizations", url=shared.api)
    organizations.create_organization()
    request = organizations.create_account(Email="team@example.com", AccountName="team")["CreateAccountStatus"]
    account = organizations.describe_create_account_status(CreateAccountRequestId=request["Id"])["CreateAccountStatus"][
        "AccountId"]
    _, user = shared.make_user(allow("sts:AssumeRole"))
    answer = shared.client("sts", user, url=shared.api).assume_role(
        RoleArn=f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole", RoleSessionName="admin")["Credentials"]
    return account, (answer["AccessKeyId"], answer["SecretAccessKey"], answer["SessionToken"])


@pytest.fixture
def bucket():
    return f"team-{uuid.uuid4().hex[:8]}"


def resource_policy(shared, keys, *arguments, stdin=None):
    environment = {**os.environ, "AWS_ENDPOINT_URL": shared.api, "AWS_ACCESS_KEY_ID": keys[0],
                   "AWS_SECRET_ACCESS_KEY": keys[1], "AWS_REGION": "us-east-1"}
    if len(keys) > 2:
        environment["AWS_SESSION_TOKEN"] = keys[2]
    return subprocess.run([WRIT, "resource-policy", *arguments], env=environment, input=stdin, text=True,
                          capture_output=True, check=False, timeout=60)


def test_who_makes_a_bucket_owns_it(shared, team, bucket, denied):
    account, keys = team
    theirs, ours = shared.client("s3", keys), shared.client("s3")
    theirs.create_bucket(Bucket=bucket)
    theirs.put_object(Bucket=bucket, Key="a", Body=b"theirs", ExpectedBucketOwner=account)
    # Not even root of the account of the server, and not by making it once more.
    assert denied(ours.get_object, Bucket=bucket, Key="a")[:2] == DENIED
    assert denied(ours.list_objects_v2, Bucket=bucket)[:2] == DENIED
    assert denied(ours.create_bucket, Bucket=bucket)[:2] == DENIED
    assert denied(theirs.get_object, Bucket=bucket, Key="a", ExpectedBucketOwner=ACCOUNT)[:2] == DENIED
    assert theirs.get_object(Bucket=bucket, Key="a")["Body"].read() == b"theirs"

    theirs.delete_object(Bucket=bucket, Key="a")
    theirs.delete_bucket(Bucket=bucket)
    ours.create_bucket(Bucket=bucket)  # It is nobody's any more.
    assert denied(theirs.list_objects_v2, Bucket=bucket)[:2] == DENIED
    ours.delete_bucket(Bucket=bucket)


def test_a_policy_told_by_the_command_line_opens_it(shared, team, bucket, denied):
    _, keys = team
    theirs, ours = shared.client("s3", keys), shared.client("s3")
    theirs.create_bucket(Bucket=bucket)
    theirs.put_object(Bucket=bucket, Key="open/a", Body=b"x")
    arn = f"arn:aws:s3:::{bucket}"
    document = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Principal": {"AWS": ACCOUNT}, **allow("s3:GetObject", f"{arn}/open/*")}]})
    # Who tells it of a bucket of another account has told it of nothing.
    assert resource_policy(shared, ROOT_KEYS, "put", arn, "-", stdin=document).returncode == 0
    assert denied(ours.get_object, Bucket=bucket, Key="open/a")[:2] == DENIED
    done = resource_policy(shared, keys, "put", arn, "-", stdin=document)
    assert done.returncode == 0, done.stderr
    assert ours.get_object(Bucket=bucket, Key="open/a")["Body"].read() == b"x"
    assert denied(ours.put_object, Bucket=bucket, Key="open/a", Body=b"y")[:2] == DENIED
    assert resource_policy(shared, keys, "delete", arn).returncode == 0
    assert denied(ours.get_object, Bucket=bucket, Key="open/a")[:2] == DENIED
