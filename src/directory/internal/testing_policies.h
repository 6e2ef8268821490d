#pragma once

#include <string>
#include <string_view>

#include "directory/internal/testing.h"
#include "directory/policies/attachments.h"
#include "directory/policies/inline_policies.h"
#include "directory/policies/policies.h"
#include "directory/principals/groups.h"
#include "directory/principals/roles.h"
#include "directory/principals/users.h"

/// For the tests of policies and of those who carry them.
namespace writ::directory {

inline constexpr const char* allow_list =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*"}})";
inline constexpr const char* allow_get =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}})";
inline constexpr const char* trust_account =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},)"
    R"("Action":"sts:AssumeRole"}})";
inline constexpr const char* read_only = "arn:aws:iam::aws:policy/ReadOnlyAccess";
inline constexpr const char* support_service_role =
    "arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy";
inline constexpr const char* audit_root_task =
    "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials";

/// A policy document that counts as `characters` characters: white space is counted inside of strings only.
inline std::string document_of_size(std::size_t characters) {
    std::string document =
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:","Resource":"*"}})";
    document.insert(document.find("s3:") + 3, characters - document.size(), 'x');
    return document;
}

template <class T>
void expect_error(const Result<T>& result, const Error& expected) {
    const Error error = error_of(result);
    EXPECT_EQ(error.code, expected.code);
    EXPECT_EQ(error.http_status, expected.http_status);
    EXPECT_EQ(error.message, expected.message);
}

class PolicyTest : public DirectoryTest {
  protected:
    User make_user(const std::string& name, const std::string& path = "/") {
        return edit([&](AccountEdit& account) { return create_user(account, {.name = name, .path = path}); })
            .value();
    }
    Group make_group(const std::string& name, const std::string& path = "/") {
        return edit([&](AccountEdit& account) { return create_group(account, {.name = name, .path = path}); })
            .value();
    }
    Result<Role> try_role(const NewRole& role) {
        return edit([&](AccountEdit& account) { return create_role(account, role); });
    }
    Role make_role(const std::string& name, std::string_view trust = trust_account) {
        return try_role({.name = name, .trust_document = std::string(trust)}).value();
    }
    Result<Policy> try_policy(const NewPolicy& policy) {
        return edit([&](AccountEdit& account) { return create_policy(account, policy); });
    }
    /// Returns its ARN.
    std::string make_policy(const std::string& name, const std::string& path = "/") {
        return try_policy({.name = name, .path = path, .document = std::string(allow_list)}).value().arn;
    }
    Result<PolicyVersion> add_version(std::string_view arn, std::string_view document, bool as_default) {
        return edit(
            [&](AccountEdit& account) { return create_policy_version(account, arn, document, as_default); });
    }
    Policy policy(std::string_view arn) {
        return view([&](const AccountView& account) { return get_policy(account, arn); }).value();
    }
    Result<void> attach(const PolicyOwner& owner, std::string_view arn) {
        return edit([&](AccountEdit& account) { return attach_policy(account, owner, arn); });
    }
    Result<void> detach(const PolicyOwner& owner, std::string_view arn) {
        return edit([&](AccountEdit& account) { return detach_policy(account, owner, arn); });
    }
    Result<void> bound(const PolicyOwner& owner, std::string_view arn) {
        return edit([&](AccountEdit& account) { return put_permissions_boundary(account, owner, arn); });
    }
    Result<void> embed(const PolicyOwner& owner, std::string_view name, std::string_view document) {
        return edit([&](AccountEdit& account) { return put_inline_policy(account, owner, name, document); });
    }

    static constexpr PolicyOwner ada{OwnerKind::user, "ada"};
    static constexpr PolicyOwner staff{OwnerKind::group, "staff"};
    static constexpr PolicyOwner ops{OwnerKind::role, "ops"};
};

}  // namespace writ::directory
