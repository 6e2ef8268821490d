"""The alias of an account through boto3 and the AWS CLI (spec B25)."""
import pytest


@pytest.fixture
def alias(iam, unique):
    """Sets the alias of the account for one test, and gives it."""
    name = unique("corp")
    iam.create_account_alias(AccountAlias=name)
    yield name
    for left in iam.list_account_aliases()["AccountAliases"]:
        iam.delete_account_alias(AccountAlias=left)


def test_an_account_has_one_alias(iam, alias, unique, denied):
    assert iam.list_account_aliases()["AccountAliases"] == [alias]
    other = unique("corp")
    iam.create_account_alias(AccountAlias=other)
    pages = iam.get_paginator("list_account_aliases").paginate(PaginationConfig={"PageSize": 1})
    assert [name for page in pages for name in page["AccountAliases"]] == [other]
    assert denied(iam.delete_account_alias, AccountAlias=alias)[:2] == ("NoSuchEntity", 404)
    iam.delete_account_alias(AccountAlias=other)
    assert iam.list_account_aliases()["AccountAliases"] == []


def test_aliases_that_are_none(iam, denied):
    for bad in ("ab", "A-b-c", "-abc", "abc-", "a--b", "a_b_c", "123456789012"):
        assert denied(iam.create_account_alias, AccountAlias=bad)[:2] == ("ValidationError", 400), bad


def test_the_cli_sets_it(aws, alias):
    assert aws("iam", "list-account-aliases") == (0, {"AccountAliases": [alias]})
