"""Service-linked roles (spec 8.11)."""
from conftest import ACCOUNT


def test_a_role_from_beginning_to_end(iam, denied):
    service = "elasticbeanstalk.amazonaws.com"
    role = iam.create_service_linked_role(AWSServiceName=service, Description="d")["Role"]
    name = role["RoleName"]
    assert role["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/{service}/AWSServiceRoleForElasticBeanstalk"
    assert role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == {"Service": service}
    assert denied(iam.create_service_linked_role, AWSServiceName=service) == (
        "InvalidInput", 400,
        f"Service role name {name} has been taken in this account, please try a different suffix.")
    assert denied(iam.create_service_linked_role, AWSServiceName=service, CustomSuffix="x") == (
        "InvalidInput", 400, f"Custom suffix is not allowed for {service}")
    assert denied(iam.delete_role, RoleName=name)[:2] == ("UnmodifiableEntity", 400)
    attached = iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
    assert [p["PolicyName"] for p in attached] == ["AWSElasticBeanstalkServiceRolePolicy"]
    task = iam.delete_service_linked_role(RoleName=name)["DeletionTaskId"]
    assert iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"] == "SUCCEEDED"
    assert denied(iam.get_role, RoleName=name)[0] == "NoSuchEntity"
    assert denied(iam.get_service_linked_role_deletion_status, DeletionTaskId="nonsense") == (
        "InvalidInput", 400, "Invalid task id")


def test_the_cli(aws, unique):
    suffix = unique("s")
    code, answer = aws("iam", "create-service-linked-role", "--aws-service-name", "autoscaling.amazonaws.com",
                       "--custom-suffix", suffix)
    assert code == 0 and answer["Role"]["RoleName"] == f"AWSServiceRoleForAutoScaling_{suffix}"
    code, answer = aws("iam", "delete-service-linked-role", "--role-name", answer["Role"]["RoleName"])
    assert code == 0
    code, answer = aws("iam", "get-service-linked-role-deletion-status", "--deletion-task-id",
                       answer["DeletionTaskId"])
    assert (code, answer) == (0, {"Status": "SUCCEEDED"})
