#include "api/iam/delegation/entity_arn.h"

#include "base/arn.h"

namespace writ::api::iam::delegation {

std::string_view id_in_arn(std::string_view arn) noexcept {
    constexpr std::string_view type = "delegation-request/";
    const auto parts = parse_arn(arn);
    if (!parts || parts->service != "iam" || !parts->resource.starts_with(type)) return {};
    return parts->resource.substr(type.size());
}

std::string_view request_id(const Input& input) noexcept {
    return input.has("EntityArn") ? id_in_arn(input.text("EntityArn")) : input.text("DelegationRequestId");
}

}  // namespace writ::api::iam::delegation
