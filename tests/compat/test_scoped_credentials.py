"""GetScopedCredentials through boto3: a session hands out less than it has, and never more."""
import pytest
from botocore.exceptions import ClientError
from conftest import ACCOUNT, Keys, allow, policy, trust


@pytest.fixture
def session(server, iam, sts, make_user, unique):
    """Keys of a role session that may do everything, and its ARN."""
    role = unique("role")
    name, keys = make_user()
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(allow("sts:*")))
    arn = iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}))["Role"]["Arn"]
    iam.put_role_policy(RoleName=role, PolicyName="p", PolicyDocument=policy(allow("*")))
    answer = server.client("sts", keys).assume_role(RoleArn=arn, RoleSessionName="agent")
    return Keys.of(answer["Credentials"]), answer


def test_an_agent_gets_less_than_its_session(server, session, denied):
    keys, whole = session
    answer = server.client("sts", keys).get_scoped_credentials(Policy=policy(allow("iam:ListUsers")),
                                                               DurationSeconds=60)
    assert answer["SessionInfo"] == {"ScopedSessionId": whole["AssumedRoleUser"]["AssumedRoleId"],
                                     "Arn": whole["AssumedRoleUser"]["Arn"]}
    assert answer["ScopedPoliciesCount"] == 1
    assert answer["Credentials"]["Expiration"] < whole["Credentials"]["Expiration"]
    scoped = Keys.of(answer["Credentials"])
    assert server.client("sts", scoped).get_caller_identity()["Arn"] == whole["AssumedRoleUser"]["Arn"]
    server.client("iam", scoped).list_users()
    server.client("iam", keys).list_roles()
    code, status, message = denied(server.client("iam", scoped).list_roles)
    assert (code, status) == ("AccessDenied", 403)
    assert message.endswith("because no session policy allows the iam:ListRoles action")


def test_layers_end_after_three(server, session):
    keys, _ = session
    for count in (1, 2, 3):
        answer = server.client("sts", keys).get_scoped_credentials(Policy=policy(allow("*")))
        assert answer["ScopedPoliciesCount"] == count
        keys = Keys.of(answer["Credentials"])
    sts = server.client("sts", keys)
    with pytest.raises(ClientError) as caught:
        sts.get_scoped_credentials(Policy=policy(allow("*")))
    assert caught.value.response["Error"]["Code"] == "AccessDenied"
    assert sts.get_scoped_credentials(DurationSeconds=30)["ScopedPoliciesCount"] == 3


def test_what_is_refused(server, session, sts):
    narrower = server.client("sts", session[0])
    with pytest.raises(narrower.exceptions.InsufficientSessionLifetimeException):
        narrower.get_scoped_credentials(DurationSeconds=3601)
    with pytest.raises(narrower.exceptions.MalformedPolicyDocumentException):
        narrower.get_scoped_credentials(Policy="{}")
    with pytest.raises(sts.exceptions.InvalidSubjectCredentialsException):
        sts.get_scoped_credentials(Policy=policy(allow("*")))
    with pytest.raises(ClientError) as caught:
        narrower.get_scoped_credentials()
    assert caught.value.response["Error"]["Code"] == "ValidationError"
