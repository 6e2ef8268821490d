"""Policies and tags of resources of other services: told by the command line, in force in answers of /authorize."""
import json
import subprocess

import pytest
from authorization import ROOT, ask
from conftest import ACCOUNT, WRIT, allow, policy

QUEUE = f"arn:aws:sqs:us-east-1:{ACCOUNT}:orders"


@pytest.fixture
def writ(server, tmp_path):
    """Runs writ against the server as somebody: (exit code, what it prints, what it complains of)."""

    def run(*arguments, keys=ROOT, stdin=None):
        environment = {"AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": keys.access_key_id,
                       "AWS_SECRET_ACCESS_KEY": keys.secret_access_key, "AWS_REGION": "us-east-1"}
        if keys.session_token:
            environment["AWS_SESSION_TOKEN"] = keys.session_token
        done = subprocess.run([WRIT, *arguments], env=environment, input=stdin, capture_output=True, text=True,
                              check=False, timeout=60)
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.fixture
def bucket(unique):
    return f"arn:aws:s3:::{unique('bucket')}"


def public(arn, action="s3:GetObject"):
    return policy({"Sid": "For everybody", "Principal": "*", **allow(action, arn)})


def decision(server, name, action, resource, **more):
    question = {"principal": f"arn:aws:iam::{ACCOUNT}:user/{name}", "action": action, "resource": resource, **more}
    status, _, answer = ask(server, "/authorize", question)
    assert status == 200, answer
    return answer["decision"], answer["decided_by"]


def test_a_policy_is_put_shown_listed_and_deleted(server, writ, bucket, make_user, tmp_path):
    name, _ = make_user()
    file = tmp_path / "public.json"
    file.write_text(public(bucket + "/*"))
    assert decision(server, name, "s3:GetObject", bucket + "/a") == ("implicitDeny", "identity")
    assert writ("resource-policy", "put", bucket, str(file)) == (0, f"The policy of {bucket} is in force.\n", "")
    assert decision(server, name, "s3:GetObject", bucket + "/a") == ("allowed", "resource")
    code, shown, _ = writ("resource-policy", "get", bucket)
    assert (code, json.loads(shown)) == (0, json.loads(file.read_text()))
    assert bucket in writ("resource-policy", "list")[1]
    assert writ("resource-policy", "delete", bucket)[0] == 0
    assert decision(server, name, "s3:GetObject", bucket + "/a") == ("implicitDeny", "identity")
    assert bucket not in writ("resource-policy", "list")[1]
    code, _, complaint = writ("resource-policy", "get", bucket)
    assert (code, complaint) == (1, f"writ: resource-policy: There is no policy of the resource {bucket}.\n")


def test_what_is_wrong_with_a_policy_is_shown_in_its_place(writ, bucket):
    broken = '{\n  "Version": "2012-10-17",\n  "Statement": [{\n    "Effect": "Permit"\n  }]\n}'
    code, out, complaint = writ("resource-policy", "put", bucket, "-", stdin=broken)
    assert (code, out) == (2, "")
    assert '"Effect": "Permit"' in complaint and "4:" in complaint  # The line and where it stands.
    assert writ("resource-policy", "put", bucket, "-", stdin=policy(allow("s3:*")))[0] == 2  # For whom?
    assert writ("resource-policy", "get", bucket)[0] == 1
    code, _, complaint = writ("resource-policy", "put", bucket + "/a", "-", stdin=public(bucket))
    assert code == 1 and f"that of {bucket} decides about it" in complaint


def test_the_policy_of_the_resource_denies_what_identity_policies_allow(server, writ, iam, make_user, bucket):
    name, _ = make_user()
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(allow("s3:*")))
    deny = policy({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [bucket, bucket + "/*"],
                   "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": "red"}}})
    assert writ("resource-policy", "put", bucket, "-", stdin=deny)[0] == 0
    status, _, answer = ask(server, "/authorize", {"principal": f"arn:aws:iam::{ACCOUNT}:user/{name}",
                                                   "action": "s3:PutObject", "resource": bucket + "/a"})
    assert (status, answer["decision"], answer["decided_by"]) == (200, "explicitDeny", "resource")
    assert answer["message"] == (
        f"User: arn:aws:iam::{ACCOUNT}:user/{name} is not authorized to perform: s3:PutObject on resource: "
        f"\"{bucket}/a\" with an explicit deny in a resource-based policy")
    iam.tag_user(UserName=name, Tags=[{"Key": "team", "Value": "red"}])
    assert decision(server, name, "s3:PutObject", bucket + "/a") == ("allowed", "identity")


def test_tags_are_conditions(server, writ, iam, make_user):
    name, _ = make_user()
    condition = {"StringEquals": {"aws:ResourceTag/team": "red"}}
    iam.put_user_policy(UserName=name, PolicyName="p",
                        PolicyDocument=policy(allow("sqs:SendMessage", Condition=condition)))
    assert decision(server, name, "sqs:SendMessage", QUEUE)[0] == "implicitDeny"
    assert writ("resource-tags", "put", QUEUE, "team=red", "note=a=b") == (0, f"{QUEUE} has 2 tags.\n", "")
    assert writ("resource-tags", "get", QUEUE) == (0, "note=a=b\nteam=red\n", "")
    assert decision(server, name, "sqs:SendMessage", QUEUE)[0] == "allowed"
    told = {"aws:ResourceTag/team": "blue"}
    assert decision(server, name, "sqs:SendMessage", QUEUE, context=told)[0] == "implicitDeny"
    assert writ("resource-tags", "put", QUEUE)[:2] == (0, f"{QUEUE} has 0 tags.\n")
    assert decision(server, name, "sqs:SendMessage", QUEUE)[0] == "implicitDeny"
    assert writ("resource-tags", "put", QUEUE, "team")[0] == 2


def test_whoever_tells_needs_permission(server, writ, iam, make_user, bucket):
    name, keys = make_user()
    code, _, complaint = writ("resource-policy", "put", bucket, "-", keys=keys, stdin=public(bucket + "/*"))
    assert code == 1
    assert f"is not authorized to perform: writ:PutResourcePolicy on resource: {bucket}" in complaint.replace('"', "")
    document = policy(allow("writ:PutResourcePolicy", bucket))
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=document)
    assert writ("resource-policy", "put", bucket, "-", keys=keys, stdin=public(bucket + "/*"))[0] == 0
    assert writ("resource-policy", "delete", bucket, keys=keys)[0] == 1
    assert writ("resource-policy", "list", keys=keys)[0] == 1
    assert writ("resource-policy", "delete", bucket)[0] == 0
