#include "cases/documents.h"
#include "embed/handles.h"
#include "policy/parse.h"

namespace {

using writ::cases::PolicyText;
using writ::embed::Bundle;
using writ::embed::Failure;
using writ::embed::guarded;
using writ::embed::invalid;
using writ::policy::PolicyType;

// The policies of AWS have up to 152,000 characters, more than IAM stores for its users.
constexpr std::size_t characters_max = std::size_t{1} << 24U;

std::optional<PolicyType> type_of(writ_policy_type type) noexcept {
    switch (type) {
        case WRIT_IDENTITY:
            return PolicyType::identity;
        case WRIT_BOUNDARY:
            return PolicyType::boundary;
        case WRIT_SESSION:
            return PolicyType::session;
        case WRIT_TRUST:
            return PolicyType::trust;
        case WRIT_RESOURCE:
            return PolicyType::resource;
        case WRIT_SCP:
            return PolicyType::scp;
        case WRIT_RCP:
            return PolicyType::rcp;
        case WRIT_ENDPOINT:
            return PolicyType::endpoint;
    }
    return std::nullopt;
}

std::string text_or_empty(const char* text) {
    return text != nullptr ? text : "";
}

writ::engine::PolicySource source_of(const writ_policy_source* source) {
    if (source == nullptr) return {};
    return {text_or_empty(source->name), text_or_empty(source->arn), text_or_empty(source->attached_to)};
}

Failure failure_of(const writ::policy::Diagnostic& diagnostic) {
    return {WRIT_INVALID_POLICY, diagnostic.message + " " + diagnostic.hint, diagnostic.span.begin};
}

// Works on a copy, which shares what is compiled, so that a failure changes nothing.
template <class Change>
writ_status change(writ_policies* policies, writ_policy_type type, writ_error* error, const Change& apply) {
    return guarded(error, [&]() -> std::optional<Failure> {
        if (policies == nullptr) return invalid("policies is NULL.");
        const std::optional<PolicyType> known = type_of(type);
        if (!known) return invalid("There is no such policy type.");
        Bundle changed = policies->bundle;
        if (auto failure = apply(changed, *known)) return failure;
        policies->bundle = std::move(changed);
        return std::nullopt;
    });
}

}  // namespace

writ_policies* writ_policies_new(void) {
    return new (std::nothrow) writ_policies;
}

void writ_policies_free(writ_policies* policies) {
    delete policies;
}

writ_status writ_policies_add(writ_policies* policies, writ_policy_type type, uint32_t level,
                              const writ_policy_source* source, const char* json, writ_error* error) {
    return change(policies, type, error, [&](Bundle& bundle, PolicyType known) -> std::optional<Failure> {
        if (json == nullptr) return invalid("json is NULL.");
        auto parsed = writ::policy::parse(json, {.characters_max = characters_max, .type = known});
        if (!parsed) return failure_of(parsed.error());
        PolicyText text;
        text.document = std::move(*parsed);
        text.source = source_of(source);
        return bundle.add(known, level, std::move(text));
    });
}

writ_status writ_policies_add_managed(writ_policies* policies, writ_policy_type type, uint32_t level,
                                      const char* arn, writ_error* error) {
    return change(policies, type, error, [&](Bundle& bundle, PolicyType known) -> std::optional<Failure> {
        const std::string_view wanted = arn != nullptr ? arn : "";
        if (!wanted.starts_with("arn:")) return invalid("arn is no ARN.");
        auto loaded = writ::cases::Documents({}).load(wanted, {}, {});
        if (!loaded) return Failure{WRIT_NOT_FOUND, std::move(loaded.error().message), {}};
        return bundle.add(known, level, std::move(*loaded));
    });
}

writ_status writ_policies_require(writ_policies* policies, writ_policy_type type, uint32_t level,
                                  writ_error* error) {
    return change(policies, type, error,
                  [&](Bundle& bundle, PolicyType known) { return bundle.require(known, level); });
}
