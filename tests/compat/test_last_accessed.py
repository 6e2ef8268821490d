"""Last accessed from real use (spec 8.15)."""
import time

from conftest import ACCOUNT, allow, policy
from test_organizations import World


def report(iam, arn, granularity="SERVICE_LEVEL"):
    job = iam.generate_service_last_accessed_details(Arn=arn, Granularity=granularity)["JobId"]
    assert len(job) == 36
    answer = iam.get_service_last_accessed_details(JobId=job)
    assert answer["JobStatus"] == "COMPLETED" and answer["JobType"] == granularity
    return {s["ServiceNamespace"]: s for s in answer["ServicesLastAccessed"]}, job


def test_attempts_are_told_by_service_and_action(server, iam, make_user, unique, denied):
    name, keys = make_user()
    arn, group = f"arn:aws:iam::{ACCOUNT}:user/{name}", unique("group")
    iam.create_group(GroupName=group)
    iam.add_user_to_group(GroupName=group, UserName=name)
    iam.put_group_policy(GroupName=group, PolicyName="p", PolicyDocument=policy(
        allow(["iam:GetUser", "iam:ListUsers", "s3:GetObject"])))
    before, _ = report(iam, arn)
    assert set(before) == {"iam", "s3"} and "LastAuthenticated" not in before["iam"]
    mine = server.client("iam", keys)
    mine.get_user()
    assert denied(mine.list_groups)[0] == "AccessDenied"
    deadline = time.monotonic() + 10
    while True:
        after, _ = report(iam, arn, "ACTION_LEVEL")
        if "LastAuthenticated" in after["iam"] or time.monotonic() > deadline:
            break
        time.sleep(0.3)
    assert after["iam"]["LastAuthenticatedEntity"] == arn
    assert after["iam"]["TotalAuthenticatedEntities"] == 1
    assert "LastAuthenticated" not in after["s3"]
    actions = {a["ActionName"]: a for a in after["iam"]["TrackedActionsLastAccessed"]}
    assert set(actions) == {"GetUser", "ListUsers"}
    assert "LastAccessedTime" in actions["GetUser"] and "LastAccessedTime" not in actions["ListUsers"]

    _, job = report(iam, f"arn:aws:iam::{ACCOUNT}:group/{group}")
    entities = iam.get_service_last_accessed_details_with_entities(JobId=job, ServiceNamespace="iam")
    assert [e["EntityInfo"]["Name"] for e in entities["EntityDetailsList"]] == [name]
    assert entities["EntityDetailsList"][0]["EntityInfo"]["Type"] == "USER"
    assert "LastAuthenticated" in entities["EntityDetailsList"][0]


def test_a_job_belongs_to_its_maker(server, iam, make_user, denied):
    name, keys = make_user()
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(allow("iam:*")))
    _, job = report(iam, f"arn:aws:iam::{ACCOUNT}:user/{name}")
    assert denied(server.client("iam", keys).get_service_last_accessed_details, JobId=job)[:2] == ("NoSuchEntity", 404)


def test_policies_granting_access(iam, make_user, aws, denied):
    name, _ = make_user()
    arn = f"arn:aws:iam::{ACCOUNT}:user/{name}"
    iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=policy(allow("s3:*")))
    iam.attach_user_policy(UserName=name, PolicyArn="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
    answer = iam.list_policies_granting_service_access(Arn=arn, ServiceNamespaces=["s3", "ec2"])
    assert answer["PoliciesGrantingServiceAccess"] == [
        {"ServiceNamespace": "s3", "Policies": [
            {"PolicyName": "AmazonS3ReadOnlyAccess", "PolicyType": "MANAGED",
             "PolicyArn": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"},
            {"PolicyName": "own", "PolicyType": "INLINE", "EntityType": "USER", "EntityName": name}]},
        {"ServiceNamespace": "ec2", "Policies": []}]
    many = ["s3", *(f"n{number}" for number in range(149))]
    first = iam.list_policies_granting_service_access(Arn=arn, ServiceNamespaces=many)
    assert first["IsTruncated"] and len(first["PoliciesGrantingServiceAccess"]) == 100
    second = iam.list_policies_granting_service_access(Arn=arn, ServiceNamespaces=many, Marker=first["Marker"])
    assert not second["IsTruncated"] and "Marker" not in second
    told = first["PoliciesGrantingServiceAccess"] + second["PoliciesGrantingServiceAccess"]
    assert [item["ServiceNamespace"] for item in told] == many
    code, status, _ = denied(iam.list_policies_granting_service_access, Arn=arn, ServiceNamespaces=["s3"],
                             Marker=first["Marker"])
    assert (code, status) == ("ValidationError", 400)
    code, answer = aws("iam", "generate-service-last-accessed-details", "--arn", arn)
    assert code == 0
    code, answer = aws("iam", "get-service-last-accessed-details", "--job-id", answer["JobId"])
    assert code == 0 and answer["JobStatus"] == "COMPLETED"


def organization_report(iam, path, **options):
    job = iam.generate_organizations_access_report(EntityPath=path, **options)["JobId"]
    return iam.get_organizations_access_report(JobId=job, MaxItems=1000)


def test_an_organization_tells_what_its_accounts_use(own_server, denied):
    world = World(own_server())
    member = world.create_account("member")
    root = f"{world.organization['Id']}/{world.root['Id']}"
    iam = world.iam
    session = world.enter(member)
    world.server.client("iam", session).list_users()
    deadline = time.monotonic() + 10
    while True:
        report = organization_report(iam, root)
        services = {detail["ServiceNamespace"]: detail for detail in report["AccessDetails"]}
        if "LastAuthenticatedTime" in services["iam"] or time.monotonic() > deadline:
            break
        time.sleep(0.3)
    assert report["JobStatus"] == "COMPLETED" and not report["IsTruncated"]
    assert services["iam"]["EntityPath"] == f"{root}/{member}"
    assert services["iam"]["TotalAuthenticatedEntities"] == 1
    assert report["NumberOfServicesAccessible"] == len(services) > 300
    assert report["NumberOfServicesNotAccessed"] == sum("EntityPath" not in s for s in services.values())
    assert "EntityPath" not in services["s3"]

    guard = world.create_policy("iam-only", allow("iam:*"))
    report = organization_report(iam, root, OrganizationsPolicyId=guard)
    assert [d["ServiceNamespace"] for d in report["AccessDetails"]] == ["iam"]
    assert report["AccessDetails"][0]["TotalAuthenticatedEntities"] == 0
    failed = organization_report(iam, f"{root}/ou-abcd-12345678")
    assert (failed["JobStatus"], failed["ErrorDetails"]["Code"]) == ("FAILED", "INVALID_ORGANIZATIONS_ENTITY_PATH")
    assert denied(world.server.client("iam", session).generate_organizations_access_report,
                  EntityPath=root)[:2] == ("AccessDenied", 403)
