"""GetFederationToken and GetAccessKeyInfo (spec 7.4)."""
from conftest import ACCOUNT, Keys, allow, policy


def test_a_federated_user(server, iam, sts, make_user, denied):
    name, keys = make_user()
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(allow(["sts:*", "iam:*"])))
    mine = server.client("sts", keys)
    answer = mine.get_federation_token(Name="fed", Policy=policy(allow("iam:*")), DurationSeconds=900,
                                       Tags=[{"Key": "team", "Value": "a"}])
    assert answer["FederatedUser"] == {"FederatedUserId": f"{ACCOUNT}:fed",
                                       "Arn": f"arn:aws:sts::{ACCOUNT}:federated-user/fed"}
    assert 0 < answer["PackedPolicySize"] <= 100
    session = Keys.of(answer["Credentials"])
    identity = server.client("sts", session).get_caller_identity()
    assert identity["Arn"] == f"arn:aws:sts::{ACCOUNT}:federated-user/fed"
    assert identity["UserId"] == f"{ACCOUNT}:fed"
    assert denied(server.client("iam", session).list_users)[:2] == ("InvalidClientTokenId", 403)
    assert denied(server.client("sts", session).get_federation_token, Name="fed")[2] == (
        "Cannot call GetFederationToken with session credentials")
    iam.delete_user_policy(UserName=name, PolicyName="p")
    assert denied(mine.get_federation_token, Name="fed") == (
        "AccessDenied", 403,
        f"User: arn:aws:iam::{ACCOUNT}:user/{name} is not authorized to perform: sts:GetFederationToken on "
        f"resource: arn:aws:sts::{ACCOUNT}:federated-user/fed because no identity-based policy allows the "
        "sts:GetFederationToken action")


def test_the_account_of_a_key(sts, make_user, aws, denied):
    _, keys = make_user()
    assert sts.get_access_key_info(AccessKeyId=keys.access_key_id)["Account"] == ACCOUNT
    code, answer = aws("sts", "get-access-key-info", "--access-key-id", keys.access_key_id)
    assert (code, answer) == (0, {"Account": ACCOUNT})
    code, answer = aws("sts", "get-federation-token", "--name", "cli", "--policy", policy(allow("s3:*")))
    assert code == 0 and answer["FederatedUser"]["FederatedUserId"] == f"{ACCOUNT}:cli"
    assert denied(sts.get_access_key_info, AccessKeyId="not_an_access_key")[0] == "ValidationError"
