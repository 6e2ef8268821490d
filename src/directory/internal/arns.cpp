#include "directory/internal/arns.h"

#include "directory/targets.h"

namespace writ::directory {
namespace {

template <class Record>
std::string arn(const AccountView& account, std::string_view type, const Record& record) {
    return entity_arn(account.environment.partition, account.account_id, type, record.path, record.name);
}

}  // namespace

std::string entity_arn(std::string_view partition, std::string_view account_id, std::string_view type,
                       std::string_view path, std::string_view name) {
    std::string arn = "arn:";
    arn.append(partition).append(":iam::").append(account_id).append(":");
    return arn.append(type).append(path).append(name);
}

std::string arn_of(const AccountView& account, const store::User& user) {
    return arn(account, "user", user);
}
std::string arn_of(const AccountView& account, const store::Group& group) {
    return arn(account, "group", group);
}
std::string arn_of(const AccountView& account, const store::Role& role) {
    return arn(account, "role", role);
}
std::string arn_of(const AccountView& account, const store::ServerCertificate& certificate) {
    return arn(account, "server-certificate", certificate);
}
std::string arn_of(const AccountView& account, const store::OidcProvider& provider) {
    return entity_arn(account.environment.partition, account.account_id, "oidc-provider", "/", provider.url);
}
std::string arn_of(const AccountView& account, const store::SamlProvider& provider) {
    return entity_arn(account.environment.partition, account.account_id, "saml-provider", "/", provider.name);
}
std::string arn_of(const AccountView& account, const store::InstanceProfile& profile) {
    return arn(account, "instance-profile", profile);
}

}  // namespace writ::directory
