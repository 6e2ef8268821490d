"""Temporary delegation through boto3: from a request to credentials, and what is told on the way."""
import json

import pytest
from conftest import ACCOUNT, Keys, allow, policy

ONE_USER = "arn:aws:iam::@{AccountId}:user/@{userName}"


@pytest.fixture
def template(iam, unique):
    """A managed policy with holes, which the requestor registers by creating it."""
    return iam.create_policy(PolicyName=unique("template"), PolicyDocument=policy(
        allow("iam:ListUsers"), allow("iam:GetUser", ONE_USER)))["Policy"]["Arn"]


@pytest.fixture
def ask(iam, unique, template):
    """Makes a request of the account to itself."""
    def create(**more):
        return iam.create_delegation_request(**{
            "Description": "Sets the product up",
            "Permissions": {"PolicyTemplateArn": template, "Parameters": [
                {"Name": "AccountId", "Values": [ACCOUNT], "Type": "string"},
                {"Name": "userName", "Values": ["setup"], "Type": "stringList"}]},
            "RequestorWorkflowId": unique("workflow"),
            "NotificationChannel": f"arn:aws:sns:us-east-1:{ACCOUNT}:updates",
            "SessionDuration": 3600, **more})["DelegationRequestId"]
    return create


def test_a_request_leads_to_credentials(server, iam, sts, ask, make_user, denied):
    owner, keys = make_user()
    owner_iam = server.client("iam", keys)
    request = ask(RequestMessage="for the workspace")
    # Who knows of a request may claim it, and manage it from then on without any policy.
    owner_iam.associate_delegation_request(DelegationRequestId=request)
    told = owner_iam.get_delegation_request(DelegationRequestId=request)["DelegationRequest"]
    assert (told["State"], told["OwnerId"]) == ("ASSIGNED", f"arn:aws:iam::{ACCOUNT}:user/{owner}")
    assert json.loads(told["PermissionPolicy"])["Statement"][1]["Resource"] == f"arn:aws:iam::{ACCOUNT}:user/setup"
    assert denied(owner_iam.accept_delegation_request, DelegationRequestId=request)[0] == "AccessDenied"
    owner_iam.update_delegation_request(DelegationRequestId=request, Notes="please")
    iam.accept_delegation_request(DelegationRequestId=request)
    assert denied(sts.get_delegated_access_token, TradeInToken=request)[:2] == ("AccessDenied", 403)
    owner_iam.send_delegation_token(DelegationRequestId=request)
    traded = sts.get_delegated_access_token(TradeInToken=request)
    assert traded["AssumedPrincipal"] == f"arn:aws:iam::{ACCOUNT}:root"
    delegate = server.client("iam", Keys.of(traded["Credentials"]))
    assert delegate.list_users()["Users"]
    assert denied(delegate.list_groups)[0] == "AccessDenied"
    assert denied(owner_iam.reject_delegation_request, DelegationRequestId=request)[:2] == ("InvalidInput", 400)


def test_what_is_told_of_requests(iam, ask):
    iam.create_delegation_request(
        Description="d", NotificationChannel=f"arn:aws:sns:us-east-1:{ACCOUNT}:updates", SessionDuration=300,
        Permissions={"PolicyTemplateArn": "arn:aws:iam::aws:policy/IAMSelfManageServiceSpecificCredentials"},
        RequestorWorkflowId="workflow-of-shapes", RedirectUrl="https://example.com/back", OnlySendByOwner=True)
    request = ask(OwnerAccountId=ACCOUNT)
    arn = f"arn:aws:iam::{ACCOUNT}:delegation-request/{request}"
    iam.associate_delegation_request(DelegationRequestId=request)
    iam.update_delegation_request(DelegationRequestId=request, Notes="n")
    iam.accept_delegation_request(DelegationRequestId=request)
    checked = iam.get_delegation_request(DelegationRequestId=request, DelegationPermissionCheck=True)
    assert (checked["PermissionCheckStatus"], checked["PermissionCheckResult"]) == ("COMPLETE", "ALLOWED")
    summary = iam.get_human_readable_summary(EntityArn=arn)
    assert summary["SummaryState"] == "AVAILABLE" and "`ListUsers`" in summary["SummaryContent"]
    assert iam.get_human_readable_summary(EntityArn=arn, Locale="ja")["SummaryState"] == "NOT_SUPPORTED"
    iam.send_delegation_token(DelegationRequestId=request)
    refused = ask()
    iam.associate_delegation_request(DelegationRequestId=refused)
    iam.reject_delegation_request(DelegationRequestId=refused, Notes="too much")
    listed = iam.list_delegation_requests(OwnerId=f"arn:aws:iam::{ACCOUNT}:root")["DelegationRequests"]
    assert {request, refused} <= {one["DelegationRequestId"] for one in listed}
    page = iam.list_delegation_requests(MaxItems=1)
    assert page["isTruncated"] and iam.list_delegation_requests(Marker=page["Marker"])["DelegationRequests"]


def test_role_templates_are_refused(iam, denied):
    arn = "arn:aws:iam::aws:role-template/example.amazonaws.com/Example:1"
    assert denied(iam.get_role_template_version, TemplateArn=arn)[:2] == ("NoSuchEntity", 404)
    assert denied(iam.acquire_role, TemplateArn=arn)[:2] == ("NoSuchEntity", 404)
