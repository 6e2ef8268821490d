#include "engine/internal/action_pattern.h"

#include <algorithm>

#include "engine/internal/action_table.h"
#include "engine/internal/hash.h"

namespace writ::engine {
namespace {

bool has_wildcard(std::string_view text) noexcept {
    return text.find_first_of("*?") != std::string_view::npos;
}

const Glob* keep_glob(std::string_view text, Arena& arena, std::vector<Token>& scratch) {
    scratch.clear();
    tokenize(text, {.wildcards = true, .variables = false}, arena, scratch);
    const std::span<Glob> kept = arena.make<Glob>(1);
    kept[0] = compile_glob(scratch, arena);
    return kept.data();
}

ActionPattern compile_action(std::string_view written, Arena& arena, std::vector<Token>& scratch) {
    ActionPattern pattern;
    if (written == "*" || written == "*:*") {
        pattern.kind = ActionPattern::Kind::all;
        return pattern;
    }
    const std::string_view folded = arena.keep_folded(written);
    const std::size_t colon = folded.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == folded.size()) return pattern;
    const std::string_view service = folded.substr(0, colon), name = folded.substr(colon + 1);
    if (has_wildcard(service)) {
        pattern.kind = ActionPattern::Kind::globs;
        pattern.service = keep_glob(service, arena, scratch);
        pattern.name = keep_glob(name, arena, scratch);
    } else if (has_wildcard(name)) {
        pattern.kind = ActionPattern::Kind::service;
        pattern.hash = hash_text(service);
        pattern.text = service;
        pattern.name = keep_glob(name, arena, scratch);
    } else {
        pattern.kind = ActionPattern::Kind::exact;
        pattern.hash = hash_text(folded);
        pattern.text = folded;
    }
    return pattern;
}

}  // namespace

ActionElement compile_actions(const policy::PatternElement& element, Arena& arena,
                              std::vector<Token>& scratch) {
    const std::span<ActionPattern> patterns = arena.make<ActionPattern>(element.patterns.size());
    std::ranges::transform(element.patterns, patterns.begin(), [&](const policy::Scalar& scalar) {
        return compile_action(scalar.text, arena, scratch);
    });
    ActionElement compiled{element.negated, patterns, nullptr};
    if (is_long_list(patterns.size())) {
        const std::span<ActionTable> table = arena.make<ActionTable>(1);
        table[0] = make_action_table(patterns, arena);
        compiled.table = table.data();
    }
    return compiled;
}

bool matches(const ActionPattern& pattern, const Request& request) noexcept {
    switch (pattern.kind) {
        case ActionPattern::Kind::never:
            return false;
        case ActionPattern::Kind::all:
            return true;
        case ActionPattern::Kind::exact:
            return pattern.hash == request.action_hash() && pattern.text == request.folded_action();
        case ActionPattern::Kind::service:
            return pattern.hash == request.service_hash() && pattern.text == request.folded_service() &&
                   !request.folded_name().empty() &&
                   matches(*pattern.name, request.folded_name(), request.context());
        case ActionPattern::Kind::globs:
            return !request.folded_name().empty() &&
                   matches(*pattern.service, request.folded_service(), request.context()) &&
                   matches(*pattern.name, request.folded_name(), request.context());
    }
    return false;
}

bool matches(const ActionElement& element, const Request& request) noexcept {
    const bool any = element.table != nullptr
                         ? matches_any(*element.table, request)
                         : std::ranges::any_of(element.patterns, [&](const ActionPattern& pattern) {
                               return matches(pattern, request);
                           });
    return any != element.negated;
}

}  // namespace writ::engine
