"""Organizations through boto3 and the AWS CLI: one organization, real member accounts, policies that bite (spec 9.1)."""
import json

import pytest
from botocore.exceptions import ClientError
from conftest import ACCOUNT, Keys, allow, policy


@pytest.fixture
def world(own_server):
    return World(own_server())


class World:
    """A server whose account manages an organization with all features."""

    def __init__(self, server):
        self.server = server
        self.iam = server.client("iam")
        self.organizations = server.client("organizations")
        self.organization = self.organizations.create_organization()["Organization"]
        self.root = self.organizations.list_roots()["Roots"][0]
        self.iam.create_user(UserName="admin")
        self.iam.put_user_policy(UserName="admin", PolicyName="all", PolicyDocument=policy(allow("*")))
        self.admin = Keys.of(self.iam.create_access_key(UserName="admin")["AccessKey"])

    def create_account(self, name, **options):
        status = self.organizations.create_account(Email=f"{name}@example.com", AccountName=name,
                                                   **options)["CreateAccountStatus"]
        assert status["State"] == "IN_PROGRESS"
        status = self.organizations.describe_create_account_status(
            CreateAccountRequestId=status["Id"])["CreateAccountStatus"]
        assert status["State"] == "SUCCEEDED"
        return status["AccountId"]

    def enter(self, account, role="OrganizationAccountAccessRole"):
        sts = self.server.client("sts", self.admin)
        return Keys.of(sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/{role}",
                                       RoleSessionName="admin")["Credentials"])

    def create_policy(self, name, *statements, kind="SERVICE_CONTROL_POLICY"):
        return self.organizations.create_policy(Name=name, Description="", Type=kind, Content=policy(*statements))[
            "Policy"]["PolicySummary"]["Id"]


def deny(action, **more):
    return {"Effect": "Deny", "Action": action, "Resource": "*", **more}


def test_a_member_account_is_real_and_bound_by_its_policies(world):
    organizations = world.organizations
    unit = organizations.create_organizational_unit(ParentId=world.root["Id"], Name="Workloads")["OrganizationalUnit"]
    account = world.create_account("dev", Tags=[{"Key": "team", "Value": "blue"}])
    organizations.move_account(AccountId=account, SourceParentId=world.root["Id"], DestinationParentId=unit["Id"])
    keys = world.enter(account)
    assert world.server.client("sts", keys).get_caller_identity()["Account"] == account
    iam = world.server.client("iam", keys)
    iam.create_user(UserName="ada")
    assert [user["Arn"] for user in iam.list_users()["Users"]] == [f"arn:aws:iam::{account}:user/ada"]
    assert [user["UserName"] for user in world.iam.list_users()["Users"]] == ["admin"]

    guard = world.create_policy("no-listing", deny("iam:ListUsers"))
    organizations.attach_policy(PolicyId=guard, TargetId=unit["Id"])
    with pytest.raises(ClientError) as caught:
        iam.list_users()
    arn = (f"arn:aws:organizations::{ACCOUNT}:policy/{world.organization['Id']}/service_control_policy/{guard}")
    assert f" with an explicit deny in a service control policy: {arn}. " in caught.value.response["Error"]["Message"]
    world.iam.list_users()
    organizations.detach_policy(PolicyId=guard, TargetId=unit["Id"])
    iam.list_users()

    organizations.close_account(AccountId=account)
    described = organizations.describe_account(AccountId=account)["Account"]
    assert (described["State"], described["Status"]) == ("CLOSED", "SUSPENDED")
    with pytest.raises(ClientError) as caught:
        iam.list_users()
    assert caught.value.response["Error"]["Code"] == "InvalidClientTokenId"


def test_resource_control_policies_bind_who_comes_from_outside(world, denied):
    account = world.create_account("data")
    world.organizations.enable_policy_type(RootId=world.root["Id"], PolicyType="RESOURCE_CONTROL_POLICY")
    world.enter(account)
    guard = world.create_policy("perimeter", deny("sts:AssumeRole", Principal="*", Condition={
        "StringEquals": {"aws:PrincipalAccount": ACCOUNT}}), kind="RESOURCE_CONTROL_POLICY")
    world.organizations.attach_policy(PolicyId=guard, TargetId=account)
    sts = world.server.client("sts", world.admin)
    code, status, _ = denied(sts.assume_role, RoleSessionName="tests",
                             RoleArn=f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole")
    assert (code, status) == ("AccessDenied", 403)


def test_errors_carry_their_modeled_reason(world):
    with pytest.raises(world.organizations.exceptions.ConstraintViolationException) as caught:
        world.organizations.detach_policy(PolicyId="p-FullAWSAccess", TargetId=world.root["Id"])
    assert caught.value.response["Reason"] == "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    with pytest.raises(world.organizations.exceptions.InvalidInputException) as caught:
        world.organizations.describe_account(AccountId="x")
    assert caught.value.response["Reason"] == "INVALID_PATTERN"
    with pytest.raises(world.organizations.exceptions.AccountNotFoundException):
        world.organizations.describe_account(AccountId="999999999999")


def test_paginators_give_everything_once(world):
    organizations = world.organizations
    names = [f"unit-{number}" for number in range(45)]
    for name in names:
        organizations.create_organizational_unit(ParentId=world.root["Id"], Name=name)
    pages = organizations.get_paginator("list_organizational_units_for_parent").paginate(ParentId=world.root["Id"])
    found = [unit["Name"] for page in pages for unit in page["OrganizationalUnits"]]
    assert sorted(found) == sorted(names)
    children = organizations.get_paginator("list_children").paginate(
        ParentId=world.root["Id"], ChildType="ORGANIZATIONAL_UNIT", PaginationConfig={"PageSize": 7})
    assert len({child["Id"] for page in children for child in page["Children"]}) == 45
    accounts = {ACCOUNT, *(world.create_account(f"a{number}") for number in range(4))}
    listed = organizations.get_paginator("list_accounts").paginate(PaginationConfig={"PageSize": 2})
    assert {account["Id"] for page in listed for account in page["Accounts"]} == accounts


def test_tokens_that_were_never_given_are_refused(world):
    organizations = world.organizations
    for call, parameters in (
            (organizations.list_roots, {}),
            (organizations.list_parents, {"ChildId": ACCOUNT}),
            (organizations.list_policies, {"Filter": "TAG_POLICY"}),
            (organizations.list_policies_for_target, {"TargetId": ACCOUNT, "Filter": "TAG_POLICY"}),
            (organizations.list_handshakes_for_organization, {"Filter": {"ActionType": "TRANSFER_RESPONSIBILITY"}})):
        assert "NextToken" not in call(**parameters, MaxResults=1)
        with pytest.raises(organizations.exceptions.InvalidInputException) as caught:
            call(**parameters, NextToken="made up")
        assert caught.value.response["Reason"] == "INVALID_NEXT_TOKEN"
    assert [root["Id"] for page in organizations.get_paginator("list_roots").paginate() for root in page["Roots"]] == [
        world.root["Id"]]


def test_management_policies_are_not_here(own_server):
    organizations = own_server().client("organizations")
    for call, parameters in (
            (organizations.list_policies, {"Filter": "BACKUP_POLICY"}),
            (organizations.list_accounts_with_invalid_effective_policy, {"PolicyType": "BACKUP_POLICY"}),
            (organizations.list_handshakes_for_organization, {"Filter": {"ActionType": "TRANSFER_RESPONSIBILITY"}})):
        with pytest.raises(organizations.exceptions.AWSOrganizationsNotInUseException):
            call(**parameters)
    root = organizations.create_organization() and organizations.list_roots()["Roots"][0]["Id"]
    with pytest.raises(organizations.exceptions.PolicyTypeNotAvailableForOrganizationException):
        organizations.enable_policy_type(RootId=root, PolicyType="BACKUP_POLICY")
    with pytest.raises(organizations.exceptions.PolicyTypeNotEnabledException):
        organizations.disable_policy_type(RootId=root, PolicyType="BACKUP_POLICY")
    for call, parameters in (
            (organizations.describe_effective_policy, {}),
            (organizations.list_accounts_with_invalid_effective_policy, {}),
            (organizations.list_effective_policy_validation_errors, {"AccountId": ACCOUNT})):
        with pytest.raises(organizations.exceptions.EffectivePolicyNotFoundException):
            call(PolicyType="BACKUP_POLICY", **parameters)
    with pytest.raises(organizations.exceptions.AccountNotFoundException):
        organizations.list_effective_policy_validation_errors(AccountId="999999999999", PolicyType="BACKUP_POLICY")


def test_what_means_nothing_here_says_so(world):
    organizations = world.organizations
    with pytest.raises(organizations.exceptions.ConstraintViolationException) as caught:
        organizations.create_gov_cloud_account(Email="gov@example.com", AccountName="gov")
    assert caught.value.response["Reason"] == "MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED"
    transfer = {"Id": "rt-12345678"}
    for call, parameters in (
            (organizations.describe_responsibility_transfer, transfer),
            (organizations.terminate_responsibility_transfer, transfer),
            (organizations.update_responsibility_transfer, {**transfer, "Name": "bills"}),
            (organizations.list_inbound_responsibility_transfers, {"Type": "BILLING"}),
            (organizations.list_outbound_responsibility_transfers, {"Type": "BILLING"}),
            (organizations.invite_organization_to_transfer_responsibility,
             {"Type": "BILLING", "Target": {"Id": "210987654321", "Type": "ACCOUNT"}, "StartTimestamp": 1800000000,
              "SourceName": "bills"})):
        with pytest.raises(organizations.exceptions.UnsupportedAPIEndpointException) as caught:
            call(**parameters)
        assert "keeps no bills" in caught.value.response["Error"]["Message"]


def test_tags_of_a_resource_policy_are_permitted_apart(world):
    content = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "organizations:ListRoots", "Resource": "*"}]})
    world.iam.create_user(UserName="writer")
    world.iam.put_user_policy(UserName="writer", PolicyName="p", PolicyDocument=policy(
        allow("organizations:PutResourcePolicy")))
    writer = world.server.client("organizations", Keys.of(world.iam.create_access_key(UserName="writer")["AccessKey"]))
    with pytest.raises(writer.exceptions.AccessDeniedException) as caught:
        writer.put_resource_policy(Content=content, Tags=[{"Key": "k", "Value": "v"}])
    assert "organizations:TagResource" in caught.value.response["Error"]["Message"]
    writer.put_resource_policy(Content=content)


def test_a_member_that_leaves_is_not_asked_about_all_features(own_server):
    server = own_server("--quotas", "CreatedAccountAgeDays=0")
    organizations = server.client("organizations")
    organizations.create_organization(FeatureSet="CONSOLIDATED_BILLING")
    iam = server.client("iam")
    iam.create_user(UserName="admin")
    iam.put_user_policy(UserName="admin", PolicyName="all", PolicyDocument=policy(allow("*")))
    sts = server.client("sts", Keys.of(iam.create_access_key(UserName="admin")["AccessKey"]))
    status = organizations.create_account(Email="guest@example.com", AccountName="guest")["CreateAccountStatus"]
    account = organizations.describe_create_account_status(
        CreateAccountRequestId=status["Id"])["CreateAccountStatus"]["AccountId"]
    guest = server.client("organizations", Keys.of(sts.assume_role(
        RoleArn=f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole", RoleSessionName="guest")["Credentials"]))
    guest.leave_organization()
    invited = organizations.invite_account_to_organization(Target={"Id": account, "Type": "ACCOUNT"})["Handshake"]
    guest.accept_handshake(HandshakeId=invited["Id"])
    change = organizations.enable_all_features()["Handshake"]
    asked = guest.list_handshakes_for_account(Filter={"ActionType": "APPROVE_ALL_FEATURES"})["Handshakes"]
    assert [handshake["State"] for handshake in asked] == ["REQUESTED"]
    guest.leave_organization()
    assert guest.describe_handshake(HandshakeId=asked[0]["Id"])["Handshake"]["State"] == "CANCELED"
    assert organizations.accept_handshake(HandshakeId=change["Id"])["Handshake"]["State"] == "ACCEPTED"
    assert organizations.describe_organization()["Organization"]["FeatureSet"] == "ALL"


def test_policies_delegation_and_tags_round_trip(world):
    organizations = world.organizations
    account = world.create_account("audit")
    guard = world.create_policy("guard", deny("s3:*"))
    organizations.update_policy(PolicyId=guard, Description="no buckets")
    assert organizations.describe_policy(PolicyId=guard)["Policy"]["PolicySummary"]["Description"] == "no buckets"
    organizations.attach_policy(PolicyId=guard, TargetId=account)
    targets = organizations.list_targets_for_policy(PolicyId=guard)["Targets"]
    assert [(target["TargetId"], target["Type"]) for target in targets] == [(account, "ACCOUNT")]
    attached = organizations.list_policies_for_target(TargetId=account, Filter="SERVICE_CONTROL_POLICY")["Policies"]
    assert {summary["Id"] for summary in attached} == {guard, "p-FullAWSAccess"}
    organizations.tag_resource(ResourceId=guard, Tags=[{"Key": "owner", "Value": "ada"}])
    assert organizations.list_tags_for_resource(ResourceId=guard)["Tags"] == [{"Key": "owner", "Value": "ada"}]

    organizations.enable_aws_service_access(ServicePrincipal="config.amazonaws.com")
    organizations.register_delegated_administrator(AccountId=account, ServicePrincipal="config.amazonaws.com")
    delegate = world.server.client("organizations", world.enter(account))
    assert len(delegate.list_accounts()["Accounts"]) == 2
    with pytest.raises(delegate.exceptions.AccessDeniedException) as caught:
        delegate.create_organizational_unit(ParentId=world.root["Id"], Name="x")
    assert caught.value.response["Error"]["Message"] == "You don't have permissions to access this resource."
    content = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "organizations:CreatePolicy", "Resource": "*"}]})
    organizations.put_resource_policy(Content=content)
    assert organizations.describe_resource_policy()["ResourcePolicy"]["Content"] == content
    delegate.create_policy(Name="theirs", Description="", Type="SERVICE_CONTROL_POLICY", Content=policy(deny("ec2:*")))


def test_a_created_account_stays_for_some_days(world):
    organizations = world.organizations
    account = world.create_account("guest")
    guest = world.server.client("organizations", world.enter(account))
    assert guest.describe_organization()["Organization"] == world.organization
    with pytest.raises(guest.exceptions.ConstraintViolationException) as caught:
        guest.leave_organization()  # Created a moment ago.
    assert caught.value.response["Reason"] == "WAIT_PERIOD_ACTIVE"
    with pytest.raises(organizations.exceptions.HandshakeConstraintViolationException) as caught:
        organizations.invite_account_to_organization(Target={"Id": account, "Type": "ACCOUNT"})
    assert caught.value.response["Reason"] == "ALREADY_IN_AN_ORGANIZATION"


def test_an_account_leaves_and_comes_back(own_server):
    world = World(own_server("--quotas", "CreatedAccountAgeDays=0"))
    organizations = world.organizations
    account = world.create_account("guest")
    guest = world.server.client("organizations", world.enter(account))
    guest.leave_organization()
    with pytest.raises(guest.exceptions.AWSOrganizationsNotInUseException):
        guest.describe_organization()
    invited = organizations.invite_account_to_organization(
        Target={"Id": "guest@example.com", "Type": "EMAIL"}, Notes="come back")["Handshake"]
    assert {"Type": "NOTES", "Value": "come back"} in invited["Resources"]
    assert [handshake["Id"] for handshake in guest.list_handshakes_for_account()["Handshakes"]] == [invited["Id"]]
    assert guest.accept_handshake(HandshakeId=invited["Id"])["Handshake"]["State"] == "ACCEPTED"
    assert organizations.describe_handshake(HandshakeId=invited["Id"])["Handshake"]["State"] == "ACCEPTED"
    assert organizations.describe_account(AccountId=account)["Account"]["JoinedMethod"] == "INVITED"
    assert guest.describe_organization()["Organization"]["Id"] == world.organization["Id"]
    assert len(organizations.list_handshakes_for_organization(Filter={"ActionType": "INVITE"})["Handshakes"]) == 1


def test_an_account_moves_to_another_organization(own_server):
    world = World(own_server("--quotas", "CreatedAccountAgeDays=0"))
    other = world.server.client("organizations", world.enter(world.create_account("other")))
    other.leave_organization()
    theirs = other.create_organization()["Organization"]
    account = world.create_account("dev")
    dev = world.server.client("organizations", world.enter(account))
    invited = other.invite_account_to_organization(Target={"Id": account, "Type": "ACCOUNT"})["Handshake"]
    guard = world.create_policy("stay", deny("organizations:LeaveOrganization"))
    world.organizations.attach_policy(PolicyId=guard, TargetId=account)
    with pytest.raises(dev.exceptions.AccessDeniedException):
        dev.accept_handshake(HandshakeId=invited["Id"])
    world.organizations.detach_policy(PolicyId=guard, TargetId=account)
    dev.accept_handshake(HandshakeId=invited["Id"])
    assert dev.describe_organization()["Organization"]["Id"] == theirs["Id"]
    assert [member["Id"] for member in world.organizations.list_accounts()["Accounts"]] == [ACCOUNT]


def test_the_cli_shows_the_organization(own_server, aws, server):
    code, answer = aws("organizations", "describe-organization")
    assert code != 0 and "AWSOrganizationsNotInUseException" in answer
    code, answer = aws("organizations", "create-organization")
    assert code == 0, answer
    try:
        code, answer = aws("organizations", "list-roots", "--query", "Roots[0].PolicyTypes[0].Status")
        assert (code, answer) == (0, "ENABLED")
        code, answer = aws("organizations", "list-accounts", "--query", "Accounts[].Id")
        assert (code, answer) == (0, [ACCOUNT])
        code, answer = aws("organizations", "describe-policy", "--policy-id", "p-FullAWSAccess")
        assert code == 0 and json.loads(answer["Policy"]["Content"])["Statement"][0]["Action"] == "*"
    finally:
        server.client("organizations").delete_organization()
