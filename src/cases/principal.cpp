#include "cases/principal.h"

#include <optional>
#include <utility>

#include "base/arn.h"

namespace writ::cases {
namespace {

using engine::Principal;
using engine::PrincipalKind;

// "user/path/bob" with the prefix "user/" is "path/bob"; nothing for another prefix or when nothing follows.
std::optional<std::string_view> after(std::string_view text, std::string_view prefix) {
    if (!text.starts_with(prefix) || text.size() == prefix.size()) return std::nullopt;
    return text.substr(prefix.size());
}

bool is_session(std::string_view role_and_session) {
    const std::size_t slash = role_and_session.find('/');
    return slash != std::string_view::npos && slash > 0 && slash + 1 < role_and_session.size() &&
           role_and_session.find('/', slash + 1) == std::string_view::npos;
}

std::optional<Principal> iam_principal(const ArnView& arn, Principal principal) {
    if (arn.resource == "root") {
        principal.kind = PrincipalKind::root;
        principal.id = principal.account;
    } else if (after(arn.resource, "user/")) {
        principal.kind = PrincipalKind::user;
    } else if (after(arn.resource, "role/")) {
        principal.kind = PrincipalKind::role_session;
        principal.role_arn = principal.arn;
        principal.session_name_known = false;
    } else {
        return std::nullopt;
    }
    return principal;
}

std::optional<Principal> sts_principal(const ArnView& arn, Principal principal) {
    if (const auto session = after(arn.resource, "assumed-role/"); session && is_session(*session)) {
        principal.kind = PrincipalKind::role_session;
        // The session does not tell the role's path; who knows it gives role_arn.
        principal.role_arn = "arn:" + principal.partition + ":iam::" + principal.account + ":role/" +
                             std::string(session->substr(0, session->find('/')));
    } else if (after(arn.resource, "federated-user/")) {
        principal.kind = PrincipalKind::federated_user;
    } else {
        return std::nullopt;
    }
    return principal;
}

}  // namespace

std::expected<Principal, std::string> principal_of_arn(std::string_view text) {
    const auto arn = parse_arn(text);
    if (!arn) return std::unexpected("\"" + std::string(text) + "\" is not an ARN");
    if (!is_account_id(arn->account))
        return std::unexpected("\"" + std::string(text) + "\" has no account of 12 digits");
    Principal principal;
    principal.partition = arn->partition;
    principal.account = arn->account;
    principal.arn = text;
    std::optional<Principal> found;
    if (arn->service == "iam")
        found = iam_principal(*arn, std::move(principal));
    else if (arn->service == "sts")
        found = sts_principal(*arn, std::move(principal));
    if (!found)
        return std::unexpected("\"" + std::string(text) +
                               "\" names no principal: wanted user/NAME, role/NAME or root of iam, or "
                               "assumed-role/ROLE/SESSION or federated-user/NAME of sts");
    return std::move(*found);
}

Principal service_principal(std::vector<std::string> names) {
    Principal principal;
    principal.kind = PrincipalKind::service;
    principal.service_names = std::move(names);
    return principal;
}

Principal federated_principal(std::string_view provider) {
    Principal principal;
    principal.kind = PrincipalKind::federated;
    principal.arn = provider;
    if (const auto arn = parse_arn(provider)) {
        principal.partition = arn->partition;
        principal.account = arn->account;
    }
    return principal;
}

std::expected<Principal, std::string> principal_of_text(std::string_view text) {
    if (text == "anonymous") return Principal{};
    const auto arn = parse_arn(text);
    if (!arn && (text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn")))
        return service_principal({std::string(text)});
    if (arn && (arn->resource.starts_with("saml-provider/") || arn->resource.starts_with("oidc-provider/")))
        return federated_principal(text);
    if (!arn)
        return std::unexpected("\"" + std::string(text) +
                               "\" is no principal: wanted an ARN, a service such as logs.amazonaws.com, or "
                               "anonymous");
    return principal_of_arn(text);
}

}  // namespace writ::cases
