#pragma once

#include <cstdint>
#include <string_view>

/// The compact form of POST /authorize: CBOR (RFC 8949) whose members have these numbers in place of names
/// (docs/authorization-api.md). A number never gets a second meaning. Needs C++23 and nothing else.
namespace writ::compact_form {

inline constexpr std::string_view media_type = "application/cbor";
inline constexpr std::uint64_t current_version =
    1;  ///< Value of Member::version; a request without it means 1.

enum class Member : std::uint8_t {
    version = 0,
    // Of questions.
    principal = 1,
    action = 2,
    resource = 3,
    resource_account = 4,
    context = 5,  ///< Its keys are condition keys: text.
    explain = 6,
    questions = 7,
    // Of a principal that is a session.
    access_key_id = 8,
    session_token = 9,
    // Of answers.
    decision = 16,
    decided_by = 17,
    error = 18,
    message = 19,
    explanation = 20,  ///< A text, which is JSON.
    answers = 21,
};

/// Values of Member::decision.
enum class Decision : std::uint8_t { implicit_deny = 0, allowed = 1, explicit_deny = 2 };

}  // namespace writ::compact_form
