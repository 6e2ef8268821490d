"""Outbound identity federation: an account as an OpenID Connect issuer (spec B26)."""
import json
import urllib.error
import urllib.request

import pytest


def read(url):
    with urllib.request.urlopen(url) as answer:
        assert answer.headers["Content-Type"] == "application/json"
        return json.load(answer)


def test_the_issuer_of_an_account(own_server):
    server = own_server()
    iam = server.client("iam")
    with pytest.raises(iam.exceptions.FeatureDisabledException):
        iam.get_outbound_web_identity_federation_info()
    issuer = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
    assert issuer.startswith(f"{server.url}/")
    with pytest.raises(iam.exceptions.FeatureEnabledException):
        iam.enable_outbound_web_identity_federation()
    info = iam.get_outbound_web_identity_federation_info()
    assert (info["IssuerIdentifier"], info["JwtVendingEnabled"]) == (issuer, True)

    configuration = read(f"{issuer}/.well-known/openid-configuration")
    assert configuration["issuer"] == issuer
    assert configuration["jwks_uri"] == f"{issuer}/.well-known/jwks.json"
    keys = read(configuration["jwks_uri"])["keys"]
    assert {(key["kty"], key["alg"], key["use"]) for key in keys} == {("RSA", "RS256", "sig"), ("EC", "ES384", "sig")}
    assert all(set(key) <= {"kty", "alg", "use", "kid", "n", "e", "crv", "x", "y"} for key in keys)

    iam.disable_outbound_web_identity_federation()
    with pytest.raises(iam.exceptions.FeatureDisabledException):
        iam.disable_outbound_web_identity_federation()
    assert read(configuration["jwks_uri"])["keys"] == keys
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{issuer}0/.well-known/jwks.json")
    assert caught.value.code == 404
    assert iam.enable_outbound_web_identity_federation()["IssuerIdentifier"] == issuer


def test_the_issuer_is_below_the_public_url(own_server):
    iam = own_server("--public-url", "https://iam.example.com").client("iam")
    issuer = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
    assert issuer.startswith("https://iam.example.com/issuers/")
