// Settings of features of IAM for a whole account. The only feature that AWS sets so is Role Manager, which
// makes roles from the templates that services of AWS publish. There are none here, so it is off and stays
// off.
#include "api/iam/account_properties.h"

#include <algorithm>

#include "api/iam/handlers.h"

namespace writ::api::iam {
namespace {

constexpr std::string_view role_manager = "RoleManager/Enabled";
constexpr std::string_view off = "false";

using Property = std::pair<std::string, Input>;

std::span<const Property> properties_of(const Input& input) {
    const Input* properties = input.find("Properties");
    return properties == nullptr ? std::span<const Property>{} : properties->entries();
}

std::string_view namespace_of(std::string_view key) noexcept {
    return key.substr(0, key.find('/'));
}

std::unexpected<Error> invalid(std::string message) {  // [I] for the texts.
    return fail("InvalidInput", 400, std::move(message));
}

Result<void> check_key(std::string_view key) {
    if (std::ranges::count(key, '/') == 1 && !key.starts_with('/') && !key.ends_with('/')) return {};
    return invalid("The property key " + std::string(key) + " is not of the form Namespace/PropertyName.");
}

Result<void> check_property(std::string_view key, std::string_view value) {
    if (key != role_manager) return invalid("There is no account property " + std::string(key) + ".");
    if (value == off) return {};
    if (value != "true") return invalid("The value of " + std::string(key) + " must be true or false.");
    return invalid(
        "Role Manager makes roles from the templates that services of AWS publish. None of them exists on "
        "this "
        "server, so it cannot be enabled.");
}

}  // namespace

std::vector<std::string> account_property_namespaces(const Input& input) {
    std::vector<std::string> namespaces;
    for (const auto& [key, value] : properties_of(input)) namespaces.emplace_back(namespace_of(key));
    if (namespaces.empty()) namespaces.emplace_back(namespace_of(role_manager));
    std::ranges::sort(namespaces);
    namespaces.erase(std::ranges::unique(namespaces).begin(), namespaces.end());
    return namespaces;
}

Result<Output> get_account_properties(const View&, const Call&) {
    Output properties;
    properties.set(role_manager, off);
    Output output;
    output.set("Properties", std::move(properties));
    return output;
}

Result<Output> put_account_properties(const View&, const Call& call) {
    const auto properties = properties_of(call.input);
    if (properties.empty()) return invalid("At least one property must be specified.");
    for (const auto& [key, value] : properties) {
        if (auto good = check_key(key); !good) return std::unexpected(std::move(good.error()));
    }
    if (account_property_namespaces(call.input).size() > 1) {
        return invalid("All properties in a request must belong to the same namespace.");
    }
    for (const auto& [key, value] : properties) {
        if (auto good = check_property(key, value.text()); !good) {
            return std::unexpected(std::move(good.error()));
        }
    }
    return Output();
}

}  // namespace writ::api::iam
