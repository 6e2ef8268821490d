"""Instance profiles through boto3 and the AWS CLI (spec 8.1 to 8.5)."""
from conftest import ACCOUNT, trust

EC2 = trust({"Service": "ec2.amazonaws.com"})


def test_a_profile_from_beginning_to_end(iam, unique, denied):
    profile, role = unique("profile"), unique("role")
    made = iam.create_instance_profile(InstanceProfileName=profile, Path="/apps/",
                                       Tags=[{"Key": "team", "Value": "a"}])["InstanceProfile"]
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT}:instance-profile/apps/{profile}"
    assert made["InstanceProfileId"].startswith("AIPA")
    assert made["Roles"] == []
    assert made["Tags"] == [{"Key": "team", "Value": "a"}]
    assert denied(iam.create_instance_profile, InstanceProfileName=profile.upper()) == (
        "EntityAlreadyExists", 409, f"Instance Profile {profile.upper()} already exists.")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=EC2)
    iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=role)
    iam.get_waiter("instance_profile_exists").wait(InstanceProfileName=profile)
    got = iam.get_instance_profile(InstanceProfileName=profile)["InstanceProfile"]
    assert [r["RoleName"] for r in got["Roles"]] == [role]
    assert got["Roles"][0]["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == {
        "Service": "ec2.amazonaws.com"}
    assert denied(iam.add_role_to_instance_profile, InstanceProfileName=profile, RoleName=role) == (
        "LimitExceeded", 409, "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1")
    for_role = [p["InstanceProfileName"] for page in
                iam.get_paginator("list_instance_profiles_for_role").paginate(RoleName=role)
                for p in page["InstanceProfiles"]]
    assert for_role == [profile]
    conflict = ("DeleteConflict", 409, "Cannot delete entity, must remove roles from instance profile first.")
    assert denied(iam.delete_role, RoleName=role) == conflict
    assert denied(iam.delete_instance_profile, InstanceProfileName=profile) == conflict
    iam.remove_role_from_instance_profile(InstanceProfileName=profile, RoleName=role)
    iam.untag_instance_profile(InstanceProfileName=profile, TagKeys=["team"])
    assert iam.list_instance_profile_tags(InstanceProfileName=profile)["Tags"] == []
    iam.tag_instance_profile(InstanceProfileName=profile, Tags=[{"Key": "Team", "Value": "b"}])
    assert iam.list_instance_profile_tags(InstanceProfileName=profile)["Tags"] == [{"Key": "Team", "Value": "b"}]
    iam.delete_instance_profile(InstanceProfileName=profile)
    assert denied(iam.get_instance_profile, InstanceProfileName=profile) == (
        "NoSuchEntity", 404, f"Instance Profile {profile} cannot be found.")


def test_lists_by_path_and_page(iam, unique):
    path = f"/{unique('path')}/"
    names = sorted(unique("profile") for _ in range(5))
    for name in names:
        iam.create_instance_profile(InstanceProfileName=name, Path=path)
    pages = list(iam.get_paginator("list_instance_profiles").paginate(
        PathPrefix=path, PaginationConfig={"PageSize": 2}))
    assert [p["InstanceProfileName"] for page in pages for p in page["InstanceProfiles"]] == names
    assert len(pages) == 3


def test_the_cli(aws, unique):
    profile = unique("profile")
    assert aws("iam", "create-instance-profile", "--instance-profile-name", profile)[0] == 0
    code, answer = aws("iam", "get-instance-profile", "--instance-profile-name", profile)
    assert code == 0 and answer["InstanceProfile"]["InstanceProfileName"] == profile
    assert aws("iam", "delete-instance-profile", "--instance-profile-name", profile)[0] == 0
