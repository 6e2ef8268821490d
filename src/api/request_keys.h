#pragma once

#include <span>
#include <string_view>

#include "api/operation.h"
#include "engine/context.h"

namespace writ::api {

/// Keys that follow from how the request came: aws:SourceIp, aws:SecureTransport … (spec 4.1).
void set_connection_keys(engine::Context& context, const Call& call);

/// Keys that follow from parameters, where the service authorization reference declares them for one of the
/// actions (spec K4): aws:RequestTag/…, aws:TagKeys, iam:PolicyARN, sts:ExternalId …
void set_parameter_keys(engine::Context& context, std::span<const std::string_view> actions, const Call& call,
                        const Target& target);

/// Whether set_parameter_keys knows where to find the value of a key that the reference declares.
[[nodiscard]] bool is_parameter_key(std::string_view declared_name) noexcept;

}  // namespace writ::api
