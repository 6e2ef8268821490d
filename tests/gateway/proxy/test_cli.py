"""The AWS CLI through the gateway."""
import functools
import json
import os
import uuid

import pytest

from conftest import allow, aws_cli, implicit


@pytest.fixture
def aws(writ):
    return functools.partial(aws_cli, writ)


def test_s3(writ, aws, tmp_path):
    bucket = f"bucket-{uuid.uuid4().hex[:8]}"
    writ.client("s3").create_bucket(Bucket=bucket)
    caller, keys = writ.make_user(allow(["s3:PutObject", "s3:GetObject"], f"arn:aws:s3:::{bucket}/*"),
                                  allow("s3:ListBucket", f"arn:aws:s3:::{bucket}"))
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(b"small")
    large.write_bytes(os.urandom(9 << 20))  # In parts.
    for file in (small, large):
        code, told = aws("s3", "cp", "--only-show-errors", str(file), f"s3://{bucket}/{file.name}", keys=keys)
        assert code == 0, told
        code, told = aws("s3", "cp", "--only-show-errors", f"s3://{bucket}/{file.name}", str(tmp_path / "back"), keys=keys)
        assert code == 0, told
        assert (tmp_path / "back").read_bytes() == file.read_bytes()
    code, listed = aws("s3", "ls", f"s3://{bucket}/", keys=keys)
    assert code == 0 and [line.split()[-1] for line in listed.splitlines()] == ["large", "small"]
    resource = f'"arn:aws:s3:::{bucket}/small"'
    code, told = aws("s3", "rm", f"s3://{bucket}/small", keys=keys)
    assert code == 1 and told.endswith("(AccessDenied) when calling the DeleteObject operation: " +
                                       implicit(caller, "s3:DeleteObject", resource))


def test_dynamodb(writ, aws):
    table = f"t-{uuid.uuid4().hex[:8]}"
    resource = f"arn:aws:dynamodb:us-east-1:123456789012:table/{table}"
    caller, keys = writ.make_user(allow("dynamodb:CreateTable", resource))
    code, told = aws("dynamodb", "create-table", "--table-name", table, "--billing-mode", "PAY_PER_REQUEST",
                     "--key-schema", "AttributeName=id,KeyType=HASH", "--attribute-definitions",
                     "AttributeName=id,AttributeType=S", keys=keys)
    assert code == 0, told
    assert json.loads(told)["TableDescription"]["TableArn"] == resource
    code, told = aws("dynamodb", "delete-table", "--table-name", table, keys=keys)
    assert code != 0 and told.endswith("(AccessDeniedException) when calling the DeleteTable operation: " +
                                       implicit(caller, "dynamodb:DeleteTable", resource))
