#include "engine/internal/arn_pattern.h"

#include <algorithm>

namespace writ::engine {
namespace {

constexpr std::size_t head_parts_count = 5;

// Moves along the colons of a token sequence, those of variable values included.
class ColonScanner {
  public:
    ColonScanner(std::span<const Token> tokens, const Context& context) noexcept
        : tokens_(tokens), context_(context) {}

    /// The range up to the next colon, and moves behind it; nothing when no colon is left.
    std::optional<TokenRange> next_part() noexcept {
        for (std::size_t i = token_; i < tokens_.size(); ++i) {
            const std::string_view text = text_of(i);
            const std::size_t from = i == token_ ? offset_ : 0;
            const std::size_t colon = from < text.size() ? text.find(':', from) : std::string_view::npos;
            if (colon == std::string_view::npos) continue;
            const TokenRange part{tokens_.subspan(token_, i - token_ + 1), offset_, colon};
            token_ = i;
            offset_ = colon + 1;
            return part;
        }
        return std::nullopt;
    }
    [[nodiscard]] TokenRange rest() const noexcept {
        return {tokens_.subspan(token_), offset_, TokenRange::whole};
    }

  private:
    std::string_view text_of(std::size_t index) const noexcept {
        const Token& token = tokens_[index];
        if (token.kind == Token::Kind::any || token.kind == Token::Kind::one) return {};
        return resolve(token, context_).value_or(std::string_view{});
    }

    std::span<const Token> tokens_;
    const Context& context_;
    std::size_t token_ = 0, offset_ = 0;
};

Glob glob_of(std::string_view text, TokenRules rules, Arena& arena, std::vector<Token>& scratch) {
    scratch.clear();
    tokenize(text, rules, arena, scratch);
    return compile_glob(scratch, arena);
}

}  // namespace

SplitArn split_arn(std::string_view text) noexcept {
    SplitArn arn{text, {}, false};
    if (!text.starts_with("arn:") || text.size() >= 0xFFFFFFFFU) return arn;
    std::size_t at = 0;
    for (std::size_t part = 1; part < arn.begin.size(); ++part) {
        at = text.find(':', at);
        if (at == std::string_view::npos) return arn;
        arn.begin[part] = static_cast<std::uint32_t>(++at);
    }
    arn.valid = true;
    return arn;
}

std::string make_index_key(std::string_view resource_part, std::string_view account) {
    std::string key;
    key.reserve(resource_part.size() + 1 + account.size());
    return key.append(resource_part).append(1, '\0').append(account);
}

bool matches(const ArnPattern& pattern, const SplitArn& arn, const Context& context) noexcept {
    if (pattern.literal_head) {
        if (arn.head() != pattern.head) return false;
    } else {
        for (std::size_t i = 0; i < head_parts_count; ++i) {
            if (!matches(pattern.head_parts[i], arn.part(i), context)) return false;
        }
    }
    return matches(pattern.tail, arn.part(5), context);
}

std::optional<ArnPattern> compile_arn_pattern(std::string_view text, bool variables, bool fill, Arena& arena,
                                              std::vector<Token>& scratch) {
    std::array<std::string_view, 6> parts;
    std::size_t count = 0;
    std::string_view rest = text;
    while (count < head_parts_count) {
        const std::size_t colon = rest.find(':');
        parts[count++] = rest.substr(0, colon);
        if (colon == std::string_view::npos) {
            rest = {};
            break;
        }
        rest.remove_prefix(colon + 1);
        if (count == head_parts_count) parts[count++] = rest;
    }
    const bool filled = count < parts.size();
    if (filled && !fill) return std::nullopt;
    for (; count < parts.size(); ++count) parts[count] = "*";

    ArnPattern pattern;
    const auto is_plain = [](std::string_view part) {
        return part.find_first_of("*?") == std::string_view::npos;
    };
    const std::span<const std::string_view> head_parts(parts.data(), head_parts_count);
    if (!filled && std::ranges::all_of(head_parts, is_plain)) {
        pattern.literal_head = true;
        pattern.head = text.substr(0, static_cast<std::size_t>(parts[5].data() - text.data()));
    } else {
        const std::span<Glob> globs = arena.make<Glob>(head_parts_count);
        for (std::size_t i = 0; i < head_parts_count; ++i) {
            globs[i] = glob_of(parts[i], {.wildcards = true, .variables = false}, arena, scratch);
        }
        pattern.head_parts = globs;
    }
    pattern.tail = glob_of(parts[5], {.wildcards = true, .variables = variables}, arena, scratch);
    return pattern;
}

bool matches_substituted_arn(std::span<const Token> tokens, const SplitArn& arn,
                             const Context& context) noexcept {
    ColonScanner scanner(tokens, context);
    for (std::size_t i = 0; i < head_parts_count; ++i) {
        const auto part = scanner.next_part();
        if (!part || !matches_tokens(*part, arn.part(i), context)) return false;
    }
    return matches_tokens(scanner.rest(), arn.part(5), context);
}

bool is_short_arn(std::span<const Token> tokens, const Context& context) noexcept {
    if (has_unresolved(tokens, context)) return false;
    ColonScanner scanner(tokens, context);
    for (std::size_t i = 0; i < head_parts_count; ++i) {
        if (!scanner.next_part()) return true;
    }
    return false;
}

}  // namespace writ::engine
