"""Centralized root access through boto3: the root user of a member loses its credentials, and no more (spec B27)."""
import pytest
from botocore.exceptions import ClientError
from conftest import ACCOUNT, Keys, allow, policy
from test_organizations import World

IAM = "iam.amazonaws.com"


def task(name):
    return {"arn": f"arn:aws:iam::aws:policy/root-task/{name}"}


@pytest.fixture
def world(own_server):
    made = World(own_server())
    made.organizations.enable_aws_service_access(ServicePrincipal=IAM)
    return made


def code_of(call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Code"]


def test_the_features_of_an_organization(world):
    iam, organization = world.iam, world.organization["Id"]
    both = ["RootCredentialsManagement", "RootSessions"]
    listed = iam.list_organizations_features()
    assert (listed["OrganizationId"], listed["EnabledFeatures"]) == (organization, [])
    assert iam.enable_organizations_root_credentials_management()["EnabledFeatures"] == both[:1]
    assert iam.enable_organizations_root_sessions()["EnabledFeatures"] == both
    assert iam.list_organizations_features()["EnabledFeatures"] == both
    assert iam.disable_organizations_root_credentials_management()["EnabledFeatures"] == both[1:]
    assert iam.disable_organizations_root_sessions()["EnabledFeatures"] == []
    world.organizations.disable_aws_service_access(ServicePrincipal=IAM)
    with pytest.raises(iam.exceptions.ServiceAccessNotEnabledException):
        iam.list_organizations_features()
    member = world.server.client("iam", world.enter(world.create_account("plain")))
    with pytest.raises(member.exceptions.AccountNotManagementOrDelegatedAdministratorException):
        member.enable_organizations_root_sessions()


def test_without_an_organization(iam):
    with pytest.raises(iam.exceptions.OrganizationNotFoundException):
        iam.list_organizations_features()


def test_a_delegated_administrator_acts_on_the_root_of_a_member(world):
    world.iam.enable_organizations_root_credentials_management()
    security, member = world.create_account("security"), world.create_account("member")
    keys = world.enter(security)
    sts = world.server.client("sts", keys)
    assert code_of(sts.assume_root, TargetPrincipal=member,
                   TaskPolicyArn=task("IAMCreateRootUserPassword")) == "AccessDenied"
    world.organizations.register_delegated_administrator(AccountId=security, ServicePrincipal=IAM)

    def enter_root(name):
        answer = sts.assume_root(TargetPrincipal=member, TaskPolicyArn=task(name), DurationSeconds=300)
        session = Keys.of(answer["Credentials"])
        identity = world.server.client("sts", session).get_caller_identity()
        assert (identity["Arn"], identity["UserId"]) == (f"arn:aws:iam::{member}:root", member)
        return world.server.client("iam", session)

    recoverer = enter_root("IAMCreateRootUserPassword")
    assert code_of(recoverer.get_login_profile) == "NoSuchEntity"
    created = recoverer.create_login_profile()["LoginProfile"]["CreateDate"]
    assert recoverer.get_login_profile()["LoginProfile"]["CreateDate"] == created
    assert code_of(recoverer.delete_login_profile) == "AccessDenied"
    auditor = enter_root("IAMAuditRootUserCredentials")
    assert auditor.get_account_summary()["SummaryMap"]["AccountPasswordPresent"] == 1
    assert auditor.get_user()["User"]["Arn"] == f"arn:aws:iam::{member}:root"
    assert auditor.list_access_keys()["AccessKeyMetadata"] == []
    assert auditor.list_mfa_devices()["MFADevices"] == []
    assert auditor.list_signing_certificates()["Certificates"] == []
    assert code_of(auditor.list_users) == "AccessDenied"
    remover = enter_root("IAMDeleteRootUserCredentials")
    remover.delete_login_profile()
    assert auditor.get_account_summary()["SummaryMap"]["AccountPasswordPresent"] == 0
    # Root sessions for other services were not enabled.
    assert code_of(sts.assume_root, TargetPrincipal=member,
                   TaskPolicyArn=task("S3UnlockBucketPolicy")) == "AccessDenied"


def test_permissions_may_depend_on_the_task(world):
    world.iam.enable_organizations_root_credentials_management()
    member = world.create_account("member")
    world.iam.create_user(UserName="auditor")
    world.iam.put_user_policy(UserName="auditor", PolicyName="p", PolicyDocument=policy(allow(
        "sts:AssumeRoot", f"arn:aws:iam::{member}:root",
        Condition={"ArnEquals": {"sts:TaskPolicyArn": task("IAMAuditRootUserCredentials")["arn"]}})))
    sts = world.server.client("sts", Keys.of(world.iam.create_access_key(UserName="auditor")["AccessKey"]))
    sts.assume_root(TargetPrincipal=member, TaskPolicyArn=task("IAMAuditRootUserCredentials"))
    sts.assume_root(TargetPrincipal=f"arn:aws:iam::{member}:root", TaskPolicyArn=task("IAMAuditRootUserCredentials"))
    with pytest.raises(ClientError) as caught:
        sts.assume_root(TargetPrincipal=member, TaskPolicyArn=task("IAMDeleteRootUserCredentials"))
    assert caught.value.response["Error"]["Message"].startswith(
        f"User: arn:aws:iam::{ACCOUNT}:user/auditor is not authorized to perform: sts:AssumeRoot on resource: "
        f"arn:aws:iam::{member}:root")
    root = world.server.client("sts")
    assert code_of(root.assume_root, TargetPrincipal=member,
                   TaskPolicyArn=task("IAMAuditRootUserCredentials")) == "AccessDenied"
