"""Login profiles, ChangePassword and the password policy through boto3 and the AWS CLI (spec 8.6, E11)."""
import pytest
from botocore.exceptions import ClientError
from conftest import allow, policy

VIOLATION = ("PasswordPolicyViolation", 400, "Password does not conform to the account password policy.")


@pytest.fixture
def account_policy(iam):
    """Sets the password policy of the account for one test."""
    yield lambda **fields: iam.update_account_password_policy(**fields)
    iam.update_account_password_policy()
    iam.delete_account_password_policy()


def test_a_profile_from_beginning_to_end(iam, unique, denied):
    user = unique("user")
    iam.create_user(UserName=user)
    assert denied(iam.create_login_profile, UserName=user, Password="weakling") == VIOLATION
    made = iam.create_login_profile(UserName=user, Password="Initial-1", PasswordResetRequired=True)["LoginProfile"]
    assert (made["UserName"], made["PasswordResetRequired"]) == (user, True)
    assert denied(iam.create_login_profile, UserName=user, Password="Initial-1")[:2] == ("EntityAlreadyExists", 409)
    assert denied(iam.delete_user, UserName=user) == (
        "DeleteConflict", 409, "Cannot delete entity, must delete login profile first.")
    iam.get_waiter("user_exists").wait(UserName=user)
    iam.update_login_profile(UserName=user, Password="Another-2")
    assert iam.get_login_profile(UserName=user)["LoginProfile"]["PasswordResetRequired"]
    iam.update_login_profile(UserName=user, PasswordResetRequired=False, MaxSigninSessionDuration=7200)
    profile = iam.get_login_profile(UserName=user)["LoginProfile"]
    assert (profile["PasswordResetRequired"], profile["MaxSigninSessionDuration"]) == (False, 7200)
    assert "PasswordLastUsed" not in iam.get_user(UserName=user)["User"]
    iam.delete_login_profile(UserName=user)
    assert denied(iam.get_login_profile, UserName=user) == (
        "NoSuchEntity", 404, f"Login Profile for User {user} cannot be found.")
    iam.delete_user(UserName=user)


def test_the_policy_is_replaced_as_a_whole(iam, account_policy, denied):
    account_policy(MinimumPasswordLength=14, RequireSymbols=True, MaxPasswordAge=90, PasswordReusePrevention=24,
                   HardExpiry=True, AllowUsersToChangePassword=True)
    assert iam.get_account_password_policy()["PasswordPolicy"] == {
        "MinimumPasswordLength": 14, "RequireSymbols": True, "RequireNumbers": False,
        "RequireUppercaseCharacters": False, "RequireLowercaseCharacters": False,
        "AllowUsersToChangePassword": True, "ExpirePasswords": True, "MaxPasswordAge": 90,
        "PasswordReusePrevention": 24, "HardExpiry": True}
    account_policy()
    assert iam.get_account_password_policy()["PasswordPolicy"] == {
        "MinimumPasswordLength": 6, "RequireSymbols": False, "RequireNumbers": False,
        "RequireUppercaseCharacters": False, "RequireLowercaseCharacters": False,
        "AllowUsersToChangePassword": False, "ExpirePasswords": False}
    iam.delete_account_password_policy()
    assert denied(iam.get_account_password_policy)[:2] == ("NoSuchEntity", 404)
    assert denied(iam.delete_account_password_policy) == (
        "NoSuchEntity", 404, "The account policy with name PasswordPolicy cannot be found.")
    assert denied(account_policy, MinimumPasswordLength=5)[0] == "ValidationError"
    account_policy()


def test_users_change_their_password_where_the_account_lets_them(server, iam, make_user, account_policy, denied):
    user, keys = make_user()
    iam.create_login_profile(UserName=user, Password="Initial-1", PasswordResetRequired=True)
    own = server.client("iam", keys)
    assert denied(own.change_password, OldPassword="Initial-1", NewPassword="Another-2")[0] == "AccessDenied"
    account_policy(AllowUsersToChangePassword=True, PasswordReusePrevention=2)
    assert own.get_account_password_policy()["PasswordPolicy"]["AllowUsersToChangePassword"]
    assert denied(own.change_password, OldPassword="wrong-1", NewPassword="Another-2")[:2] == ("AccessDenied", 403)
    own.change_password(OldPassword="Initial-1", NewPassword="Another-2")
    assert not iam.get_login_profile(UserName=user)["LoginProfile"]["PasswordResetRequired"]
    assert denied(own.change_password, OldPassword="Another-2", NewPassword="Initial-1") == VIOLATION
    own.change_password(OldPassword="Another-2", NewPassword="Third-3!")
    own.change_password(OldPassword="Third-3!", NewPassword="Initial-1")
    account_policy(AllowUsersToChangePassword=False)
    assert denied(own.change_password, OldPassword="Initial-1", NewPassword="Another-2")[0] == "AccessDenied"


def test_the_cli_changes_passwords(aws, iam, make_user):
    user, keys = make_user()
    iam.put_user_policy(UserName=user, PolicyName="p", PolicyDocument=policy(allow("iam:ChangePassword")))
    code, made = aws("iam", "create-login-profile", "--user-name", user, "--password", "Initial-1")
    assert (code, made["LoginProfile"]["UserName"]) == (0, user)
    assert aws("iam", "change-password", "--old-password", "Initial-1", "--new-password", "Another-2",
               keys=keys) == (0, None)
    code, text = aws("iam", "change-password", "--old-password", "Initial-1", "--new-password", "Third-3!", keys=keys)
    assert code == 254 and "The old password was incorrect." in text
    code, text = aws("iam", "change-password", "--old-password", "Initial-1", "--new-password", "Third-3!")
    assert code == 254 and "InvalidUserType" in text


def test_no_password_reaches_the_log(server, iam, make_user):
    user, keys = make_user()
    iam.create_login_profile(UserName=user, Password="Never-Logged-1")
    with pytest.raises(ClientError):
        server.client("iam", keys).change_password(OldPassword="Never-Logged-1", NewPassword="Never-Logged-2")
    assert "Never-Logged" not in server.log.read_text()
