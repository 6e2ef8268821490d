#pragma once

#include <string>
#include <string_view>

#include "api/audit/trail.h"
#include "api/denials.h"
#include "api/endpoint.h"
#include "api/input.h"
#include "authz/authorize.h"
#include "authz/caller.h"
#include "authz/resources.h"
#include "authz/subjects.h"
#include "base/http.h"
#include "base/partition.h"
#include "crypto/session_token.h"
#include "directory/directory.h"
#include "reference/api_model.h"

namespace writ::api {

/// What every call of an endpoint shares. Safe for concurrent use.
struct Surroundings {
    Surroundings(EndpointConfig endpoint, const EndpointServices& services);

    /// The region of services that have one endpoint for the whole partition (spec Z13). Signatures may
    /// always be scoped to it; IAM's own region is none other (spec 4.1).
    [[nodiscard]] std::string_view global_region() const noexcept {
        return partition_of_name(config.partition).global_region;
    }

    const EndpointConfig config;
    store::Store& store;
    const directory::Environment environment;
    const crypto::SessionTokens tokens;
    authz::Subjects subjects;
    authz::Resources resources;  ///< What is known of resources of other services.
    authz::Authorizer authorizer;
    Denials denials;
    audit::Trail audit;
};

/// One call on its way through the frame: its caller is known and its parameters fit the model. Lives as long
/// as the call is carried out.
struct Call {
    const reference::ApiService& service;
    const reference::Operation& model;
    const Input& input;
    const authz::Caller& caller;
    const HttpRequest& http;
    Surroundings& at;
    Instant now{};

    /// The account whose entities are meant: the caller's own.
    [[nodiscard]] const std::string& account() const noexcept { return caller.principal->account; }
};

}  // namespace writ::api
