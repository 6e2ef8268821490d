"""The policy simulator in the shape of 2026: one result an action (spec B34 to B36)."""
import json

from conftest import ACCOUNT, allow, policy

BUCKET = "arn:aws:s3:::orders"


def results(answer):
    return {r["EvalActionName"]: r for r in answer["EvaluationResults"]}


def test_custom_policies_with_statements_and_positions(iam):
    text = policy(allow("s3:Get*", f"{BUCKET}/*"), {"Effect": "Deny", "Action": "s3:GetObject",
                                                    "Resource": f"{BUCKET}/secret"})
    answer = iam.simulate_custom_policy(PolicyInputList=[text], ActionNames=["s3:GetObject", "s3:PutObject"],
                                        ResourceArns=[f"{BUCKET}/a", f"{BUCKET}/secret"])
    found = results(answer)
    assert set(found) == {"s3:GetObject", "s3:PutObject"}
    get = found["s3:GetObject"]
    assert get["EvalDecision"] == "explicitDeny"  # The most restrictive of its resources.
    by_resource = {r["EvalResourceName"]: r["EvalResourceDecision"] for r in get["ResourceSpecificResults"]}
    assert by_resource == {f"{BUCKET}/a": "allowed", f"{BUCKET}/secret": "explicitDeny"}
    statement = next(r for r in get["ResourceSpecificResults"]
                     if r["EvalResourceName"] == f"{BUCKET}/a")["MatchedStatements"][0]
    assert statement["SourcePolicyId"] == "PolicyInputList.1"
    assert statement["SourcePolicyType"] == "IAM Policy"
    assert statement["StartPosition"]["Line"] == 1
    start, end = statement["StartPosition"]["Column"], statement["EndPosition"]["Column"]
    assert json.loads(text[start - 1:end - 1])["Action"] == "s3:Get*"
    assert found["s3:PutObject"]["EvalDecision"] == "implicitDeny"


def test_context_keys_that_are_missing_are_told(iam):
    text = policy(allow("s3:GetObject", Condition={"StringEquals": {"aws:PrincipalTag/team": "orders"}}))
    asked = {"PolicyInputList": [text], "ActionNames": ["s3:GetObject"]}
    answer = results(iam.simulate_custom_policy(**asked))["s3:GetObject"]
    assert answer["EvalDecision"] == "implicitDeny"
    assert answer["MissingContextValues"] == ["aws:PrincipalTag/team"]
    entry = {"ContextKeyName": "aws:PrincipalTag/team", "ContextKeyValues": ["orders"], "ContextKeyType": "string"}
    answer = results(iam.simulate_custom_policy(**asked, ContextEntries=[entry]))["s3:GetObject"]
    assert answer["EvalDecision"] == "allowed" and answer["MissingContextValues"] == []
    assert iam.get_context_keys_for_custom_policy(PolicyInputList=[text])["ContextKeyNames"] == [
        "aws:PrincipalTag/team"]


def test_boundaries_and_organization_policies_limit(iam):
    asked = {"PolicyInputList": [policy(allow("*"))], "ActionNames": ["s3:GetObject", "ec2:RunInstances"]}
    found = results(iam.simulate_custom_policy(
        **asked, PermissionsBoundaryPolicyInputList=[policy(allow("s3:*"))]))
    assert found["s3:GetObject"]["EvalDecision"] == "allowed"
    assert found["ec2:RunInstances"]["EvalDecision"] == "implicitDeny"
    assert found["ec2:RunInstances"]["PermissionsBoundaryDecisionDetail"] == {
        "AllowedByPermissionsBoundary": False}
    levels = [{"ServiceControlPolicyInputList": [policy(allow("*"))]},
              {"ServiceControlPolicyInputList": [policy(allow("ec2:*"))]}]
    found = results(iam.simulate_custom_policy(**asked, OrderedOrganizationPolicyInputList=levels))
    assert found["s3:GetObject"]["OrganizationsDecisionDetail"] == {"AllowedByOrganizations": False}
    assert found["ec2:RunInstances"]["EvalDecision"] == "allowed"


def test_principals_with_everything_in_force(iam, make_user, unique, denied):
    name, _ = make_user()
    group, arn = unique("group"), f"arn:aws:iam::{ACCOUNT}:user/{name}"
    iam.create_group(GroupName=group)
    iam.add_user_to_group(GroupName=group, UserName=name)
    iam.put_group_policy(GroupName=group, PolicyName="theirs", PolicyDocument=policy(allow("s3:GetObject")))
    iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=policy(
        allow("iam:GetUser", f"arn:aws:iam::{ACCOUNT}:user/${{aws:username}}")))
    found = results(iam.simulate_principal_policy(PolicySourceArn=arn, ActionNames=["s3:GetObject", "iam:GetUser"],
                                                  ResourceArns=[arn]))
    assert found["s3:GetObject"]["EvalDecision"] == "allowed"
    assert found["s3:GetObject"]["MatchedStatements"][0]["SourcePolicyId"] == f"group_{group}_theirs"
    assert found["iam:GetUser"]["EvalDecision"] == "allowed"
    assert iam.get_context_keys_for_principal_policy(PolicySourceArn=arn)["ContextKeyNames"] == ["aws:username"]
    assert denied(iam.simulate_principal_policy, PolicySourceArn=arn + "x", ActionNames=["s3:GetObject"]) == (
        "NoSuchEntity", 404, f"The user with name {name}x cannot be found.")


def test_pages_count_actions(iam):
    names = [f"s3:{action}" for action in ("GetObject", "PutObject", "DeleteObject", "ListBucket", "GetBucketAcl")]
    pages = list(iam.get_paginator("simulate_custom_policy").paginate(
        PolicyInputList=[policy(allow("s3:*"))], ActionNames=names, PaginationConfig={"PageSize": 2}))
    assert len(pages) == 3
    assert sorted(r["EvalActionName"] for page in pages for r in page["EvaluationResults"]) == sorted(names)


def test_what_is_no_policy_is_refused(iam, denied):
    assert denied(iam.simulate_custom_policy, PolicyInputList=["{}"], ActionNames=["s3:GetObject"])[:2] == (
        "InvalidInput", 400)


def test_the_cli(aws):
    code, answer = aws("iam", "simulate-custom-policy", "--policy-input-list", policy(allow("s3:*")),
                       "--action-names", "s3:GetObject")
    assert code == 0 and answer["EvaluationResults"][0]["EvalDecision"] == "allowed"
