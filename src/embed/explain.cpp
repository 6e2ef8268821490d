#include "engine/explain.h"

#include <cstdlib>
#include <cstring>
#include <string>

#include "cases/print.h"
#include "cases/run.h"
#include "embed/handles.h"

namespace {

// Null when memory is out. In the caller's hands: plain C memory.
char* copy_out(const std::string& text) noexcept {
    char* copy = static_cast<char*>(std::malloc(text.size() + 1));
    if (copy != nullptr) std::memcpy(copy, text.c_str(), text.size() + 1);
    return copy;
}

// What make() prints, when there is something to ask; an empty text is nothing.
template <class Make>
char* printed(const writ_policies* policies, const writ_request* request, const Make& make) noexcept {
    if (policies == nullptr || request == nullptr || request->question.request() == nullptr) return nullptr;
    try {
        const std::string text = make(policies->bundle.policies(), *request->question.request());
        return text.empty() ? nullptr : copy_out(text);
    } catch (...) {
        return nullptr;
    }
}

}  // namespace

char* writ_explain_json(const writ_policies* policies, const writ_request* request) {
    return printed(policies, request, [&](const auto& in_force, const auto& asked) {
        writ::cases::Case question = request->question.question();
        question.policies = policies->bundle.texts();
        const auto outcome = writ::cases::describe(question, writ::engine::explain(in_force, asked));
        return writ::cases::to_json(question, outcome, writ::cases::Detail::trace);
    });
}

char* writ_denial_message(const writ_policies* policies, const writ_request* request) {
    return printed(policies, request, [](const auto& in_force, const auto& asked) {
        const writ::engine::Decision decision = writ::engine::decide(in_force, asked);
        return decision.allowed() ? std::string() : writ::engine::denial_message(in_force, asked, decision);
    });
}

void writ_string_free(char* text) {
    std::free(text);
}
