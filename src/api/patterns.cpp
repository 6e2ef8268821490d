#include "api/patterns.h"

#include <algorithm>
#include <array>
#include <re2/re2.h>

namespace writ::api {
namespace {

/// What RE2 has no words for, in words of its own that mean the same.
struct Equivalent {
    std::string_view pattern;
    std::string_view expression;
};
constexpr auto equivalents = std::to_array<Equivalent>({
    // No hyphen before a hyphen, none at the ends. The length is a constraint of its own.
    {"^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$", "[a-z0-9]+(-[a-z0-9]+)*"},
});

/// RE2 writes a code point as \x{20} where the models write \u0020.
std::string translate(std::string_view pattern) {
    const auto* known = std::ranges::find(equivalents, pattern, &Equivalent::pattern);
    if (known != equivalents.end()) return std::string(known->expression);
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '\\' || i + 1 == pattern.size()) {
            out += pattern[i];
        } else if (pattern[i + 1] == 'u' && i + 5 < pattern.size()) {
            out.append("\\x{").append(pattern.substr(i + 2, 4)).append("}");
            i += 5;
        } else {
            out.append(pattern.substr(i, 2));
            ++i;
        }
    }
    return out;
}

RE2::Options quiet() {
    RE2::Options options;
    options.set_log_errors(false);
    return options;
}

}  // namespace

struct Patterns::Compiled {
    explicit Compiled(std::string_view pattern) : expression(translate(pattern), quiet()) {}
    RE2 expression;
};

Patterns::Patterns() = default;
Patterns::~Patterns() = default;

const Patterns::Compiled& Patterns::get(std::string_view pattern) {
    const std::scoped_lock lock(mutex_);
    auto& slot = compiled_[pattern];
    if (slot == nullptr) slot = std::make_unique<Compiled>(pattern);
    return *slot;
}

bool Patterns::can_read(std::string_view pattern) {
    return get(pattern).expression.ok();
}

bool Patterns::matches(std::string_view pattern, std::string_view text) {
    const RE2& expression = get(pattern).expression;
    return expression.ok() && RE2::FullMatch(re2::StringPiece(text.data(), text.size()), expression);
}

}  // namespace writ::api
