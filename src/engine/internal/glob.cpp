#include "engine/internal/glob.h"

#include <algorithm>
#include <cstring>

namespace writ::engine {
namespace {

using Kind = Token::Kind;

// A place in UTF-8 text, counted in UTF-16 units: `half` is set between the surrogates of one character.
struct Place {
    std::size_t byte = 0;
    bool half = false;

    [[nodiscard]] bool at_end(std::string_view text) const noexcept { return byte >= text.size() && !half; }
    // One unit on. Bytes that are no UTF-8 count as one unit each. REQUIRES: not at the end.
    void advance(std::string_view text) noexcept {
        const std::size_t length = character_length(text.substr(byte));
        if (length == 4 && !half) {
            half = true;
            return;
        }
        half = false;
        byte += length;
    }

  private:
    static std::size_t character_length(std::string_view text) noexcept {
        const auto lead = static_cast<unsigned char>(text.front());
        const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : 1;
        if (length > text.size()) return 1;
        const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
        return std::ranges::all_of(text.substr(1, length - 1), continues) ? length : 1;
    }
};

bool is_literal(const Token& token) noexcept {
    return token.kind == Kind::literal;
}

// Literals and stars in turn, at least one star: what prefix, pieces and suffix can express.
bool alternates(std::span<const Token> tokens) noexcept {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].kind != Kind::literal && tokens[i].kind != Kind::any) return false;
        if (i > 0 && is_literal(tokens[i]) && is_literal(tokens[i - 1])) return false;
    }
    return tokens.size() > 1;
}

Glob pieces_glob(std::span<const Token> tokens, Arena& arena) {
    Glob glob{Glob::Kind::pieces, false, {}, {}, {}};
    if (is_literal(tokens.front())) {
        glob.prefix = tokens.front().text;
        tokens = tokens.subspan(1);
    }
    if (tokens.size() == 1) {
        glob.kind = Glob::Kind::prefix;
        return glob;
    }
    if (is_literal(tokens.back())) {
        glob.suffix = tokens.back().text;
        tokens = tokens.first(tokens.size() - 1);
    }
    const std::span<Token> kept = arena.make<Token>(tokens.size() / 2);
    std::ranges::copy_if(tokens, kept.begin(), is_literal);
    glob.tokens = kept;
    return glob;
}

}  // namespace

Glob compile_glob(std::span<const Token> tokens, Arena& arena) {
    if (tokens.empty()) return {};
    if (tokens.size() == 1 && is_literal(tokens[0]))
        return {Glob::Kind::literal, false, tokens[0].text, {}, {}};
    if (tokens.size() == 1 && tokens[0].kind == Kind::any) return {Glob::Kind::any, false, {}, {}, {}};
    if (alternates(tokens)) return pieces_glob(tokens, arena);
    Glob glob{Glob::Kind::tokens, false, {}, {}, arena.keep(tokens)};
    if (is_literal(tokens.front())) glob.prefix = tokens.front().text;
    glob.has_variables = std::ranges::any_of(tokens, [](const Token& t) { return t.kind == Kind::variable; });
    return glob;
}

bool matches_pieces(const Glob& glob, std::string_view text) noexcept {
    if (text.size() < glob.prefix.size() + glob.suffix.size()) return false;
    if (!text.starts_with(glob.prefix) || !text.ends_with(glob.suffix)) return false;
    text.remove_prefix(glob.prefix.size());
    text.remove_suffix(glob.suffix.size());
    for (const Token& piece : glob.tokens) {
        const void* found = ::memmem(text.data(), text.size(), piece.text.data(), piece.text.size());
        if (found == nullptr) return false;
        const auto skipped = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
        text.remove_prefix(skipped + piece.text.size());
    }
    return true;
}

bool matches_tokens(const TokenRange& range, std::string_view text, const Context& context) noexcept {
    constexpr std::size_t no_star = static_cast<std::size_t>(-1);
    const std::span<const Token> tokens = range.tokens;
    std::size_t at = 0, after_star = no_star;
    Place place, star_place;
    for (;;) {
        bool stuck = false;
        if (at == tokens.size()) {
            if (place.at_end(text)) return true;
            stuck = true;
        } else if (tokens[at].kind == Kind::any) {
            after_star = ++at;
            star_place = place;
            if (at == tokens.size()) return true;
        } else if (tokens[at].kind == Kind::one) {
            if (place.at_end(text)) return false;
            place.advance(text);
            ++at;
        } else {
            const auto piece = range.piece(at, context);
            if (!piece) return false;
            if (piece->empty()) {
                ++at;
            } else if (!place.half && text.substr(place.byte).starts_with(*piece)) {
                place.byte += piece->size();
                ++at;
            } else {
                stuck = true;
            }
        }
        if (!stuck) continue;
        if (after_star == no_star || star_place.at_end(text)) return false;
        star_place.advance(text);
        place = star_place;
        at = after_star;
    }
}

}  // namespace writ::engine
