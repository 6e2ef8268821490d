#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/internal/glob.h"
#include "engine/request.h"
#include "policy/document.h"

namespace writ::engine {

/// One entry of Action or NotAction (spec 2.2), folded to lower case.
struct ActionPattern {
    enum class Kind : std::uint8_t {
        never,    ///< No colon, or nothing before or behind it (spec A2).
        all,      ///< `*`, `*:*`
        exact,    ///< "s3:getobject": `hash` and `text`.
        service,  ///< "s3:get*": `hash` of the prefix, `name` behind the colon.
        globs,    ///< "s*:get*": both sides are globs (spec ?4).
    };
    Kind kind = Kind::never;
    std::uint64_t hash = 0;
    std::string_view text;  ///< exact: the action; service: its prefix.
    const Glob* service = nullptr;
    const Glob* name = nullptr;
};

struct ActionTable;

/// Action or NotAction of a statement. The patterns stand in any order.
struct ActionElement {
    bool negated = false;
    std::span<const ActionPattern> patterns;
    const ActionTable* table = nullptr;  ///< Of long lists only.
};

[[nodiscard]] ActionElement compile_actions(const policy::PatternElement& element, Arena& arena,
                                            std::vector<Token>& scratch);
/// Spec A1 to A4.
[[nodiscard]] bool matches(const ActionElement& element, const Request& request) noexcept;
[[nodiscard]] bool matches(const ActionPattern& pattern, const Request& request) noexcept;

}  // namespace writ::engine
