#include "engine/decide.h"

#include <array>

#include "engine/internal/combine.h"

namespace writ::engine {

Decision decide(const Policies& policies, const Request& request) noexcept {
    NoTracer tracer;
    return Evaluation(policies, request, tracer).run();
}

Decision decide_all(const Policies& policies, std::span<const Request* const> requests,
                    std::size_t* failed) noexcept {
    Decision first;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const Decision decision = decide(policies, *requests[i]);
        if (!decision.allowed()) {
            if (failed != nullptr) *failed = i;
            return decision;
        }
        if (i == 0) first = decision;
    }
    return first;
}

std::string_view name(Verdict verdict) noexcept {
    constexpr std::array<std::string_view, 3> names{"allowed", "explicitDeny", "implicitDeny"};
    return names[static_cast<std::size_t>(verdict)];
}

std::string_view name(Layer layer) noexcept {
    constexpr std::array<std::string_view, 11> names{"implicit", "identity", "boundary", "session",
                                                     "scp",      "rcp",      "resource", "trust",
                                                     "endpoint", "root",     "implicit"};
    return names[static_cast<std::size_t>(layer)];
}

std::optional<policy::PolicyType> policy_type_of(Layer layer) noexcept {
    using policy::PolicyType;
    switch (layer) {
        case Layer::identity:
            return PolicyType::identity;
        case Layer::boundary:
            return PolicyType::boundary;
        case Layer::session:
            return PolicyType::session;
        case Layer::scp:
            return PolicyType::scp;
        case Layer::rcp:
            return PolicyType::rcp;
        case Layer::resource:
            return PolicyType::resource;
        case Layer::trust:
            return PolicyType::trust;
        case Layer::endpoint:
            return PolicyType::endpoint;
        case Layer::none:
        case Layer::root:
        case Layer::always:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace writ::engine
