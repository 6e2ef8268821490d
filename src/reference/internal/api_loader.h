#pragma once

#include <string>
#include <vector>

#include "reference/api_model.h"
#include "reference/internal/packed.h"

namespace writ::reference::internal {

/// What one service's model points into.
struct ApiModel {
    std::vector<Shape> shapes;
    std::vector<Member> members;
    std::vector<std::string_view> values;
    std::vector<ErrorShape> errors;
    Lists<const ErrorShape*> error_lists;
    std::vector<Operation> operations;
};

struct ApiModels {
    Bytes names;
    std::vector<ApiModel> models;
    std::vector<ApiService> services;
};

/// Loaded by the first caller.
[[nodiscard]] const ApiModels& api_models();

}  // namespace writ::reference::internal
