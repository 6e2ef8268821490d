"""Roles and sessions through boto3 and the AWS CLI (spec 7)."""
import datetime
import urllib.request

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import pytest
from conftest import ACCOUNT, ROOT_KEY, ROOT_SECRET, Keys, allow, policy, trust

ROOT_ARN = f"arn:aws:iam::{ACCOUNT}:root"


@pytest.fixture
def make_role(iam, unique):
    def make(trust_policy, *statements, **options):
        name = unique("role")
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust_policy, **options)
        if statements:
            iam.put_role_policy(RoleName=name, PolicyName="grants", PolicyDocument=policy(*statements))
        return iam.get_role(RoleName=name)["Role"]

    return make


def user_arn(name):
    return f"arn:aws:iam::{ACCOUNT}:user/{name}"


def assume(server, keys, role, **options):
    return server.client("sts", keys).assume_role(RoleArn=role["Arn"], RoleSessionName="tests", **options)


def test_root_is_who_it_says(sts):
    who = sts.get_caller_identity()
    assert (who["Arn"], who["UserId"], who["Account"]) == (ROOT_ARN, ACCOUNT, ACCOUNT)


def test_a_trusted_user_assumes_a_role(server, make_user, make_role, denied):
    name, keys = make_user()
    role = make_role(trust({"AWS": user_arn(name)}), allow("iam:ListRoles"))
    answer = assume(server, keys, role)
    assert answer["AssumedRoleUser"] == {
        "Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{role['RoleName']}/tests",
        "AssumedRoleId": f"{role['RoleId']}:tests"}
    session = Keys.of(answer["Credentials"])
    assert server.client("sts", session).get_caller_identity()["Arn"] == answer["AssumedRoleUser"]["Arn"]
    assert server.client("iam", session).list_roles()["Roles"]
    code, status, message = denied(server.client("iam", session).list_users)
    assert (code, status) == ("AccessDenied", 403)
    assert message.startswith(f"User: {answer['AssumedRoleUser']['Arn']} is not authorized to perform: iam:ListUsers")


def test_account_trust_needs_the_users_own_permission(server, iam, make_user, make_role, denied):
    name, keys = make_user()
    role = make_role(trust({"AWS": ACCOUNT}))
    short = (f"User: {user_arn(name)} is not authorized to perform: sts:AssumeRole "
             f"on resource: {role['Arn']}")
    assert denied(assume, server=server, keys=keys, role=role) == ("AccessDenied", 403, short)
    iam.put_user_policy(UserName=name, PolicyName="assume", PolicyDocument=policy(allow("sts:AssumeRole", role["Arn"])))
    assert assume(server, keys, role)["Credentials"]


def test_a_role_that_does_not_exist_looks_like_one_that_refuses(server, make_user, denied):
    name, keys = make_user()
    code, _, message = denied(server.client("sts", keys).assume_role,
                              RoleArn=f"arn:aws:iam::{ACCOUNT}:role/nobody-made-this", RoleSessionName="tests")
    assert code == "AccessDenied"
    assert message == (f"User: {user_arn(name)} is not authorized to perform: sts:AssumeRole "
                       f"on resource: arn:aws:iam::{ACCOUNT}:role/nobody-made-this")


def test_root_may_not_assume_roles(server, make_role, denied):
    role = make_role(trust({"AWS": ROOT_ARN}))
    assert denied(assume, server=server, keys=Keys(ROOT_KEY, ROOT_SECRET), role=role)[::2] == (
        "AccessDenied", "Roles may not be assumed by root accounts.")


def test_session_policy_narrows(server, make_user, make_role, denied):
    name, keys = make_user()
    role = make_role(trust({"AWS": user_arn(name)}), allow("iam:List*"))
    answer = assume(server, keys, role, Policy=policy(allow("iam:ListRoles")))
    assert answer["PackedPolicySize"] > 0
    client = server.client("iam", Keys.of(answer["Credentials"]))
    assert client.list_roles()["Roles"]
    assert denied(client.list_users)[2].endswith("because no session policy allows the iam:ListUsers action")


def test_session_tokens_tell_their_size_and_grow_on_demand(server, make_user, make_role, denied):
    name, keys = make_user()
    role = make_role(trust({"AWS": user_arn(name)}))
    plain = assume(server, keys, role)
    assert plain["SessionTokenSize"] == len(plain["Credentials"]["SessionToken"]) < 1024
    assert 0 < plain["SessionTokenUtilization"] < 25 and "PackedPolicySize" not in plain
    large = assume(server, keys, role, MinimumSessionTokenSize=4096)
    assert (large["SessionTokenSize"], large["SessionTokenUtilization"]) == (4096, 100)
    assert len(large["Credentials"]["SessionToken"]) == 4096
    session = server.client("sts", Keys.of(large["Credentials"]))
    assert session.get_caller_identity()["Arn"].endswith(f":assumed-role/{role['RoleName']}/tests")
    narrowed = server.client("sts", keys).get_session_token(MinimumSessionTokenSize=2048)
    assert narrowed["SessionTokenSize"] == 2048


def test_external_id(server, make_user, make_role, denied):
    name, keys = make_user()
    role = make_role(trust({"AWS": user_arn(name)}, Condition={"StringEquals": {"sts:ExternalId": "secret-42"}}))
    assert denied(assume, server=server, keys=keys, role=role)[0] == "AccessDenied"
    assert denied(assume, server=server, keys=keys, role=role, ExternalId="guess")[0] == "AccessDenied"
    assert assume(server, keys, role, ExternalId="secret-42")["Credentials"]


def test_session_tags_need_tag_session_and_reach_policies(server, iam, make_user, make_role, denied):
    name, keys = make_user()
    plain = make_role(trust({"AWS": user_arn(name)}))
    tags = [{"Key": "team", "Value": "billing"}]
    code, _, message = denied(assume, server=server, keys=keys, role=plain, Tags=tags)
    assert (code, message) == ("AccessDenied", f"User: {user_arn(name)} is not authorized to perform: "
                                               f"sts:TagSession on resource: {plain['Arn']}")
    role = make_role(trust({"AWS": user_arn(name)}, ["sts:AssumeRole", "sts:TagSession"]),
                     allow("iam:ListUsers", Condition={"StringEquals": {"aws:PrincipalTag/team": "billing"}}))
    assert denied(server.client("iam", Keys.of(assume(server, keys, role)["Credentials"])).list_users)[0] == "AccessDenied"
    tagged = Keys.of(assume(server, keys, role, Tags=tags)["Credentials"])
    assert server.client("iam", tagged).list_users()["Users"]


def test_role_chaining_ends_after_an_hour(server, make_user, make_role, denied):
    name, keys = make_user()
    first = make_role(trust({"AWS": user_arn(name)}), allow("sts:AssumeRole"), MaxSessionDuration=43200)
    second = make_role(trust({"AWS": first["Arn"]}), MaxSessionDuration=43200)
    session = Keys.of(assume(server, keys, first, DurationSeconds=43200)["Credentials"])
    assert denied(assume, server=server, keys=session, role=second, DurationSeconds=3601)[::2] == (
        "ValidationError",
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")
    assert assume(server, session, second, DurationSeconds=3600)["Credentials"]


def test_role_maximum(server, make_user, make_role, denied):
    name, keys = make_user()
    role = make_role(trust({"AWS": user_arn(name)}))
    assert denied(assume, server=server, keys=keys, role=role, DurationSeconds=3601)[::2] == (
        "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
    answer = assume(server, keys, role, DurationSeconds=900)
    left = answer["Credentials"]["Expiration"] - datetime.datetime.now(datetime.timezone.utc)
    assert 880 < left.total_seconds() <= 900


def test_deleting_a_role_ends_its_sessions(server, iam, make_user, make_role, denied):
    name, keys = make_user()
    role = make_role(trust({"AWS": user_arn(name)}))
    session = Keys.of(assume(server, keys, role)["Credentials"])
    assert server.client("sts", session).get_caller_identity()
    iam.delete_role(RoleName=role["RoleName"])
    assert denied(server.client("sts", session).get_caller_identity)[:2] == ("InvalidClientTokenId", 403)


def test_a_recreated_user_is_another_user(server, iam, make_user, make_role, denied):
    name, keys = make_user()
    role = make_role(trust({"AWS": user_arn(name)}))
    assert assume(server, keys, role)["Credentials"]
    user_id = iam.get_user(UserName=name)["User"]["UserId"]
    iam.delete_access_key(UserName=name, AccessKeyId=keys.access_key_id)
    iam.delete_user(UserName=name)
    iam.create_user(UserName=name)
    again = Keys.of(iam.create_access_key(UserName=name)["AccessKey"])
    assert denied(assume, server=server, keys=again, role=role)[0] == "AccessDenied"
    principal = iam.get_role(RoleName=role["RoleName"])["Role"]["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]
    assert principal == {"AWS": user_id}


def test_get_session_token(server, make_user, denied):
    name, keys = make_user()
    session = Keys.of(server.client("sts", keys).get_session_token(DurationSeconds=900)["Credentials"])
    assert server.client("sts", session).get_caller_identity()["Arn"] == user_arn(name)
    assert denied(server.client("sts", session).get_session_token)[::2] == (
        "AccessDenied", "Cannot call GetSessionToken with session credentials")
    # Spec 7.6: IAM only after MFA.
    assert denied(server.client("iam", session).list_users)[0] == "InvalidClientTokenId"


def test_a_presigned_identity_proves_who_somebody_is(server, make_user):
    name, keys = make_user()
    credentials = botocore.credentials.Credentials(keys.access_key_id, keys.secret_access_key)
    request = botocore.awsrequest.AWSRequest(
        "GET", f"{server.url}/?Action=GetCallerIdentity&Version=2011-06-15", headers={"x-k8s-aws-id": "cluster"})
    botocore.auth.SigV4QueryAuth(credentials, "sts", "us-east-1", expires=60).add_auth(request)
    prepared = urllib.request.Request(request.url, headers={"x-k8s-aws-id": "cluster"})
    with urllib.request.urlopen(prepared) as answer:
        assert user_arn(name) in answer.read().decode()


@pytest.mark.parametrize("keys, code", [
    (Keys("AKIAWRITTESTNOBODY22", ROOT_SECRET), "InvalidClientTokenId"),
    (Keys(ROOT_KEY, "wrong"), "SignatureDoesNotMatch"),
    (Keys(ROOT_KEY, ROOT_SECRET, "surplus"), "InvalidClientTokenId"),
])
def test_wrong_credentials(server, denied, keys, code):
    assert denied(server.client("sts", keys).get_caller_identity)[:2] == (code, 403)


def test_inactive_and_deleted_keys(server, iam, make_user, denied):
    name, keys = make_user()
    iam.update_access_key(UserName=name, AccessKeyId=keys.access_key_id, Status="Inactive")
    assert denied(server.client("sts", keys).get_caller_identity)[:2] == ("InvalidClientTokenId", 403)
    iam.update_access_key(UserName=name, AccessKeyId=keys.access_key_id, Status="Active")
    assert server.client("sts", keys).get_caller_identity()
    iam.delete_access_key(UserName=name, AccessKeyId=keys.access_key_id)
    assert denied(server.client("sts", keys).get_caller_identity)[:2] == ("InvalidClientTokenId", 403)


def test_the_cli_assumes_a_role(aws, make_user, make_role):
    name, keys = make_user()
    role = make_role(trust({"AWS": user_arn(name)}), allow("iam:List*"))
    code, answer = aws("sts", "assume-role", "--role-arn", role["Arn"], "--role-session-name", "cli",
                       "--policy", policy(allow("iam:ListRoles")), "--duration-seconds", "900", keys=keys)
    assert code == 0, answer
    session = Keys.of(answer["Credentials"])
    assert aws("sts", "get-caller-identity", "--query", "Arn", keys=session) == (0, answer["AssumedRoleUser"]["Arn"])
    assert aws("iam", "list-roles", "--query", "Roles[].RoleName", "--max-items", "1", keys=session)[0] == 0
    code, answer = aws("iam", "list-users", keys=session)
    assert code == 254 and answer.endswith("because no session policy allows the iam:ListUsers action")
    code, answer = aws("sts", "get-session-token", "--duration-seconds", "900", keys=keys)
    assert code == 0 and Keys.of(answer["Credentials"]).session_token
