#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <string_view>
#include <vector>

#include "reference/internal/packed.h"
#include "reference/request_model.h"

namespace writ::reference::internal {

/// What the operations of one service point into.
struct RequestModel {
    std::vector<RequestShape> shapes;
    std::vector<RequestMember> members;
    std::vector<RequestOperation> operations;
};

/// A model that its first reader loads.
struct LazyRequestModel {
    std::once_flag loaded;
    RequestModel model;
};

struct RequestModels {
    Bytes names;
    std::vector<std::string_view> strings;
    std::vector<std::string_view> signing_names;
    std::vector<RequestService> services;
    std::map<std::string_view, std::vector<const RequestService*>, std::less<>> by_signing_name;
    std::map<std::string_view, const RequestService*, std::less<>> by_target;
    mutable std::deque<LazyRequestModel> models;  ///< In the order of the services.
};

/// The list of services is loaded by the first caller.
[[nodiscard]] const RequestModels& request_models();
[[nodiscard]] const RequestModel& request_model(const RequestService& service);

}  // namespace writ::reference::internal
