"""Denials by their authorization id: `writ why` explains them with the policies of that moment."""
import json
import re
import subprocess

import pytest
from botocore.exceptions import ClientError
from conftest import ACCOUNT, WRIT, Keys, allow, environment_of, policy, trust


def refused(call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Message"]


def id_of(message):
    found = re.search(r"authorization id: ([a-z0-9]+)$", message)
    assert found, message
    return found[1]


def why(server, *arguments):
    return subprocess.run([WRIT, "why", *arguments, "--data", server.data], env=environment_of(server.data),
                          capture_output=True, text=True, check=False)


def test_a_denial_is_explained_as_it_was_decided(server, iam, make_user):
    name, keys = make_user()
    iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=policy(
        allow("iam:List*"), {"Sid": "NoUsers", "Effect": "Deny", "Action": "iam:ListUsers", "Resource": "*"}))
    mine = server.client("iam", keys)
    message = refused(mine.list_users)
    assert message.startswith(
        f"User: arn:aws:iam::{ACCOUNT}:user/{name} is not authorized to perform: iam:ListUsers on resource: "
        f"arn:aws:iam::{ACCOUNT}:user/ with an explicit deny in an identity-based policy. For complete details run "
        "writ why with the following authorization id: ")
    iam.delete_user_policy(UserName=name, PolicyName="own")  # What was in force then stays told.
    told = why(server, id_of(message))
    assert told.returncode == 0, told.stderr
    assert "NoUsers" in told.stdout and "own" in told.stdout and "explicit deny" in told.stdout.lower()
    other = id_of(refused(mine.list_users))
    assert other != id_of(message)
    told = why(server, other, "--output", "json")
    assert '"implicitDeny"' in told.stdout


def test_roles_that_may_not_be_assumed_are_explained_too(server, iam, make_user, unique):
    name, keys = make_user()
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(allow("sts:*")))
    role = unique("role")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust(
        {"AWS": ACCOUNT}, Condition={"StringEquals": {"sts:ExternalId": "secret"}}))
    message = refused(server.client("sts", keys).assume_role, RoleArn=f"arn:aws:iam::{ACCOUNT}:role/{role}",
                      RoleSessionName="s1")
    told = why(server, id_of(message))
    assert told.returncode == 0 and "sts:ExternalId" in told.stdout


def test_a_narrowed_session_is_told_which_call_narrowed_it(server, iam, make_user, unique):
    name, keys = make_user()
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(allow("sts:*")))
    role = unique("role")
    arn = iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}))["Role"]["Arn"]
    iam.put_role_policy(RoleName=role, PolicyName="all", PolicyDocument=policy(allow("*")))
    session = Keys.of(server.client("sts", keys).assume_role(RoleArn=arn, RoleSessionName="s1")["Credentials"])
    for narrower in ("*", "iam:ListUsers"):
        answer = server.client("sts", session).get_scoped_credentials(Policy=policy(allow(narrower)))
        session = Keys.of(answer["Credentials"])
    told = why(server, id_of(refused(server.client("iam", session).list_roles)))
    assert told.returncode == 0, told.stderr
    assert "scope-down policy 1" in told.stdout and "call 2 of GetScopedCredentials" in told.stdout


def test_unknown_ids_and_switched_off(server, own_server):
    done = why(server, "aaaaaaaaaaaaaaaaaaaaaaaaaa")
    assert done.returncode == 1 and "24 hours" in done.stderr
    quiet = own_server("--denials", "off")
    iam = quiet.client("iam")
    iam.create_user(UserName="bob")
    key = iam.create_access_key(UserName="bob")["AccessKey"]
    assert "authorization id" not in refused(quiet.client("iam", Keys.of(key)).list_users)


def test_messages_are_decoded_for_who_may(server, iam, sts, make_user, denied, aws):
    name, keys = make_user()
    iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=policy(
        {"Sid": "NoUsers", "Effect": "Deny", "Action": ["iam:ListUsers"], "Resource": "*"}))
    authorization_id = id_of(refused(server.client("iam", keys).list_users))
    encoded = why(server, authorization_id, "--encoded").stdout.strip()
    assert len(encoded) <= 10240
    for message in (authorization_id, encoded):
        told = json.loads(sts.decode_authorization_message(EncodedMessage=message)["DecodedMessage"])
        assert told["allowed"] is False and told["explicitDeny"] is True
        statement = told["matchedStatements"]["items"][0]
        assert statement["statementId"] == "NoUsers" and statement["effect"] == "DENY"
        assert statement["actions"]["items"] == [{"value": "iam:ListUsers"}]
        assert told["context"]["principal"]["name"] == name
        assert told["context"]["action"] == "iam:ListUsers"
        keys_told = {c["key"] for c in told["context"]["conditions"]["items"]}
        assert {"aws:SourceIp", "aws:userid"} <= keys_told
    code, answer = aws("sts", "decode-authorization-message", "--encoded-message", encoded)
    assert code == 0 and "NoUsers" in answer["DecodedMessage"]
    for bad in ("nonsense", encoded[:-8] + "AAAAAAA=", "aaaaaaaaaaaaaaaaaaaaaaaaaa"):
        assert denied(sts.decode_authorization_message, EncodedMessage=bad) == (
            "InvalidAuthorizationMessageException", 400, "Message is not valid")
    assert denied(server.client("sts", keys).decode_authorization_message, EncodedMessage=encoded)[0] == "AccessDenied"
