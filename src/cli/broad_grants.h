#pragma once

#include <string>
#include <vector>

#include "policy/document.h"

namespace writ::cli {

/// A statement that allows a whole service, or all of them, on every resource and without a condition. AWS
/// saves such policies; hardly anybody needs what they allow.
struct BroadGrant {
    policy::Span span;    ///< Of the action pattern.
    std::string message;  ///< "dynamodb:* on every resource allows all 69 actions of Amazon DynamoDB".
    std::string hint;
};

/// The patterns "*" and "service:*" of Allow statements on Resource "*", in the order of the document.
[[nodiscard]] std::vector<BroadGrant> find_broad_grants(const policy::Document& document);

}  // namespace writ::cli
