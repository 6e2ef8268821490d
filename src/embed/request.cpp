#include <memory>

#include "embed/handles.h"

namespace {

using writ::embed::Failure;
using writ::embed::guarded;
using writ::embed::invalid;
using writ::embed::Question;
using Nothing = std::optional<Failure>;

template <class Change>
writ_status change(writ_request* request, bool arguments_there, const Change& apply) {
    return guarded(nullptr, [&]() -> Nothing {
        if (request == nullptr || !arguments_there) return invalid("An argument is NULL.");
        return apply(request->question);
    });
}

std::optional<writ::Instant> instant_of(int64_t unix_s) noexcept {
    constexpr int64_t seconds_max = std::numeric_limits<int64_t>::max() / 1000;
    if (unix_s > seconds_max || unix_s < -seconds_max) return std::nullopt;
    return writ::Instant(std::chrono::seconds(unix_s));
}

}  // namespace

writ_request* writ_request_new(const char* principal, const char* action, const char* resource,
                               writ_error* error) {
    std::unique_ptr<writ_request> request;
    const writ_status status = guarded(error, [&]() -> Nothing {
        if (principal == nullptr || action == nullptr || resource == nullptr)
            return invalid("principal, action or resource is NULL.");
        request.reset(new writ_request{Question(writ::SystemClock().now())});
        request->question.set_target(action, resource);
        return request->question.set_caller(principal);
    });
    return status == WRIT_OK ? request.release() : nullptr;
}

void writ_request_free(writ_request* request) {
    delete request;
}

writ_status writ_request_set(writ_request* request, const char* key, const char* value) {
    return change(request, key != nullptr && value != nullptr, [&](Question& question) -> Nothing {
        question.set_context({.key = key, .values = {value}, .multivalued = false, .removed = false});
        return std::nullopt;
    });
}

writ_status writ_request_set_list(writ_request* request, const char* key, const char* const* values,
                                  size_t count) {
    const bool there = key != nullptr && (values != nullptr || count == 0);
    return change(request, there, [&](Question& question) -> Nothing {
        writ::cases::ContextValue list{.key = key, .values = {}, .multivalued = true, .removed = false};
        for (size_t i = 0; i < count; ++i) {
            if (values[i] == nullptr) return invalid("A value is NULL.");
            list.values.emplace_back(values[i]);
        }
        question.set_context(std::move(list));
        return std::nullopt;
    });
}

writ_status writ_request_remove(writ_request* request, const char* key) {
    return change(request, key != nullptr, [&](Question& question) -> Nothing {
        question.set_context({.key = key, .values = {}, .multivalued = false, .removed = true});
        return std::nullopt;
    });
}

writ_status writ_request_set_time(writ_request* request, int64_t unix_s) {
    return change(request, true, [&](Question& question) -> Nothing {
        const auto time = instant_of(unix_s);
        if (!time) return invalid("The time is out of range.");
        question.set_time(*time);
        return std::nullopt;
    });
}

writ_status writ_request_set_fact(writ_request* request, writ_fact fact, const char* value) {
    return change(request, value != nullptr,
                  [&](Question& question) { return question.set_fact(fact, value); });
}

writ_status writ_request_set_target(writ_request* request, const char* action, const char* resource) {
    return change(request, action != nullptr && resource != nullptr, [&](Question& question) -> Nothing {
        question.set_target(action, resource);
        return std::nullopt;
    });
}
