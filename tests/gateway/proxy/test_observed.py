"""What passes the gateway and changes policies, tags, aliases and the like counts when the call returns."""
import json
import uuid

import pytest

from conftest import ACCOUNT, REGION, Writ, allow, deny, upstream


def arn(service, resource):
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def to(principal, statement):
    return {**statement, "Principal": {"AWS": principal}}


@pytest.fixture
def name():
    return f"n-{uuid.uuid4().hex[:8]}"


@pytest.fixture(scope="module")
def other(writ):
    """A user of another account who may do everything there: (account, ARN, keys)."""
    _, admin = writ.make_user(allow("*"))
    organizations = writ.client("organizations", admin, url=writ.api)
    organizations.create_organization(FeatureSet="ALL")
    request = organizations.create_account(Email="other@example.com", AccountName="other")["CreateAccountStatus"]
    status = organizations.describe_create_account_status(CreateAccountRequestId=request["Id"])["CreateAccountStatus"]
    assert status["State"] == "SUCCEEDED"
    account = status["AccountId"]
    given = writ.client("sts", admin, url=writ.api).assume_role(
        RoleArn=f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole", RoleSessionName="root")["Credentials"]
    iam = writ.client("iam", (given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"]), url=writ.api)
    user = iam.create_user(UserName="eve")["User"]["Arn"]
    iam.put_user_policy(UserName="eve", PolicyName="p", PolicyDocument=policy(allow("*")))
    key = iam.create_access_key(UserName="eve")["AccessKey"]
    return account, user, (key["AccessKeyId"], key["SecretAccessKey"])


def test_a_bucket_policy_lets_another_account_in(writ, name, other, denied):
    root, bucket = writ.client("s3"), f"arn:aws:s3:::{name}"
    root.create_bucket(Bucket=name)
    root.put_object(Bucket=name, Key="a", Body=b"hello")
    account, _, keys = other
    client = writ.client("s3", keys)
    assert denied(client.get_object, Bucket=name, Key="a")[:2] == ("AccessDenied", 403)
    root.put_bucket_policy(Bucket=name, Policy=policy(
        to(f"arn:aws:iam::{account}:root", allow("s3:GetObject", f"{bucket}/*"))))
    assert client.get_object(Bucket=name, Key="a")["Body"].read() == b"hello"
    assert denied(client.list_objects_v2, Bucket=name)[:2] == ("AccessDenied", 403)
    root.delete_bucket_policy(Bucket=name)
    assert denied(client.get_object, Bucket=name, Key="a")[:2] == ("AccessDenied", 403)


def test_a_bucket_policy_denies_in_the_words_of_s3(writ, name, denied):
    root, bucket = writ.client("s3"), f"arn:aws:s3:::{name}"
    root.create_bucket(Bucket=name)
    root.put_object(Bucket=name, Key="a", Body=b"hello")
    caller, keys = writ.make_user(allow("s3:*"))
    client = writ.client("s3", keys)
    root.put_bucket_policy(Bucket=name, Policy=policy(to("*", deny("s3:GetObject", f"{bucket}/*"))))
    assert denied(client.get_object, Bucket=name, Key="a") == (
        "AccessDenied", 403,
        f'User: {caller} is not authorized to perform: s3:GetObject on resource: "{bucket}/a" with an explicit '
        "deny in a resource-based policy")
    assert json.loads(root.get_bucket_policy(Bucket=name)["Policy"])["Statement"][0]["Effect"] == "Deny"
    root.delete_bucket_policy(Bucket=name)
    assert client.get_object(Bucket=name, Key="a")["Body"].read() == b"hello"


def test_an_owner_without_principals(tmp_path, moto, name):
    """What passes an upstream that only observes is learnt too, for an account that is known by its number alone."""
    owner = "210987654321"
    writ = Writ(tmp_path / "writ", upstream("s3", moto, account=owner, mode="observe", access_key_id="AKIAUPSTREAM",
                                            secret_access_key_variable="UPSTREAM_SECRET"))
    try:
        client = writ.client("s3")
        client.create_bucket(Bucket=name)
        client.put_bucket_policy(Bucket=name, Policy=policy(
            to(f"arn:aws:iam::{ACCOUNT}:root", allow("s3:GetObject", f"arn:aws:s3:::{name}/*"))))
        client.put_object(Bucket=name, Key="a", Body=b"1")
        assert client.get_object(Bucket=name, Key="a")["Body"].read() == b"1"
    finally:
        assert writ.stop() == 0  # The log is whole then.
    denied = {line["action"] for line in writ.log_lines(lambda line: line["event"] == "would_be_denied")}
    assert denied == {"s3:CreateBucket", "s3:PutBucketPolicy", "s3:PutObject"}
    assert not [line for line in writ.log_lines() if line["level"] == "error"]


def test_a_policy_that_cannot_be_read_never_arrives(writ, name, denied):
    root = writ.client("s3")
    root.create_bucket(Bucket=name)
    assert denied(root.put_bucket_policy, Bucket=name,
                  Policy=policy({"Effect": "Perhaps", "Principal": "*", "Action": "s3:*", "Resource": "*"}))[:2] == (
                      "MalformedPolicy", 400)
    assert denied(root.get_bucket_policy, Bucket=name)[:2] == ("NoSuchBucketPolicy", 404)


def test_what_the_service_refuses_does_not_count(writ, name, denied):
    root, bucket = writ.client("s3"), f"arn:aws:s3:::{name}"
    assert denied(root.put_bucket_policy, Bucket=name,
                  Policy=policy(to("*", deny("s3:GetObject", f"{bucket}/*"))))[0] == "NoSuchBucket"
    root.create_bucket(Bucket=name)
    root.put_object(Bucket=name, Key="a", Body=b"hello")
    _, keys = writ.make_user(allow("s3:GetObject"))
    assert writ.client("s3", keys).get_object(Bucket=name, Key="a")["Body"].read() == b"hello"


def test_a_queue_policy_lets_another_account_in(writ, name, other, denied):
    root = writ.client("sqs")
    url = root.create_queue(QueueName=name)["QueueUrl"]
    account, user, keys = other
    client = writ.client("sqs", keys)
    assert denied(client.send_message, QueueUrl=url, MessageBody="hello")[0] == "AccessDenied"
    root.set_queue_attributes(QueueUrl=url, Attributes={
        "Policy": policy(to(user, allow("sqs:SendMessage", arn("sqs", name), Sid="send")))})
    client.send_message(QueueUrl=url, MessageBody="hello")
    assert denied(client.receive_message, QueueUrl=url)[0] == "AccessDenied"
    root.add_permission(QueueUrl=url, Label="read", AWSAccountIds=[account], Actions=["ReceiveMessage"])
    assert client.receive_message(QueueUrl=url)["Messages"][0]["Body"] == "hello"
    root.remove_permission(QueueUrl=url, Label="read")
    assert denied(client.receive_message, QueueUrl=url)[0] == "AccessDenied"
    client.send_message(QueueUrl=url, MessageBody="again")


def test_a_topic_policy_lets_another_account_in(writ, name, other, denied):
    root = writ.client("sns")
    topic = root.create_topic(Name=name)["TopicArn"]
    _, user, keys = other
    client = writ.client("sns", keys)
    assert denied(client.publish, TopicArn=topic, Message="m")[0] == "AuthorizationError"
    root.set_topic_attributes(TopicArn=topic, AttributeName="Policy",
                              AttributeValue=policy(to(user, allow("sns:Publish", topic))))
    assert client.publish(TopicArn=topic, Message="m")["MessageId"]


def test_tags_of_objects(writ, name, denied):
    root = writ.client("s3")
    root.create_bucket(Bucket=name)
    root.put_object(Bucket=name, Key="a", Body=b"1", Tagging="team=red")
    root.put_object(Bucket=name, Key="b", Body=b"2")
    _, keys = writ.make_user(allow("s3:GetObject", Condition={
        "StringEquals": {"s3:ExistingObjectTag/team": "red"}}))
    client = writ.client("s3", keys)

    def may_read(key):
        try:
            return bool(client.get_object(Bucket=name, Key=key))
        except client.exceptions.ClientError:
            return False

    assert (may_read("a"), may_read("b")) == (True, False)
    root.put_object_tagging(Bucket=name, Key="b", Tagging={"TagSet": [{"Key": "team", "Value": "red"}]})
    root.put_object_tagging(Bucket=name, Key="a", Tagging={"TagSet": [{"Key": "team", "Value": "blue"}]})
    assert (may_read("a"), may_read("b")) == (False, True)
    root.copy_object(Bucket=name, Key="c", CopySource=f"{name}/b")
    assert may_read("c")
    root.put_object(Bucket=name, Key="c", Body=b"new")
    assert not may_read("c")
    root.delete_object_tagging(Bucket=name, Key="b")
    assert not may_read("b")


def test_tags_of_an_object_in_parts_come_before_it(writ, name, denied):
    root = writ.client("s3")
    root.create_bucket(Bucket=name)
    _, keys = writ.make_user(allow("s3:GetObject"), deny("s3:*", Condition={
        "StringEquals": {"s3:ExistingObjectTag/team": "red"}}))
    client = writ.client("s3", keys)
    for tags, may_read in (("team=blue", True), ("team=red", False), ("", True)):
        upload = root.create_multipart_upload(Bucket=name, Key="a", Tagging=tags)["UploadId"]
        part = root.upload_part(Bucket=name, Key="a", UploadId=upload, PartNumber=1, Body=b"1")["ETag"]
        root.complete_multipart_upload(Bucket=name, Key="a", UploadId=upload,
                                       MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part}]})
        if may_read:
            assert client.get_object(Bucket=name, Key="a")["Body"].read() == b"1"
        else:
            assert denied(client.get_object, Bucket=name, Key="a")[:2] == ("AccessDenied", 403)


def test_tags_of_resources(writ, name, denied):
    root = writ.client("dynamodb")
    root.create_table(TableName=name, BillingMode="PAY_PER_REQUEST",
                      KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                      AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
                      Tags=[{"Key": "team", "Value": "red"}])
    table = arn("dynamodb", f"table/{name}")
    _, keys = writ.make_user(allow("dynamodb:*", Condition={"StringEquals": {"aws:ResourceTag/team": "red"}}))
    client = writ.client("dynamodb", keys)
    assert client.scan(TableName=name)["Count"] == 0
    root.untag_resource(ResourceArn=table, TagKeys=["team"])
    assert denied(client.scan, TableName=name)[0] == "AccessDeniedException"
    root.tag_resource(ResourceArn=table, Tags=[{"Key": "team", "Value": "red"}])
    assert client.scan(TableName=name)["Count"] == 0
    root.delete_table(TableName=name)
    assert denied(client.scan, TableName=name)[0] == "AccessDeniedException"


def test_leading_keys(writ, name, denied):
    root = writ.client("dynamodb")
    root.create_table(TableName=name, BillingMode="PAY_PER_REQUEST",
                      KeySchema=[{"AttributeName": "owner", "KeyType": "HASH"},
                                 {"AttributeName": "at", "KeyType": "RANGE"}],
                      AttributeDefinitions=[{"AttributeName": "owner", "AttributeType": "S"},
                                            {"AttributeName": "at", "AttributeType": "S"}])
    caller, keys = writ.make_user(allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"], Condition={
        "ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:username}"]},
        "Null": {"dynamodb:LeadingKeys": "false"}}))
    mine, client = caller.rsplit("/", 1)[1], writ.client("dynamodb", keys)
    client.put_item(TableName=name, Item={"owner": {"S": mine}, "at": {"S": "1"}})
    assert client.get_item(TableName=name, Key={"owner": {"S": mine}, "at": {"S": "1"}})["Item"]
    assert denied(client.get_item, TableName=name, Key={"owner": {"S": "bob"}, "at": {"S": "1"}})[0] == (
        "AccessDeniedException")
    # The attribute that sorts is not the one that leads.
    assert denied(client.put_item, TableName=name, Item={"owner": {"S": "bob"}, "at": {"S": mine}})[0] == (
        "AccessDeniedException")
    assert client.query(TableName=name, KeyConditionExpression="#o = :o", ExpressionAttributeNames={"#o": "owner"},
                        ExpressionAttributeValues={":o": {"S": mine}})["Count"] == 1


def test_aliases_of_keys(writ, name, denied):
    root = writ.client("kms")
    key = root.create_key()["KeyMetadata"]["KeyId"]
    other_key = root.create_key()["KeyMetadata"]["KeyId"]
    root.create_alias(AliasName=f"alias/{name}", TargetKeyId=key)
    _, keys = writ.make_user(allow("kms:Encrypt", arn("kms", f"key/{key}")))
    client = writ.client("kms", keys)
    assert client.encrypt(KeyId=f"alias/{name}", Plaintext=b"a")["CiphertextBlob"]
    root.update_alias(AliasName=f"alias/{name}", TargetKeyId=other_key)
    assert denied(client.encrypt, KeyId=f"alias/{name}", Plaintext=b"a")[0] == "AccessDeniedException"
    root.delete_alias(AliasName=f"alias/{name}")
    assert "is not known here" in denied(client.encrypt, KeyId=f"alias/{name}", Plaintext=b"a")[2]


def test_the_policy_of_a_key(writ, denied):
    caller, keys = writ.make_user(allow("kms:*"))
    client = writ.client("kms", keys)
    own = to(f"arn:aws:iam::{ACCOUNT}:root", allow("kms:*"))
    key = writ.client("kms").create_key(Policy=policy(own, to(caller, deny("kms:Encrypt"))))["KeyMetadata"]["KeyId"]
    assert "explicit deny in a resource-based policy" in denied(client.encrypt, KeyId=key, Plaintext=b"a")[2]
    writ.client("kms").put_key_policy(KeyId=key, PolicyName="default", Policy=policy(own))
    assert client.encrypt(KeyId=key, Plaintext=b"a")["CiphertextBlob"]


def test_secrets_by_name(writ, name, denied):
    root = writ.client("secretsmanager")
    secret = root.create_secret(Name=name, SecretString="s", Tags=[{"Key": "team", "Value": "red"}])["ARN"]
    _, keys = writ.make_user(allow("secretsmanager:GetSecretValue", secret))
    client = writ.client("secretsmanager", keys)
    assert client.get_secret_value(SecretId=name)["SecretString"] == "s"
    assert client.get_secret_value(SecretId=secret)["SecretString"] == "s"
    root.put_resource_policy(SecretId=name, ResourcePolicy=policy(to("*", deny("secretsmanager:GetSecretValue"))))
    assert "explicit deny in a resource-based policy" in denied(client.get_secret_value, SecretId=name)[2]
    root.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    assert "is not known here" in denied(client.get_secret_value, SecretId=name)[2]


def test_shard_iterators(writ, name, denied):
    root = writ.client("kinesis")
    root.create_stream(StreamName=name, ShardCount=1)
    _, keys = writ.make_user(allow(["kinesis:GetShardIterator", "kinesis:GetRecords"],
                                   arn("kinesis", f"stream/{name}")))
    _, none = writ.make_user()
    client = writ.client("kinesis", keys)
    shard = root.list_shards(StreamName=name)["Shards"][0]["ShardId"]
    iterator = client.get_shard_iterator(StreamName=name, ShardId=shard,
                                         ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    root.put_record(StreamName=name, Data=b"x", PartitionKey="1")
    first = client.get_records(ShardIterator=iterator)
    assert [record["Data"] for record in first["Records"]] == [b"x"]
    assert client.get_records(ShardIterator=first["NextShardIterator"])["Records"] == []
    assert denied(writ.client("kinesis", none).get_records, ShardIterator=iterator)[0] == "AccessDeniedException"
    assert "does not tell its stream" in denied(client.get_records, ShardIterator="AAAA")[2]


def test_the_role_of_an_instance_profile_is_passed(writ, name, denied):
    iam, ec2 = writ.client("iam", url=writ.api), writ.client("ec2")
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy(
        {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}))
    iam.create_instance_profile(InstanceProfileName=name)
    iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName=name)
    caller, keys = writ.make_user(allow("ec2:*"))
    role = f"arn:aws:iam::{ACCOUNT}:role/{name}"
    call = {"ImageId": "ami-12345678", "MinCount": 1, "MaxCount": 1, "SubnetId": "subnet-1",
            "SecurityGroupIds": ["sg-1"], "IamInstanceProfile": {"Name": name}}
    code, status, message = denied(writ.client("ec2", keys).run_instances, **call)
    assert (code, status) == ("UnauthorizedOperation", 403)
    assert f"iam:PassRole on resource: {role}" in message
    assert ec2.create_security_group(GroupName=name, Description="d")["GroupId"]


def test_tags_that_ec2_makes(writ, name, denied):
    root = writ.client("ec2")
    vpc = root.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=[
        {"ResourceType": "vpc", "Tags": [{"Key": "team", "Value": "red"}]}])["Vpc"]["VpcId"]
    _, keys = writ.make_user(allow("ec2:DeleteVpc", Condition={"StringEquals": {"aws:ResourceTag/team": "red"}}))
    client = writ.client("ec2", keys)
    root.delete_tags(Resources=[vpc], Tags=[{"Key": "team", "Value": "blue"}])  # Not that value: it stays.
    root.delete_tags(Resources=[vpc], Tags=[{"Key": "team"}])
    assert denied(client.delete_vpc, VpcId=vpc)[0] == "UnauthorizedOperation"
    root.create_tags(Resources=[vpc], Tags=[{"Key": "team", "Value": "red"}])
    client.delete_vpc(VpcId=vpc)
