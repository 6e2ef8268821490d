#include "engine/internal/resource_pattern.h"

#include <algorithm>

namespace writ::engine {
namespace {

using policy::PolicyType;

// Spec R6: whether a pattern with fewer than six parts is filled up with stars.
bool fills_short_arn(std::string_view text, PolicyType type) noexcept {
    switch (type) {
        case PolicyType::identity:
        case PolicyType::boundary:
            return true;
        case PolicyType::resource:
        case PolicyType::trust:
        case PolicyType::endpoint: {
            const std::size_t colon = text.rfind(':');
            const std::size_t last = colon == std::string_view::npos ? 0 : colon + 1;
            return text.find_first_of("*?", last) != std::string_view::npos;
        }
        case PolicyType::scp:
            return text.ends_with('*') || text.ends_with('?');
        case PolicyType::session:
        case PolicyType::rcp:
            return false;
    }
    return false;
}

ResourcePattern compile_resource(std::string_view text, PolicyType type, bool variables, Arena& arena,
                                 std::vector<Token>& scratch) {
    if (text == "*") return {ResourcePattern::Kind::all, {}};
    const auto arn = compile_arn_pattern(text, variables, fills_short_arn(text, type), arena, scratch);
    if (!arn) return {};
    return {ResourcePattern::Kind::arn, *arn};
}

bool is_unresolved(const ResourcePattern& pattern, const Context& context) noexcept {
    return pattern.arn.tail.has_variables && has_unresolved(pattern.arn.tail.tokens, context);
}

}  // namespace

ResourceElement compile_resources(const policy::PatternElement& element, policy::Effect effect,
                                  PolicyType type, bool variables, Arena& arena,
                                  std::vector<Token>& scratch) {
    const std::span<ResourcePattern> patterns = arena.make<ResourcePattern>(element.patterns.size());
    std::ranges::transform(element.patterns, patterns.begin(), [&](const policy::Scalar& scalar) {
        return compile_resource(scalar.text, type, variables, arena, scratch);
    });
    return {element.negated, effect, patterns};
}

bool matches(const ResourcePattern& pattern, const Request& request) noexcept {
    if (pattern.kind == ResourcePattern::Kind::all) return true;
    if (pattern.kind == ResourcePattern::Kind::never || !request.resource_is_arn()) return false;  // R9
    return matches(pattern.arn, SplitArn{request.resource(), request.part_begins(), true}, request.context());
}

bool matches(const ResourceElement& element, const Request& request) noexcept {
    const bool any = std::ranges::any_of(
        element.patterns, [&](const ResourcePattern& pattern) { return matches(pattern, request); });
    if (!element.negated) return any;
    if (any) return false;
    // R11, ?7: nobody knows what the pattern would exempt, so an Allow keeps out and a Deny applies.
    return element.effect == policy::Effect::deny ||
           std::ranges::none_of(element.patterns, [&](const ResourcePattern& pattern) {
               return is_unresolved(pattern, request.context());
           });
}

std::string index_prefix(const ResourcePattern& pattern) {
    if (pattern.kind != ResourcePattern::Kind::arn) return {};
    const Glob& tail = pattern.arn.tail;
    if (tail.kind != Glob::Kind::literal) return std::string(tail.prefix);
    if (!pattern.arn.literal_head) {
        const Glob& account = pattern.arn.head_parts[4];
        return make_index_key(tail.prefix, account.prefix);
    }
    const std::string_view head = pattern.arn.head.substr(0, pattern.arn.head.size() - 1);
    return make_index_key(tail.prefix, head.substr(head.rfind(':') + 1));
}

}  // namespace writ::engine
