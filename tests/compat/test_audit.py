"""The audit trail as `writ audit` tells it, after calls of real clients."""
import json
import re
import subprocess
import time

import pytest
from botocore.exceptions import ClientError
from conftest import ACCOUNT, WRIT, allow, environment_of, policy, trust


def audit(server, *arguments):
    done = subprocess.run([WRIT, "audit", *arguments, "--data", server.data], env=environment_of(server.data),
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def events(server, *arguments, count=1):
    """As JSON; waits for those that are written within a second."""
    for _ in range(30):
        found = [json.loads(line) for line in audit(server, "--json", *arguments).splitlines()]
        if len(found) >= count:
            break
        time.sleep(0.1)
    assert len(found) == count, found
    return found


def test_changes_reads_and_denials_are_told(server, iam, make_user):
    name, keys = make_user()
    created = events(server, "--action", "iam:CreateUser", "--resource", name)[0]
    assert created["userIdentity"]["type"] == "Root"
    assert created["requestParameters"] == {"userName": name}
    assert created["responseElements"]["user"]["arn"] == f"arn:aws:iam::{ACCOUNT}:user/{name}"
    assert created["sourceIPAddress"] == "127.0.0.1" and "Botocore" in created["userAgent"]

    answer = iam.get_user(UserName=name)
    read = events(server, "--action", "GetUser", "--resource", f"user/{name}")[0]
    assert read["readOnly"] is True and read["responseElements"] is None
    assert read["requestID"] == answer["ResponseMetadata"]["RequestId"]

    with pytest.raises(ClientError) as caught:
        server.client("iam", keys).delete_user(UserName="somebody")
    denied = events(server, "--caller", name, "--errors")[0]
    assert denied["errorCode"] == "AccessDenied"
    assert denied["errorMessage"] == caught.value.response["Error"]["Message"]
    assert denied["userIdentity"]["userName"] == name
    assert denied["userIdentity"]["accessKeyId"] == keys.access_key_id
    assert events(server, "--caller", keys.access_key_id)[0] == denied


def test_sessions_are_told_with_their_issuer(server, iam, make_user, unique):
    name, keys = make_user()
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(allow("sts:*")))
    role = unique("role")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}))
    given = server.client("sts", keys).assume_role(RoleArn=f"arn:aws:iam::{ACCOUNT}:role/{role}",
                                                  RoleSessionName="s1")["Credentials"]
    assumed = events(server, "--action", "sts:AssumeRole", "--resource", role)[0]
    assert assumed["responseElements"]["credentials"]["accessKeyId"] == given["AccessKeyId"]
    text = json.dumps(assumed)
    assert given["SecretAccessKey"] not in text and given["SessionToken"] not in text
    assert assumed["resources"][0]["type"] == "AWS::IAM::Role"


def test_the_text_is_a_table(server, iam, unique):
    name = unique("user")
    iam.create_user(UserName=name)
    lines = audit(server, "--resource", name).splitlines()
    assert lines[0].split() == ["TIME", "ACTION", "CALLER", "RESULT", "RESOURCE"]
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ +iam:CreateUser +root +ok +user/{name}", lines[1])
    assert len(lines) == 2
    assert audit(server, "--resource", name, "--until", "1h") == ""


def test_limits_keep_the_newest(server, iam, unique):
    names = [unique("many") for _ in range(3)]
    for name in names:
        iam.create_user(UserName=name)
        time.sleep(0.002)
    found = [json.loads(line) for line in audit(server, "--json", "--resource", "many-*", "--limit", "2").splitlines()]
    assert [event["requestParameters"]["userName"] for event in found] == names[1:]
    assert len(audit(server, "--resource", "many-*", "--limit", "1").splitlines()) == 2


def test_bad_times_and_missing_databases_are_refused(server, tmp_path):
    bad = subprocess.run([WRIT, "audit", "--since", "yesterday", "--data", server.data],
                         env=environment_of(server.data), capture_output=True, text=True, check=False)
    assert bad.returncode == 2 and "yesterday" in bad.stderr
    missing = subprocess.run([WRIT, "audit", "--data", tmp_path, "--database", "sqlite"], capture_output=True,
                             text=True, check=False)
    assert missing.returncode == 3 and "no database" in missing.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_lost_by_a_stop(own_server):
    server = own_server()
    sts = server.client("sts")
    for _ in range(50):
        sts.get_caller_identity()
    assert server.stop() == 0
    assert len(audit(server, "--json", "--action", "GetCallerIdentity").splitlines()) == 50


def test_only_writes_when_asked(own_server):
    server = own_server("--audit-events", "write")
    iam = server.client("iam")
    iam.create_user(UserName="bob")
    iam.list_users()
    server.stop()
    assert {json.loads(line)["eventName"] for line in audit(server, "--json").splitlines()} == {"CreateUser"}
