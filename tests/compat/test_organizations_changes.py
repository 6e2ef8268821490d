"""Organizations through boto3: what was made is listed, renamed and taken back (spec 9.1)."""
import json

import pytest
from conftest import ACCOUNT
from test_organizations import World, deny

CONFIG = "config.amazonaws.com"


@pytest.fixture
def world(own_server):
    return World(own_server("--quotas", "CreatedAccountAgeDays=0"))


def test_units_are_renamed_and_deleted_when_empty(world):
    organizations, root = world.organizations, world.root["Id"]
    unit = organizations.create_organizational_unit(ParentId=root, Name="Drafts")["OrganizationalUnit"]
    renamed = organizations.update_organizational_unit(OrganizationalUnitId=unit["Id"], Name="Sandbox")[
        "OrganizationalUnit"]
    assert renamed == {**unit, "Name": "Sandbox"}
    assert organizations.describe_organizational_unit(OrganizationalUnitId=unit["Id"])["OrganizationalUnit"] == renamed

    account = world.create_account("tenant")
    organizations.move_account(AccountId=account, SourceParentId=root, DestinationParentId=unit["Id"])
    accounts = organizations.get_paginator("list_accounts_for_parent")
    inside = [found["Id"] for page in accounts.paginate(ParentId=unit["Id"]) for found in page["Accounts"]]
    assert inside == [account]
    assert [found["Id"] for page in accounts.paginate(ParentId=root) for found in page["Accounts"]] == [ACCOUNT]
    with pytest.raises(organizations.exceptions.OrganizationalUnitNotEmptyException):
        organizations.delete_organizational_unit(OrganizationalUnitId=unit["Id"])
    organizations.move_account(AccountId=account, SourceParentId=unit["Id"], DestinationParentId=root)
    organizations.delete_organizational_unit(OrganizationalUnitId=unit["Id"])
    with pytest.raises(organizations.exceptions.OrganizationalUnitNotFoundException):
        organizations.describe_organizational_unit(OrganizationalUnitId=unit["Id"])


def test_policies_their_tags_and_their_type_go(world):
    organizations, root = world.organizations, world.root["Id"]
    guard = world.create_policy("guard", deny("s3:*"))
    organizations.tag_resource(ResourceId=guard, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
    organizations.untag_resource(ResourceId=guard, TagKeys=["a"])
    assert organizations.list_tags_for_resource(ResourceId=guard)["Tags"] == [{"Key": "b", "Value": "2"}]
    organizations.attach_policy(PolicyId=guard, TargetId=root)
    with pytest.raises(organizations.exceptions.PolicyInUseException):
        organizations.delete_policy(PolicyId=guard)
    organizations.detach_policy(PolicyId=guard, TargetId=root)
    organizations.delete_policy(PolicyId=guard)
    with pytest.raises(organizations.exceptions.PolicyNotFoundException):
        organizations.describe_policy(PolicyId=guard)
    without = organizations.disable_policy_type(RootId=root, PolicyType="SERVICE_CONTROL_POLICY")["Root"]
    assert (without["Id"], without["PolicyTypes"]) == (root, [])


def test_delegation_and_trust_are_listed_and_taken_back(world):
    organizations = world.organizations
    account = world.create_account("audit")
    organizations.enable_aws_service_access(ServicePrincipal=CONFIG)
    trusted = organizations.list_aws_service_access_for_organization()["EnabledServicePrincipals"]
    assert [service["ServicePrincipal"] for service in trusted] == [CONFIG]
    organizations.register_delegated_administrator(AccountId=account, ServicePrincipal=CONFIG)
    delegates = organizations.list_delegated_administrators(ServicePrincipal=CONFIG)["DelegatedAdministrators"]
    assert [(delegate["Id"], delegate["Email"]) for delegate in delegates] == [(account, "audit@example.com")]
    services = organizations.list_delegated_services_for_account(AccountId=account)["DelegatedServices"]
    assert [service["ServicePrincipal"] for service in services] == [CONFIG]
    organizations.deregister_delegated_administrator(AccountId=account, ServicePrincipal=CONFIG)
    assert organizations.list_delegated_administrators()["DelegatedAdministrators"] == []
    with pytest.raises(organizations.exceptions.AccountNotRegisteredException):
        organizations.list_delegated_services_for_account(AccountId=account)

    with pytest.raises(organizations.exceptions.ResourcePolicyNotFoundException):
        organizations.delete_resource_policy()
    organizations.put_resource_policy(Content=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "organizations:ListRoots", "Resource": "*"}]}))
    organizations.delete_resource_policy()
    with pytest.raises(organizations.exceptions.ResourcePolicyNotFoundException):
        organizations.describe_resource_policy()


def test_accounts_are_removed_and_invitations_come_to_nothing(world):
    organizations = world.organizations
    account = world.create_account("guest")
    made = organizations.list_create_account_status(States=["SUCCEEDED"])["CreateAccountStatuses"]
    assert [(status["AccountId"], status["AccountName"]) for status in made] == [(account, "guest")]
    assert organizations.list_create_account_status(States=["FAILED"])["CreateAccountStatuses"] == []
    guest = world.server.client("organizations", world.enter(account))
    organizations.remove_account_from_organization(AccountId=account)
    with pytest.raises(guest.exceptions.AWSOrganizationsNotInUseException):
        guest.describe_organization()

    def invite():
        return organizations.invite_account_to_organization(Target={"Id": account, "Type": "ACCOUNT"})["Handshake"]["Id"]

    assert organizations.cancel_handshake(HandshakeId=invite())["Handshake"]["State"] == "CANCELED"
    declined = invite()
    assert guest.decline_handshake(HandshakeId=declined)["Handshake"]["State"] == "DECLINED"
    with pytest.raises(guest.exceptions.HandshakeAlreadyInStateException):
        guest.decline_handshake(HandshakeId=declined)
    with pytest.raises(guest.exceptions.InvalidHandshakeTransitionException):
        guest.accept_handshake(HandshakeId=declined)
    assert [member["Id"] for member in organizations.list_accounts()["Accounts"]] == [ACCOUNT]
