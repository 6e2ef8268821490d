// Trusted services, delegated administrators and the resource-based policy (spec O7, O9).
#include "directory/organizations/delegation.h"

#include "directory/internal/organizations/testing.h"

namespace writ::directory::organizations {
namespace {

constexpr std::string_view config = "config.amazonaws.com";
constexpr std::string_view lets_list =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"444455556666"},)"
    R"("Action":"organizations:ListRoots","Resource":"*"}]})";

class Delegation : public OrganizationTest {
  protected:
    Result<void> trust(std::string_view service) {
        return edit([&](AccountEdit& account) { return enable_service_access(account, service); });
    }
    Result<void> distrust(std::string_view service) {
        return edit([&](AccountEdit& account) { return disable_service_access(account, service); });
    }
    Result<void> appoint(const std::string& id) {
        return edit([&](AccountEdit& account) { return register_administrator(account, id, config); });
    }
    Result<void> dismiss(const std::string& id) {
        return edit([&](AccountEdit& account) { return deregister_administrator(account, id, config); });
    }
    auto services_of(const std::string& id) {
        return view([&](const AccountView& account) { return list_services_of(account, id, {}); });
    }
    Result<ResourcePolicy> put(const std::vector<Tag>& tags) {
        return edit([&](AccountEdit& account) { return put_resource_policy(account, lets_list, tags); });
    }
};

TEST_F(Delegation, TrustsServicesByTheirPrincipals) {
    make_organization();
    for (const char* service : {"config.amazonaws.com", "member.org.stacksets.cloudformation.amazonaws.com",
                                "ssm.amazonaws.com.cn", "s3.us-east-1.amazonaws.com"}) {
        EXPECT_EQ(refusal(trust(service)), "") << service;
        EXPECT_EQ(refusal(trust(service)), "") << service;
        EXPECT_EQ(refusal(distrust(service)), "") << service;
    }
    for (const char* text :
         {".amazonaws.com", "amazonaws.com", "config", "config.example.com", "config..amazonaws.com",
          ".config.amazonaws.com", "Config.amazonaws.com", "con@fig.amazonaws.com", "config.amazonaws.com.de",
          ".amazonaws.com.cn", ".cn"}) {
        EXPECT_EQ(refusal(trust(text)), "InvalidInputException UNRECOGNIZED_SERVICE_PRINCIPAL") << text;
    }
}

TEST_F(Delegation, AppointsOpenMembersOnly) {
    make_organization();
    const std::string member = make_member("member");
    const std::string closed = make_member("closed");
    ASSERT_TRUE(edit([&](AccountEdit& account) { return close_account(account, closed); }));
    ASSERT_TRUE(trust(config));
    EXPECT_EQ(refusal(appoint(other_account_id)), "AccountNotFoundException");
    EXPECT_EQ(refusal(appoint(closed)),
              "ConstraintViolationException CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR");
    EXPECT_EQ(refusal(services_of(other_account_id)), "AccountNotFoundException");
    EXPECT_EQ(refusal(services_of(member)), "AccountNotRegisteredException");
    EXPECT_EQ(refusal(dismiss(other_account_id)), "AccountNotFoundException");
    EXPECT_EQ(refusal(dismiss(member)), "AccountNotRegisteredException");
    EXPECT_EQ(refusal(appoint(member)), "");
    EXPECT_EQ(services_of(member)->items.at(0).service_principal, config);
}

TEST_F(Delegation, NeedsAllFeatures) {
    make_organization(store::FeatureSet::consolidated_billing);
    const std::string member = make_member("member");
    const std::string expected = "ConstraintViolationException ORGANIZATION_NOT_IN_ALL_FEATURES_MODE";
    EXPECT_EQ(refusal(trust(config)), expected);
    EXPECT_EQ(refusal(distrust(config)), expected);
    EXPECT_EQ(refusal(appoint(member)), expected);
    EXPECT_EQ(refusal(dismiss(member)), expected);
    EXPECT_EQ(refusal(services_of(member)), expected);
    EXPECT_EQ(refusal(put({})), expected);
    const auto services = [](const AccountView& account) { return list_service_access(account, {}); };
    EXPECT_EQ(refusal(view(services)), expected);
    const auto administrators = [](const AccountView& account) {
        return list_administrators(account, config, {});
    };
    EXPECT_EQ(refusal(view(administrators)), expected);
}

TEST_F(Delegation, ByResourcePolicyTakesTagsWhenItIsNew) {
    make_organization();
    const std::vector<Tag> tags{{.key = "k", .value = "v"}};
    const auto get = [](const AccountView& account) { return get_resource_policy(account); };
    EXPECT_EQ(refusal(view(get)), "ResourcePolicyNotFoundException");
    EXPECT_TRUE(put(tags));
    EXPECT_EQ(view(get)->content, lets_list);
    EXPECT_EQ(refusal(put(tags)), "InvalidInputException TARGET_NOT_SUPPORTED");
    EXPECT_TRUE(put({}));
    const auto remove = [](AccountEdit& account) { return delete_resource_policy(account); };
    EXPECT_TRUE(edit(remove));
    EXPECT_EQ(refusal(edit(remove)), "ResourcePolicyNotFoundException");
}

}  // namespace
}  // namespace writ::directory::organizations
