#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/decide.h"

namespace writ::questions {

/// A condition key as somebody who asks tells it. Views into the text of the request.
struct ContextValue {
    std::string_view key;
    std::vector<std::string_view> values;
    bool multivalued = false;
};

/// Whether somebody may do something. Views into the text of the request, which must outlive it.
struct Question {
    /// ARN of a user, of the root user, of a role, or of a session of a role. Empty: the session below, else
    /// whoever asks.
    std::string_view principal;
    std::string_view access_key_id, session_token;  ///< A session of this Writ in place of the ARN.
    std::string_view action;                        ///< "myapp:Read", in any case.
    std::string_view resource;                      ///< ARN, or "*".
    std::string_view resource_account;              ///< Empty: the one in the ARN, else the principal's.
    std::vector<ContextValue> context;
    bool explain = false;
};

/// The answer. A default one denies.
struct Reply {
    engine::Decision decision;
    std::string message{};      ///< The sentence of spec 6.1; empty when allowed.
    std::string explanation{};  ///< JSON, as `writ policy explain --output json` prints it; empty: not asked.
    std::optional<Error> error{};  ///< Why the question could not be answered, which denies.

    [[nodiscard]] bool allowed() const noexcept { return !error && decision.allowed(); }
};

}  // namespace writ::questions
