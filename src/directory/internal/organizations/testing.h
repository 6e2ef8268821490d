#pragma once

#include <string>
#include <vector>

#include "directory/internal/organizations/records.h"
#include "directory/internal/testing.h"
#include "directory/organizations/handshakes.h"
#include "directory/organizations/members.h"
#include "directory/organizations/organization.h"
#include "directory/organizations/policies.h"
#include "directory/organizations/units.h"

/// For the tests of organizations.
namespace writ::directory::organizations {

/// "CODE" or "CODE REASON"; empty when nothing was refused.
template <class T>
std::string refusal(const Result<T>& result) {
    if (result) return "";
    const Error& error = result.error();
    return error.reason.empty() ? error.code : error.code + " " + error.reason;
}

/// An account that manages an organization, and another that is in none. Each call is a transaction of its
/// own.
class OrganizationTest : public DirectoryTest {
  protected:
    static constexpr const char* deny_s3 =
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]})";
    static constexpr const char* deny_s3_to_all =
        R"({"Version":"2012-10-17","Statement":[)"
        R"({"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}]})";
    static constexpr auto scp = store::OrganizationPolicyType::service_control;
    static constexpr auto rcp = store::OrganizationPolicyType::resource_control;

    void make_organization(store::FeatureSet features = store::FeatureSet::all) {
        const auto made = edit([&](AccountEdit& account) { return create_organization(account, features); });
        ASSERT_TRUE(made);
        root_id_ = view([](const AccountView& account) { return get_root(account); })->id;
    }
    [[nodiscard]] const std::string& root_id() const { return root_id_; }

    Result<OrganizationalUnit> make_unit(const std::string& parent, const std::string& name) {
        return edit([&](AccountEdit& account) { return create_unit(account, parent, name, {}); });
    }
    Result<store::AccountCreation> create(const std::string& name) {
        return edit([&](AccountEdit& account) {
            return create_account(account, {.email = name + "@example.com", .name = name});
        });
    }
    std::string make_member(const std::string& name) {
        const auto made = create(name);
        EXPECT_TRUE(made);
        return made ? made->account_id : "";
    }
    Result<Handshake> invite(const std::string& target, PartyKind kind = PartyKind::account,
                             const std::vector<Tag>& tags = {}, const char* by = account_id) {
        return edit(
            [&](AccountEdit& account) {
                return invite_account(account, {.target = target, .kind = kind, .tags = tags});
            },
            by);
    }
    Result<Handshake> accept(const std::string& id, const char* by = other_account_id) {
        return edit([&](AccountEdit& account) { return accept_handshake(account, id); }, by);
    }
    Result<Handshake> cancel(const std::string& id) {
        return edit([&](AccountEdit& account) { return cancel_handshake(account, id); });
    }
    void let_other_account_join() {
        const auto invited = invite(other_account_id);
        ASSERT_TRUE(invited);
        ASSERT_TRUE(accept(invited->id));
    }
    Result<Policy> make_policy(const std::string& name, KnownPolicyType type, const std::string& content) {
        return edit([&](AccountEdit& account) {
            return create_policy(
                account, {.type = type, .name = name, .description = {}, .content = content, .tags = {}});
        });
    }
    Result<void> attach(const std::string& policy, const std::string& target) {
        return edit([&](AccountEdit& account) { return attach_policy(account, policy, target); });
    }

  private:
    std::string root_id_;
};

}  // namespace writ::directory::organizations
