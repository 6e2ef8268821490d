// Policies and tags of what lies behind the gateway in its decisions (spec 5.2, 5.3).
#include <functional>
#include <gtest/gtest.h>

#include "directory/organizations/members.h"
#include "directory/organizations/organization.h"
#include "directory/organizations/policies.h"
#include "directory/resources/guarded_resources.h"
#include "gateway/guard.h"
#include "gateway/internal/world_for_tests.h"

namespace writ::gateway {
namespace {

using directory::AccountEdit;
namespace org = directory::organizations;

const std::string ada_arn = "arn:aws:iam::123456789012:user/ada";
const std::string eve_arn = "arn:aws:iam::999988887777:user/eve";
const std::string queue = "arn:aws:sqs:us-east-1:123456789012:orders";
constexpr const char* other_account = "999988887777";
const std::string everybody = R"("*")";

std::string principal(const std::string& arn) {
    return R"({"AWS":")" + arn + R"("})";
}

std::string statement(const std::string& effect, const std::string& who, const std::string& action,
                      const std::string& resource, const std::string& condition = "{}") {
    return R"({"Effect":")" + effect + R"(","Principal":)" + who + R"(,"Action":")" + action +
           R"(","Resource":")" + resource + R"(","Condition":)" + condition + "}";
}

std::string document(const std::string& statements) {
    return R"({"Version":"2012-10-17","Statement":[)" + statements + "]}";
}

/// Account 123456789012 with the user ada, and 999988887777 with the user eve, who may do everything by their
/// own policies unless said otherwise.
class KnownResourcesTest : public GuardWorld {
  protected:
    void SetUp() override {
        GuardWorld::SetUp();
        add_upstream("service=s3,service=sqs,service=kms,service=secretsmanager,url=http://127.0.0.1:9000");
        edit(other_account, [&](AccountEdit& account) {
            ASSERT_TRUE(directory::ensure_account(account.writes, environment_, other_account, nullptr));
            ASSERT_TRUE(directory::create_user(account, {.name = "eve"}));
            auto key = directory::create_access_key(account, {"eve"});
            ASSERT_TRUE(key);
            eve_ = {key->key.access_key_id, key->secret.copy(), ""};
        });
        ada_ = credentials();
        allow_eve("*");
    }
    void edit(std::string_view in_account, const std::function<void(AccountEdit&)>& change) {
        auto transaction = store_->write();
        ASSERT_TRUE(transaction);
        AccountEdit account(**transaction, std::string(in_account), environment_);
        change(account);
        ASSERT_TRUE((*transaction)->commit());
    }
    void put_user_policy(std::string_view account, std::string_view user, const std::string& action) {
        edit(account, [&](AccountEdit& edited) {
            ASSERT_TRUE(directory::put_inline_policy(
                edited, {directory::OwnerKind::user, user}, "p",
                R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":")" + action +
                    R"(","Resource":"*"}})"));
        });
    }
    void allow_eve(const std::string& action) { put_user_policy(other_account, "eve", action); }
    void allow_ada(const std::string& action) { put_user_policy(account_id, "ada", action); }
    void put(const std::string& arn, const std::string& statements, std::string_view account = account_id) {
        edit(account, [&](AccountEdit& edited) {
            const auto done = directory::put_resource_policy(edited, arn, document(statements));
            ASSERT_TRUE(done) << done.error().message;
        });
    }
    void tag(const std::string& arn, const directory::TagPairs& tags) {
        edit(account_id, [&](AccountEdit& edited) {
            ASSERT_TRUE(directory::set_resource_tags(edited, arn, tags, true));
        });
    }
    void own(const std::string& bucket, const char* account) {
        edit(account, [&](AccountEdit& edited) {
            ASSERT_TRUE(directory::learn_fact(edited, directory::FactKind::bucket_owner, bucket, account));
        });
    }

    static HttpRequest s3(std::string_view method, std::string_view target, HttpHeaders headers = {}) {
        return request(method, target, std::move(headers));
    }
    static HttpRequest json(std::string_view target, std::string body) {
        HttpRequest made = request("POST", "/",
                                   {{"X-Amz-Target", std::string(target)},
                                    {"Content-Type", "application/x-amz-json-1.1"},
                                    {"Content-Length", std::to_string(body.size())}});
        made.body = std::move(body);
        return made;
    }
    static HttpRequest send_message() {
        return json("AmazonSQS.SendMessage",
                    R"({"QueueUrl":"http://127.0.0.1:7700/123456789012/orders","MessageBody":"m"})");
    }
    /// Empty: it may pass; else why not.
    std::string refusal(HttpRequest made, std::string_view service,
                        const crypto::SigningCredentials* who = nullptr) {
        if (who != nullptr && service == "s3") {
            constexpr std::string_view payload = "UNSIGNED-PAYLOAD";
            made.headers.emplace_back("x-amz-content-sha256", payload);
            crypto::sign(made, *who, region, "s3", clock_.now(),
                         {.is_path_encoded_once = true, .payload_hash = payload});
        } else if (who != nullptr) {
            crypto::sign(made, *who, region, service, clock_.now());
        }
        Guard guard(config(), services());
        const Judgement judgement = guard.judge(made, !made.body.empty());
        record_ = judgement.record;
        return std::holds_alternative<Passage>(judgement.outcome) ? "" : record_.error_message;
    }

    crypto::SigningCredentials ada_, eve_;
    GuardRecord record_;
};

// Spec 5.3, D1 and D7: who is named himself needs no policy of his own; the account leaves it to its own.
TEST_F(KnownResourcesTest, APolicyOfTheResourceGrantsInTheSameAccount) {
    const auto get = [&] { return refusal(s3("GET", "/open/a"), "s3", &ada_); };
    EXPECT_EQ(get(), "User: " + ada_arn +
                         " is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::open/a\" "
                         "because no identity-based policy allows the s3:GetObject action (explained)");
    put("arn:aws:s3:::open",
        statement("Allow", principal("123456789012"), "s3:GetObject", "arn:aws:s3:::open/*"));
    EXPECT_NE(get(), "");
    put("arn:aws:s3:::open", statement("Allow", principal(ada_arn), "s3:GetObject", "arn:aws:s3:::open/*"));
    EXPECT_EQ(get(), "");
    EXPECT_EQ(record_.resource, "arn:aws:s3:::open/a");
    EXPECT_NE(refusal(s3("PUT", "/open/a"), "s3", &ada_), "");
    edit(account_id, [](AccountEdit& account) {
        ASSERT_TRUE(directory::delete_resource_policy(account, "arn:aws:s3:::open"));
    });
    EXPECT_NE(get(), "");
}

TEST_F(KnownResourcesTest, APolicyOfTheResourceDenies) {
    EXPECT_EQ(refusal(s3("GET", "/docs/a"), "s3", &ada_), "");
    put("arn:aws:s3:::docs", statement("Deny", everybody, "s3:GetObject", "arn:aws:s3:::docs/*"));
    EXPECT_EQ(refusal(s3("GET", "/docs/a"), "s3", &ada_),
              "User: " + ada_arn +
                  " is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::docs/a\" with an "
                  "explicit deny in a resource-based policy (explained)");
    EXPECT_EQ(record_.decided_by, "resource");
}

// Spec 5.2, step 7: both sides must allow; N3: S3 tells strangers nothing.
TEST_F(KnownResourcesTest, AcrossAccountsBothSidesMustAllow) {
    const auto get = [&] { return refusal(s3("GET", "/docs/a"), "s3", &eve_); };
    EXPECT_EQ(get(), "Access Denied");
    put("arn:aws:s3:::docs", statement("Allow", principal(eve_arn), "s3:GetObject", "arn:aws:s3:::docs/*"));
    EXPECT_EQ(get(), "");
    allow_eve("s3:PutObject");
    EXPECT_EQ(get(), "Access Denied");
    EXPECT_EQ(record_.decided_by, "identity");
}

TEST_F(KnownResourcesTest, TheSentenceNamesTheMissingPolicyOfTheResource) {
    const auto send = [&] { return refusal(send_message(), "sqs", &eve_); };
    const std::string denied =
        "User: " + eve_arn + " is not authorized to perform: sqs:SendMessage on resource: " + queue;
    EXPECT_EQ(send(),
              denied + " because no resource-based policy allows the sqs:SendMessage action (explained)");
    put(queue, statement("Allow", principal(eve_arn), "sqs:ReceiveMessage", queue));
    // What is explained would show her the policy of another account.
    EXPECT_EQ(send(), denied + " because no resource-based policy allows the sqs:SendMessage action");
    put(queue, statement("Allow", principal(other_account), "sqs:SendMessage", queue));
    EXPECT_EQ(send(), "");
    allow_eve("sqs:ReceiveMessage");
    // Spec 6.2, 4: where only the account is trusted, its own policies being silent does not change the name.
    EXPECT_EQ(send(), denied + " because no resource-based policy allows the sqs:SendMessage action");
    put(queue, statement("Allow", principal(eve_arn), "sqs:SendMessage", queue));
    EXPECT_EQ(send(), denied + " because no identity-based policy allows the sqs:SendMessage action");
}

// Spec 5.2, step 5.
TEST_F(KnownResourcesTest, AnybodyMayWhatAPublicPolicyAllows) {
    EXPECT_EQ(refusal(s3("GET", "/docs/a"), "s3"), "Access Denied");
    put("arn:aws:s3:::docs", statement("Allow", everybody, "s3:GetObject", "arn:aws:s3:::docs/public/*"));
    EXPECT_EQ(refusal(s3("GET", "/docs/public/a"), "s3"), "");
    EXPECT_EQ(refusal(s3("GET", "/docs/a"), "s3"), "Access Denied");
    EXPECT_EQ(refusal(s3("DELETE", "/docs/public/a"), "s3"), "Access Denied");
    put("arn:aws:s3:::docs", statement("Allow", everybody, "s3:GetObject", "arn:aws:s3:::docs/public/*",
                                       R"({"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}})"));
    EXPECT_EQ(refusal(s3("GET", "/docs/public/a"), "s3"), "Access Denied");
}

TEST_F(KnownResourcesTest, TagsOfObjectsAreConditions) {
    allow_ada("none:None");
    put("arn:aws:s3:::docs", statement("Allow", principal(ada_arn), "s3:GetObject*", "arn:aws:s3:::docs/*",
                                       R"({"StringEquals":{"s3:ExistingObjectTag/public":"yes"}})"));
    EXPECT_NE(refusal(s3("GET", "/docs/a"), "s3", &ada_), "");
    tag("arn:aws:s3:::docs/a", {{"public", "yes"}});
    EXPECT_EQ(refusal(s3("GET", "/docs/a"), "s3", &ada_), "");
    EXPECT_NE(refusal(s3("GET", "/docs/b"), "s3", &ada_), "");
    EXPECT_NE(refusal(s3("GET", "/docs/a?versionId=v1"), "s3", &ada_), "") << "that version may have others";
}

TEST_F(KnownResourcesTest, ADenialByTagsHoldsForVersionsWhoseTagsAreNotKnown) {
    const std::string by_tag = statement("Deny", everybody, "s3:GetObject*", "arn:aws:s3:::docs/*",
                                         R"({"StringEquals":{"s3:ExistingObjectTag/secret":"yes"}})");
    allow_ada("s3:*");
    EXPECT_EQ(refusal(s3("GET", "/docs/a?versionId=v1"), "s3", &ada_), "");
    put("arn:aws:s3:::docs", by_tag);
    EXPECT_EQ(refusal(s3("GET", "/docs/a"), "s3", &ada_), "");
    EXPECT_NE(refusal(s3("GET", "/docs/a?versionId=v1"), "s3", &ada_).find("s3:ExistingObjectTag/secret"),
              std::string::npos);
}

TEST_F(KnownResourcesTest, TagsOfResourcesAreConditions) {
    const std::string secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:s-AbCdEf";
    edit(account_id, [](AccountEdit& account) {
        ASSERT_TRUE(directory::put_inline_policy(
            account, {directory::OwnerKind::user, "ada"}, "p",
            R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"secretsmanager:*","Resource":"*",)"
            R"("Condition":{"StringEquals":{"aws:ResourceTag/team":"${aws:username}"}}},)"
            R"({"Effect":"Deny","Action":"*","Resource":"*",)"
            R"("Condition":{"StringEquals":{"secretsmanager:ResourceTag/locked":"yes"}}}]})"));
    });
    const auto get = [&] {
        return refusal(json("secretsmanager.GetSecretValue", R"({"SecretId":")" + secret + R"("})"),
                       "secretsmanager", &ada_);
    };
    EXPECT_NE(get(), "");
    tag(secret, {{"team", "ada"}});
    EXPECT_EQ(get(), "");
    tag(secret, {{"team", "ada"}, {"locked", "yes"}});
    EXPECT_NE(get().find("with an explicit deny in an identity-based policy"), std::string::npos);
}

// Spec E2: the policy of a key must allow; where it leaves it to the account, identity policies decide.
TEST_F(KnownResourcesTest, ThePolicyOfAKeyMustAllow) {
    const std::string key = "arn:aws:kms:us-east-1:123456789012:key/0f1e2d3c-0000-4000-8000-000000000000";
    allow_ada("kms:Decrypt");
    const auto decrypt = [&] {
        return refusal(json("TrentService.Decrypt", R"({"CiphertextBlob":"YQ==","KeyId":")" + key + R"("})"),
                       "kms", &ada_);
    };
    EXPECT_EQ(decrypt(), "") << "its policy was not seen: the one that AWS gives a key at first";
    put(key, statement("Allow", principal("arn:aws:iam::123456789012:user/somebody"), "kms:*", "*"));
    EXPECT_NE(decrypt().find("because no resource-based policy allows the kms:Decrypt action"),
              std::string::npos);
    put(key, statement("Allow", principal("arn:aws:iam::123456789012:root"), "kms:*", "*"));
    EXPECT_EQ(decrypt(), "");
    allow_ada("kms:Encrypt");
    EXPECT_NE(decrypt(), "");
    put(key, statement("Allow", principal(ada_arn), "kms:Decrypt", "*"));
    EXPECT_EQ(decrypt(), "");
}

TEST_F(KnownResourcesTest, WhatNeedsAPolicyThatCannotBeReadIsDenied) {
    edit(account_id, [](AccountEdit& account) {
        ASSERT_TRUE(directory::distrust_resource_policy(account, "arn:aws:s3:::docs"));
    });
    EXPECT_NE(refusal(s3("GET", "/docs/a"), "s3", &ada_), "");
    EXPECT_NE(record_.defect.find("arn:aws:s3:::docs"), std::string::npos);
}

// Spec 5.2, steps 1 and 2: what an organization says of its resources holds for everybody.
TEST_F(KnownResourcesTest, ResourceControlPoliciesHoldForAnybody) {
    std::string member;
    edit(account_id, [&](AccountEdit& account) {
        ASSERT_TRUE(org::create_organization(account, store::FeatureSet::all));
        const auto made = org::create_account(account, {.email = "a@b.example", .name = "a"});
        ASSERT_TRUE(made);
        member = made->account_id;
    });
    own("docs", member.c_str());
    put("arn:aws:s3:::docs", statement("Allow", everybody, "s3:GetObject", "arn:aws:s3:::docs/*"), member);
    EXPECT_EQ(refusal(s3("GET", "/docs/a"), "s3"), "");
    edit(account_id, [&](AccountEdit& account) {
        const auto root = org::get_root(account);
        ASSERT_TRUE(root);
        ASSERT_TRUE(
            org::enable_policy_type(account, root->id, store::OrganizationPolicyType::resource_control));
        const auto policy = org::create_policy(
            account, {.type = store::OrganizationPolicyType::resource_control,
                      .name = "insiders",
                      .description = "",
                      .content = document(statement("Deny", everybody, "s3:*", "*",
                                                    R"({"StringNotEquals":{"aws:PrincipalAccount":")" +
                                                        std::string(account_id) + R"("}})"))});
        ASSERT_TRUE(policy) << policy.error().message;
        ASSERT_TRUE(org::attach_policy(account, policy->summary.id, member));
    });
    EXPECT_EQ(refusal(s3("GET", "/docs/a"), "s3"), "Access Denied");
    EXPECT_EQ(record_.decided_by, "rcp");
    EXPECT_EQ(refusal(s3("GET", "/docs/a"), "s3", &ada_), "") << "she is of the account that is excepted";
}

TEST_F(KnownResourcesTest, ABucketBelongsToWhoWasLearntToOwnIt) {
    EXPECT_EQ(refusal(s3("GET", "/hers/a"), "s3", &eve_), "Access Denied");
    own("hers", other_account);
    EXPECT_EQ(refusal(s3("GET", "/hers/a"), "s3", &eve_), "");
    allow_ada("s3:*");
    EXPECT_EQ(refusal(s3("GET", "/hers/a"), "s3", &ada_), "Access Denied");
    EXPECT_EQ(refusal(s3("GET", "/docs/a"), "s3", &ada_), "");
    const auto with_owner = [&](const char* bucket, const std::string& owner) {
        return refusal(s3("GET", std::string("/") + bucket + "/a", {{"x-amz-expected-bucket-owner", owner}}),
                       "s3", bucket == std::string_view("hers") ? &eve_ : &ada_);
    };
    EXPECT_EQ(with_owner("hers", other_account), "");
    EXPECT_EQ(with_owner("hers", std::string(account_id)), "Access Denied");
    EXPECT_EQ(with_owner("docs", std::string(account_id)), "");
    EXPECT_EQ(with_owner("docs", other_account), "Access Denied");
}

TEST_F(KnownResourcesTest, TheSourceOfACopyHasItsOwnOwnerAndPolicy) {
    own("hers", other_account);
    allow_ada("s3:*");
    const auto copy = [&](const std::string& owner = {}) {
        HttpHeaders headers{{"x-amz-copy-source", "/hers/a"}};
        if (!owner.empty()) headers.emplace_back("x-amz-source-expected-bucket-owner", owner);
        return refusal(s3("PUT", "/docs/a", std::move(headers)), "s3", &ada_);
    };
    EXPECT_EQ(copy(), "Access Denied");
    put("arn:aws:s3:::hers", statement("Allow", principal(ada_arn), "s3:GetObject", "arn:aws:s3:::hers/*"),
        other_account);
    EXPECT_EQ(copy(), "");
    EXPECT_EQ(copy(other_account), "");
    EXPECT_EQ(copy(std::string(account_id)), "Access Denied") << "that is the owner of the target";
}

// What was learnt of an alias is asked about when a request is mapped.
TEST_F(KnownResourcesTest, AnAliasStandsForItsKey) {
    const std::string key = "arn:aws:kms:us-east-1:123456789012:key/0f1e2d3c-0000-4000-8000-000000000000";
    const std::string alias = "arn:aws:kms:us-east-1:123456789012:alias/orders";
    edit(account_id, [&](AccountEdit& account) {
        ASSERT_TRUE(directory::put_inline_policy(
            account, {directory::OwnerKind::user, "ada"}, "p",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:Encrypt","Resource":")" +
                key + R"("}})"));
    });
    const auto encrypt = [&] {
        return refusal(json("TrentService.Encrypt", R"({"KeyId":"alias/orders","Plaintext":"AA=="})"), "kms",
                       &ada_);
    };
    EXPECT_NE(encrypt(), "") << "nobody knows the key behind it";
    edit(account_id, [&](AccountEdit& account) {
        ASSERT_TRUE(directory::learn_fact(account, directory::FactKind::alias_key, alias, key));
    });
    EXPECT_EQ(encrypt(), "");
    EXPECT_EQ(record_.resource, key);
    edit(account_id, [&](AccountEdit& account) {
        ASSERT_TRUE(directory::learn_fact(account, directory::FactKind::alias_key, alias, key + "1"));
    });
    EXPECT_NE(encrypt(), "") << "the alias has moved to another key";
}

TEST_F(KnownResourcesTest, WhoMakesABucketOwnsItWhereThatIsSaid) {
    const auto make = [&](const char* bucket) {
        return refusal(s3("PUT", std::string("/") + bucket), "s3", &eve_);
    };
    EXPECT_EQ(make("new"), "Access Denied") << "it would belong to the account of the server";
    upstreams_.clear();
    add_upstream("service=s3,url=http://127.0.0.1:9000,new_buckets=creator");
    EXPECT_EQ(make("new"), "");
    own("docs", "123456789012");
    EXPECT_EQ(make("docs"), "Access Denied") << "it is there, and another's";
    EXPECT_NE(refusal(s3("PUT", "/new"), "s3"), "") << "nobody cannot own a bucket";
}

}  // namespace
}  // namespace writ::gateway
