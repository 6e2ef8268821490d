"""OpenID Connect and SAML providers through boto3 and the AWS CLI (spec 8.13)."""
from conftest import ACCOUNT, ROOT, trust

METADATA = ('<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com/">'
            '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/>'
            '</EntityDescriptor><!--' + "x" * 1000 + "-->")


def test_an_openid_provider_from_beginning_to_end(iam, unique, denied):
    host = unique("idp") + ".example.com"
    arn = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{host}/realm"
    made = iam.create_open_id_connect_provider(
        Url=f"https://{host}/realm", ClientIDList=["z", "a", "z"], ThumbprintList=["A" * 40],
        Tags=[{"Key": "k", "Value": "v"}])
    assert made["OpenIDConnectProviderArn"] == arn
    got = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert (got["Url"], got["ClientIDList"], got["ThumbprintList"]) == (f"{host}/realm", ["z", "a"], ["a" * 40])
    assert got["Tags"] == [{"Key": "k", "Value": "v"}]
    assert denied(iam.create_open_id_connect_provider, Url=f"https://{host}/realm") == (
        "EntityAlreadyExists", 409, f"Provider with url https://{host}/realm already exists.")
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="m")
    iam.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="z")
    iam.update_open_id_connect_provider_thumbprint(OpenIDConnectProviderArn=arn, ThumbprintList=["b" * 40])
    got = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert (got["ClientIDList"], got["ThumbprintList"]) == (["a", "m"], ["b" * 40])
    assert {"Arn": arn} in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]
    iam.tag_open_id_connect_provider(OpenIDConnectProviderArn=arn, Tags=[{"Key": "K", "Value": "w"}])
    iam.untag_open_id_connect_provider(OpenIDConnectProviderArn=arn, TagKeys=["k"])
    assert iam.list_open_id_connect_provider_tags(OpenIDConnectProviderArn=arn)["Tags"] == [
        {"Key": "K", "Value": "w"}]
    iam.create_role(RoleName=unique("role"), AssumeRolePolicyDocument=trust(
        {"Federated": arn}, "sts:AssumeRoleWithWebIdentity"))
    code, status, message = denied(iam.update_open_id_connect_provider, OpenIDConnectProviderArn=arn,
                                   RemoveContextProvider=True)
    assert (code, status) == ("InvalidInput", 400) and "Identity Center" in message
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert denied(iam.get_open_id_connect_provider, OpenIDConnectProviderArn=arn)[:2] == ("NoSuchEntity", 404)


def test_a_saml_provider_from_beginning_to_end(iam, unique, denied):
    name = unique("idp")
    arn = iam.create_saml_provider(Name=name, SAMLMetadataDocument=METADATA,
                                   Tags=[{"Key": "k", "Value": "v"}])["SAMLProviderArn"]
    assert arn == f"arn:aws:iam::{ACCOUNT}:saml-provider/{name}"
    got = iam.get_saml_provider(SAMLProviderArn=arn)
    assert (got["SAMLMetadataDocument"], got["AssertionEncryptionMode"]) == (METADATA, "Allowed")
    assert got["ValidUntil"].year == got["CreateDate"].year + 100
    assert got["PrivateKeyList"] == [] and got["Tags"] == [{"Key": "k", "Value": "v"}]
    key = (ROOT / "src/crypto/testdata/keys/leaf.key").read_text()
    iam.update_saml_provider(SAMLProviderArn=arn, AddPrivateKey=key, AssertionEncryptionMode="Required")
    keys = iam.get_saml_provider(SAMLProviderArn=arn)["PrivateKeyList"]
    assert denied(iam.update_saml_provider, SAMLProviderArn=arn, RemovePrivateKey=keys[0]["KeyId"]) == (
        "InvalidInput", 400, "Failed to remove private key.")
    assert denied(iam.update_saml_provider, SAMLProviderArn=arn, SAMLMetadataDocument="x" * 1000) == (
        "InvalidInput", 400, "Could not parse metadata")
    assert arn in [provider["Arn"] for provider in iam.list_saml_providers()["SAMLProviderList"]]
    iam.tag_saml_provider(SAMLProviderArn=arn, Tags=[{"Key": "K", "Value": "w"}])
    iam.untag_saml_provider(SAMLProviderArn=arn, TagKeys=["k"])
    assert iam.list_saml_provider_tags(SAMLProviderArn=arn)["Tags"] == [{"Key": "K", "Value": "w"}]
    iam.delete_saml_provider(SAMLProviderArn=arn)
    assert denied(iam.delete_saml_provider, SAMLProviderArn=arn) == (
        "NoSuchEntity", 404, f"Manifest not found for arn {arn}")


def test_the_cli_creates_them(aws, iam, unique, tmp_path):
    host, name = unique("idp") + ".example.com", unique("idp")
    code, made = aws("iam", "create-open-id-connect-provider", "--url", f"https://{host}", "--client-id-list", "a",
                     "--thumbprint-list", "c" * 40)
    assert (code, made) == (0, {"OpenIDConnectProviderArn": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{host}"})
    document = tmp_path / "metadata.xml"
    document.write_text(METADATA)
    code, made = aws("iam", "create-saml-provider", "--name", name, "--saml-metadata-document",
                     f"file://{document}")
    assert (code, made) == (0, {"SAMLProviderArn": f"arn:aws:iam::{ACCOUNT}:saml-provider/{name}"})
