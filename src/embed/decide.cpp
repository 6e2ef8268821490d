#include "engine/decide.h"

#include <array>

#include "embed/handles.h"

namespace {

using writ::engine::Layer;
using writ::engine::Verdict;

constexpr writ_decision no_decision{WRIT_IMPLICIT_DENY, WRIT_BY_NOTHING, 0, WRIT_NO_INDEX, WRIT_NO_INDEX};

writ_verdict verdict_of(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::allowed:
            return WRIT_ALLOWED;
        case Verdict::explicit_deny:
            return WRIT_EXPLICIT_DENY;
        case Verdict::implicit_deny:
            break;
    }
    return WRIT_IMPLICIT_DENY;
}

writ_decider decider_of(Layer layer) noexcept {
    switch (layer) {
        case Layer::identity:
            return WRIT_BY_IDENTITY;
        case Layer::boundary:
            return WRIT_BY_BOUNDARY;
        case Layer::session:
            return WRIT_BY_SESSION;
        case Layer::trust:
            return WRIT_BY_TRUST;
        case Layer::resource:
            return WRIT_BY_RESOURCE;
        case Layer::scp:
            return WRIT_BY_SCP;
        case Layer::rcp:
            return WRIT_BY_RCP;
        case Layer::endpoint:
            return WRIT_BY_ENDPOINT;
        case Layer::root:
            return WRIT_BY_ROOT;
        case Layer::always:
            return WRIT_BY_NATURE;
        case Layer::none:
            break;
    }
    return WRIT_BY_NOTHING;
}

}  // namespace

writ_decision writ_decide(const writ_policies* policies, const writ_request* request) {
    if (policies == nullptr || request == nullptr) return no_decision;
    const writ::engine::Request* question = request->question.request();
    if (question == nullptr) return no_decision;
    const writ::engine::Decision decision = writ::engine::decide(policies->bundle.policies(), *question);
    static_assert(WRIT_NO_INDEX == writ::engine::StatementRef::npos);
    return {verdict_of(decision.verdict), decider_of(decision.decided_by), decision.statement.level,
            decision.statement.member, decision.statement.statement};
}

const char* writ_verdict_name(writ_verdict verdict) {
    switch (verdict) {
        case WRIT_ALLOWED:
            return "allowed";
        case WRIT_EXPLICIT_DENY:
            return "explicitDeny";
        case WRIT_IMPLICIT_DENY:
            break;
    }
    return "implicitDeny";
}

const char* writ_decider_name(writ_decider decider) {
    constexpr std::array<const char*, 9> names{"identity", "boundary", "session",  "trust", "resource",
                                               "scp",      "rcp",      "endpoint", "root"};
    const auto number = static_cast<std::size_t>(decider);
    return number < names.size() ? names[number] : "implicit";
}

const char* writ_version(void) {
    return WRIT_VERSION;
}
