"""Walks through operations whose answers are held against the models of botocore, as all answers here are (calls.py)."""
from conftest import allow, policy, trust


def test_every_operation_answers_in_the_shape_of_its_model(iam, unique):
    name = unique("shape")
    tags = [{"Key": "k", "Value": "v"}]
    document = policy(allow("s3:GetObject"))
    iam.create_user(UserName=name, Tags=tags)
    iam.create_group(GroupName=name)
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust({"AWS": "*"}), Tags=tags, Description="d")
    arn = iam.create_policy(PolicyName=name, PolicyDocument=document, Tags=tags, Description="d")["Policy"]["Arn"]
    version = iam.create_policy_version(PolicyArn=arn, PolicyDocument=document)["PolicyVersion"]["VersionId"]
    key = iam.create_access_key(UserName=name)["AccessKey"]["AccessKeyId"]
    iam.add_user_to_group(UserName=name, GroupName=name)
    for kind in ("user", "group", "role"):
        owner = {f"{kind.title()}Name": name}
        call = lambda verb, what, **more: getattr(iam, f"{verb}_{what.format(kind)}")(**owner, **more)  # noqa: E731
        call("put", "{}_policy", PolicyName="p", PolicyDocument=document)
        call("get", "{}_policy", PolicyName="p")
        call("list", "{}_policies")
        call("attach", "{}_policy", PolicyArn=arn)
        call("list", "attached_{}_policies")
        if kind != "group":
            call("put", "{}_permissions_boundary", PermissionsBoundary=arn)
            call("tag", "{}", Tags=tags)
            call("list", "{}_tags")
            call("untag", "{}", TagKeys=["k"])
        call("get", "{}")
    iam.tag_policy(PolicyArn=arn, Tags=tags)
    iam.list_policy_tags(PolicyArn=arn)
    iam.untag_policy(PolicyArn=arn, TagKeys=["k"])
    iam.get_policy(PolicyArn=arn)
    iam.get_policy_version(PolicyArn=arn, VersionId=version)
    iam.list_policy_versions(PolicyArn=arn)
    iam.set_default_policy_version(PolicyArn=arn, VersionId=version)
    iam.list_entities_for_policy(PolicyArn=arn)
    iam.list_policies(Scope="Local")
    iam.list_policies(OnlyAttached=True)
    iam.list_users()
    iam.list_groups()
    iam.list_roles()
    iam.list_groups_for_user(UserName=name)
    iam.list_access_keys(UserName=name)
    iam.update_access_key(UserName=name, AccessKeyId=key, Status="Inactive")
    iam.get_access_key_last_used(AccessKeyId=key)
    iam.update_role(RoleName=name, MaxSessionDuration=3600)
    iam.update_role_description(RoleName=name, Description="e")
    iam.update_assume_role_policy(RoleName=name, PolicyDocument=trust({"AWS": "*"}))
    iam.update_group(GroupName=name, NewPath="/g/")
    iam.update_user(UserName=name, NewPath="/u/")
    for kind in ("user", "group", "role"):
        owner = {f"{kind.title()}Name": name}
        getattr(iam, f"delete_{kind}_policy")(**owner, PolicyName="p")
        getattr(iam, f"detach_{kind}_policy")(**owner, PolicyArn=arn)
        if kind != "group":
            getattr(iam, f"delete_{kind}_permissions_boundary")(**owner)
    iam.delete_policy_version(PolicyArn=arn, VersionId="v1")
    iam.delete_policy(PolicyArn=arn)
    iam.remove_user_from_group(UserName=name, GroupName=name)
    iam.delete_access_key(UserName=name, AccessKeyId=key)
    iam.delete_user(UserName=name)
    iam.delete_group(GroupName=name)
    iam.delete_role(RoleName=name)


def test_reports_and_profiles_answer_in_the_shape_of_their_model(iam, unique):
    name = unique("shape")
    tags = [{"Key": "k", "Value": "v"}]
    read_only = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    user = iam.create_user(UserName=name, Tags=tags, PermissionsBoundary=read_only)["User"]["Arn"]
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(allow("s3:*")))
    group = iam.create_group(GroupName=name)["Group"]["Arn"]
    iam.put_group_policy(GroupName=name, PolicyName="p", PolicyDocument=policy(allow("iam:*")))
    iam.add_user_to_group(GroupName=name, UserName=name)
    arn = iam.create_policy(PolicyName=name, PolicyDocument=policy(allow("s3:*")), Description="d")["Policy"]["Arn"]
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust({"AWS": user}), Description="d")
    iam.attach_role_policy(RoleName=name, PolicyArn=arn)
    iam.create_instance_profile(InstanceProfileName=name, Tags=tags)
    iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName=name)
    iam.get_instance_profile(InstanceProfileName=name)
    iam.list_instance_profiles()
    iam.list_instance_profiles_for_role(RoleName=name)
    iam.tag_instance_profile(InstanceProfileName=name, Tags=tags)
    iam.list_instance_profile_tags(InstanceProfileName=name)
    iam.untag_instance_profile(InstanceProfileName=name, TagKeys=["k"])
    iam.get_account_authorization_details()
    iam.get_account_summary()
    iam.generate_credential_report()
    iam.get_credential_report()
    for subject in (user, group, arn):
        job = iam.generate_service_last_accessed_details(Arn=subject, Granularity="ACTION_LEVEL")["JobId"]
        iam.get_service_last_accessed_details(JobId=job)
        if subject != user:
            iam.get_service_last_accessed_details_with_entities(JobId=job, ServiceNamespace="s3")
    iam.list_policies_granting_service_access(Arn=user, ServiceNamespaces=["s3", "iam"])
    linked = iam.create_service_linked_role(AWSServiceName="connect.amazonaws.com", CustomSuffix=name)["Role"]
    task = iam.delete_service_linked_role(RoleName=linked["RoleName"])["DeletionTaskId"]
    iam.get_service_linked_role_deletion_status(DeletionTaskId=task)
    iam.remove_role_from_instance_profile(InstanceProfileName=name, RoleName=name)
    iam.delete_instance_profile(InstanceProfileName=name)


def test_sts_answers(server, make_user, iam, unique):
    name, keys = make_user()
    role = unique("role")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust({"AWS": iam.get_user(UserName=name)["User"]["Arn"]},
                                                                  ["sts:AssumeRole", "sts:SetSourceIdentity"]))
    sts = server.client("sts", keys)
    sts.get_caller_identity()
    sts.get_session_token()
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(allow("sts:Get*")))
    sts.get_federation_token(Name="fed", Policy=policy(allow("s3:*")))
    sts.get_access_key_info(AccessKeyId=keys.access_key_id)
    answer = sts.assume_role(RoleArn=iam.get_role(RoleName=role)["Role"]["Arn"], RoleSessionName="s1",
                                         SourceIdentity="ada", Policy=policy(allow("s3:*")))
    assert answer["SourceIdentity"] == "ada"
