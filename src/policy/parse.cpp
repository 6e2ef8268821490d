#include "policy/parse.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "policy/internal/length_limit.h"
#include "policy/internal/lexer.h"
#include "policy/internal/repeated_name.h"
#include "policy/internal/suggest.h"
#include "policy/operators.h"

namespace writ::policy {

using internal::did_you_mean;
using internal::Lexer;
using internal::quoted;
using internal::repeated_name;
using internal::Token;
using internal::TokenKind;

namespace {

constexpr std::string_view syntax_message = "Syntax errors in policy.";
constexpr std::string_view invalid_json_message = "This policy contains invalid Json";  // Spec ?27.

constexpr auto policy_elements = std::to_array<std::string_view>({"Version", "Id", "Statement"});
constexpr auto statement_elements =
    std::to_array<std::string_view>({"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction",
                                     "Resource", "NotResource", "Condition"});

struct PrincipalTypeName {
    std::string_view text;
    PrincipalType type;
};
constexpr auto principal_types = std::to_array<PrincipalTypeName>({
    {"AWS", PrincipalType::aws},
    {"Federated", PrincipalType::federated},
    {"Service", PrincipalType::service},
    {"CanonicalUser", PrincipalType::canonical_user},
});
constexpr auto principal_type_names =
    std::to_array<std::string_view>({"AWS", "Federated", "Service", "CanonicalUser"});

std::size_t count(std::string_view text, std::string_view piece) noexcept {
    std::size_t found = 0;
    for (std::size_t at = text.find(piece); at != std::string_view::npos; at = text.find(piece, at + 1)) {
        ++found;
    }
    return found;
}

// What a text is made of, as far as its quotes tell.
struct Tally {
    explicit Tally(std::string_view text) noexcept {
        std::size_t quotes = 0;
        for (std::size_t at = text.find('"'); at != std::string_view::npos; at = text.find('"', at + 1)) {
            ++quotes;
            if (!text.substr(at + 1).starts_with(':')) continue;
            ++members;
            const std::size_t value = text.find_first_not_of(' ', at + 2);
            if (value != std::string_view::npos && !std::string_view("\"{[\n").contains(text[value]))
                ++bare_values;
        }
        strings = quotes / 2 - std::min(quotes / 2, members);
        objects = static_cast<std::size_t>(std::ranges::count(text, '{')) - count(text, "${");
    }

    std::size_t strings = 0;  // But for names.
    std::size_t bare_values = 0;
    std::size_t members = 0;
    std::size_t objects = 0;
};

// What a document of that text keeps, or a little more; less for rare texts only. Documents of principals are
// kept by the hundred thousand: memory that is taken and not used would be most of what they take.
std::size_t bytes_kept(std::string_view text) noexcept {
    const Tally tally(text);
    const auto statements = static_cast<std::ptrdiff_t>(count(text, "\"Effect\""));
    const auto sids = static_cast<std::ptrdiff_t>(count(text, "\"Sid\""));
    // The texts of Effect and Sid stand inside of their statement.
    const auto scalars = static_cast<std::ptrdiff_t>(tally.strings + tally.bare_values) - statements - sids;
    // Members of policy, statements and maps of operators are no condition keys: those that a statement has
    // in any case, Sid, and one for each object inside of it.
    const auto inner_objects = static_cast<std::ptrdiff_t>(tally.objects) - statements - 1;
    const auto keys = static_cast<std::ptrdiff_t>(tally.members) - 3 * statements - sids - inner_objects - 1;
    const auto bytes = [](std::ptrdiff_t things, std::size_t each) {
        return static_cast<std::size_t>(std::max<std::ptrdiff_t>(things, 0)) * each;
    };
    return text.size() + bytes(scalars, sizeof(Scalar)) + bytes(keys, sizeof(Condition)) +
           bytes(statements, sizeof(Statement)) + 64;
}

}  // namespace

Document::Document(Access /*only from parse*/, std::string_view text) : arena_(bytes_kept(text)) {
    auto* const copy = static_cast<char*>(arena_.allocate(text.size() + 1, 1));
    std::ranges::copy(text, copy);
    text_ = {copy, text.size()};
}

// Reads tokens left to right by the grammar of spec 1.2, which nests six levels deep; anything deeper is a
// defect, so nothing here recurs. Every function is entered at the first token of what it reads and leaves
// at the token behind it. Those that return bool return false after noting the first defect.
class DocumentBuilder {
  public:
    explicit DocumentBuilder(std::string_view text)
        : document_(std::make_shared<Document>(Document::Access(), text)), lexer_(document_->text()) {
        lexer_.advance();
    }

    bool build();
    [[nodiscard]] DocumentPtr document() && { return std::move(document_); }
    [[nodiscard]] Diagnostic diagnostic() && { return std::move(diagnostic_); }

  private:
    // Tokens.
    [[nodiscard]] const Token& token() const noexcept { return lexer_.token(); }
    [[nodiscard]] bool at(TokenKind kind) const noexcept { return token().kind == kind; }
    void advance() noexcept {
        end_of_last_ = token().span.end;
        lexer_.advance();
    }
    [[nodiscard]] Scalar scalar();
    [[nodiscard]] Span from(const Position& begin) const noexcept { return {begin, end_of_last_}; }

    // Defects.
    bool fail(const Span& span, std::string hint);
    bool unexpected(std::string_view wanted);
    bool repeated(const Scalar& name) {
        return fail(name.span, quoted(name.text) + " stands here twice. Keep one.");
    }

    // Grammar.
    template <class OnMember>
    bool object(OnMember&& on_member);
    template <class OnItem>
    bool array(std::string_view wanted, OnItem&& on_item);
    bool string(std::string_view element, std::optional<Scalar>& out);
    bool strings(std::string_view element, bool& is_array);
    bool policy_element(const Scalar& name);
    bool version();
    bool statements();
    bool statement();
    bool statement_element(const Scalar& name, Statement& statement);
    bool complete(const Statement& statement);
    bool effect(Statement& statement);
    bool patterns(const Scalar& name, bool negated, std::optional<PatternElement>& out);
    bool principal(const Scalar& name, bool negated, std::optional<PrincipalElement>& out);
    bool principal_map();
    bool condition(const Scalar& name, Statement& statement);
    bool condition_keys(const Scalar& operator_name);
    bool condition_values(const Scalar& key, Condition& condition);

    template <class T>
    std::span<const T> keep(const std::pmr::vector<T>& items) {
        if (items.empty()) return {};
        auto* const copy = static_cast<T*>(document_->arena_.allocate(items.size() * sizeof(T), alignof(T)));
        std::uninitialized_copy(items.begin(), items.end(), copy);
        return {copy, items.size()};
    }

    std::shared_ptr<Document> document_;
    Lexer lexer_;
    Position end_of_last_;
    Diagnostic diagnostic_;

    // Lists while they grow; documents of ordinary size never leave this buffer.
    alignas(std::max_align_t) std::array<std::byte, 8192> buffer_;
    std::pmr::monotonic_buffer_resource scratch_{buffer_.data(), buffer_.size()};
    std::pmr::vector<Scalar> scalars_{&scratch_};
    std::pmr::vector<PrincipalEntry> entries_{&scratch_};
    std::pmr::vector<Condition> conditions_{&scratch_};
    std::pmr::vector<Scalar> names_{&scratch_};
    std::pmr::vector<Scalar> operator_names_{&scratch_};
    std::pmr::vector<Statement> statements_{&scratch_};
};

Scalar DocumentBuilder::scalar() {
    const Token& t = token();
    const Lexeme lexeme = t.kind == TokenKind::number    ? Lexeme::number
                          : t.kind == TokenKind::boolean ? Lexeme::boolean
                                                         : Lexeme::string;
    Scalar out{t.text, lexeme, t.span};
    if (lexeme == Lexeme::string && t.escaped) {
        auto* const copy = static_cast<char*>(document_->arena_.allocate(t.text.size(), 1));
        out.text = {copy, internal::decode(t, copy)};
    }
    return out;
}

bool DocumentBuilder::fail(const Span& span, std::string hint) {
    diagnostic_ = {DiagnosticCode::syntax, std::string(syntax_message), std::move(hint), span};
    return false;
}

bool DocumentBuilder::unexpected(std::string_view wanted) {
    const std::string want(wanted);
    if (at(TokenKind::bad)) return fail(token().span, std::string(internal::hint(token().defect)));
    if (at(TokenKind::end)) return fail(token().span, "The text ends here, where " + want + " should stand.");
    return fail(token().span, "Here should stand " + want + ", not " + quoted(token().text) + ".");
}

// `on_member(name)` is called at each value and must read it.
template <class OnMember>
bool DocumentBuilder::object(OnMember&& on_member) {
    advance();
    if (at(TokenKind::end_object)) {
        advance();
        return true;
    }
    for (;;) {
        if (!at(TokenKind::string)) return unexpected("a member name in double quotes");
        const Scalar name = scalar();
        advance();
        if (!at(TokenKind::colon)) return unexpected("a colon");
        advance();
        if (!on_member(name)) return false;
        if (at(TokenKind::end_object)) break;
        if (!at(TokenKind::comma)) return unexpected("a comma or a closing brace");
        const Span comma = token().span;
        advance();
        if (at(TokenKind::end_object)) return fail(comma, "Remove the comma behind the last member.");
    }
    advance();
    return true;
}

// `on_item()` is called at each item and must read it.
template <class OnItem>
bool DocumentBuilder::array(std::string_view wanted, OnItem&& on_item) {
    advance();
    if (at(TokenKind::end_array)) {
        advance();
        return true;
    }
    for (;;) {
        if (at(TokenKind::bad) || at(TokenKind::end)) return unexpected(wanted);
        if (!on_item()) return false;
        if (at(TokenKind::end_array)) break;
        if (!at(TokenKind::comma)) return unexpected("a comma or a closing bracket");
        const Span comma = token().span;
        advance();
        if (at(TokenKind::end_array)) return fail(comma, "Remove the comma behind the last item.");
    }
    advance();
    return true;
}

bool DocumentBuilder::string(std::string_view element, std::optional<Scalar>& out) {
    if (!at(TokenKind::string)) return unexpected("the text of " + std::string(element));
    out = scalar();
    advance();
    return true;
}

// A string or an array of strings, into scalars_.
bool DocumentBuilder::strings(std::string_view element, bool& is_array) {
    scalars_.clear();
    const auto one = [&] {
        if (!at(TokenKind::string))
            return unexpected("a string or a list of strings for " + std::string(element));
        scalars_.push_back(scalar());
        advance();
        return true;
    };
    is_array = at(TokenKind::begin_array);
    return is_array ? array("a string", one) : one();
}

bool DocumentBuilder::build() {
    if (!at(TokenKind::begin_object)) return unexpected("the opening brace of the policy");
    const Position begin = token().span.begin;
    if (!object([&](const Scalar& name) { return policy_element(name); })) return false;
    document_->span_ = from(begin);
    if (!at(TokenKind::end)) return unexpected("the end of the text");
    if (statements_.empty())
        return fail(document_->span_, "A policy needs a Statement: an object or a list of them.");
    document_->statements_ = keep(statements_);
    return true;
}

bool DocumentBuilder::policy_element(const Scalar& name) {
    if (name.text == "Statement") return statements_.empty() ? statements() : repeated(name);
    if (name.text == "Version") return document_->version_element_ ? repeated(name) : version();
    if (name.text == "Id") return document_->id_ ? repeated(name) : string(name.text, document_->id_);
    return fail(name.span, quoted(name.text) + " is no element of a policy; names are case-sensitive." +
                               did_you_mean(name.text, policy_elements));
}

bool DocumentBuilder::version() {
    if (!at(TokenKind::string)) return unexpected("the text of Version");
    const Scalar version = scalar();
    document_->version_element_ = version;
    advance();
    const bool v2012 = version.text == "2012-10-17";
    document_->version_ = v2012 ? Version::v2012_10_17 : Version::v2008_10_17;
    return v2012 || version.text == "2008-10-17" ||
           fail(version.span,
                "Version is the version of the policy language, not of your policy: write \"2012-10-17\".");
}

bool DocumentBuilder::statements() {
    document_->statement_is_array_ = at(TokenKind::begin_array);
    if (!document_->statement_is_array_) return statement();
    const Position begin = token().span.begin;
    if (!array("a statement", [&] { return statement(); })) return false;
    return !statements_.empty() || fail(from(begin), "A policy needs at least one statement.");
}

bool DocumentBuilder::statement() {
    if (!at(TokenKind::begin_object)) return unexpected("a statement in braces");
    Statement& statement = statements_.emplace_back();
    statement.span.begin = token().span.begin;
    if (!object([&](const Scalar& name) { return statement_element(name, statement); })) return false;
    statement.span = from(statement.span.begin);
    return complete(statement);
}

bool DocumentBuilder::statement_element(const Scalar& name, Statement& statement) {
    const std::string_view text = name.text;
    if (text == "Effect") return statement.effect_text.text.empty() ? effect(statement) : repeated(name);
    if (text == "Action") return patterns(name, false, statement.action);
    if (text == "Resource") return patterns(name, false, statement.resource);
    if (text == "Condition")
        return statement.has_condition_element ? repeated(name) : condition(name, statement);
    if (text == "Sid") return statement.sid ? repeated(name) : string(text, statement.sid);
    if (text == "Principal") return principal(name, false, statement.principal);
    if (text == "NotAction") return patterns(name, true, statement.action);
    if (text == "NotResource") return patterns(name, true, statement.resource);
    if (text == "NotPrincipal") return principal(name, true, statement.principal);
    return fail(name.span, quoted(text) + " is no element of a statement; names are case-sensitive." +
                               did_you_mean(text, statement_elements));
}

bool DocumentBuilder::complete(const Statement& statement) {
    return !statement.effect_text.text.empty() ||
           fail(statement.span, "The statement has no Effect: say \"Allow\" or \"Deny\".");
}

// Step 1 refuses words that are not allow or deny in any case; step 3, in validate(), the wrong case.
bool DocumentBuilder::effect(Statement& statement) {
    if (!at(TokenKind::string)) return unexpected("\"Allow\" or \"Deny\"");
    const Scalar word = scalar();
    const bool allow = equals_ignoring_case(word.text, "Allow");
    if (!allow && !equals_ignoring_case(word.text, "Deny"))
        return fail(word.span, "Effect is \"Allow\" or \"Deny\", not " + quoted(word.text) + ".");
    statement.effect = allow ? Effect::allow : Effect::deny;
    statement.effect_text = word;
    advance();
    return true;
}

bool DocumentBuilder::patterns(const Scalar& name, bool negated, std::optional<PatternElement>& out) {
    if (out && out->negated == negated) return repeated(name);
    if (out) {
        const std::string_view plain = negated ? name.text.substr(3) : name.text;
        return fail(name.span, "A statement takes " + std::string(plain) + " or Not" + std::string(plain) +
                                   ", not both. Split it into two.");
    }
    PatternElement& element = out.emplace();
    element.negated = negated;
    if (!strings(name.text, element.is_array)) return false;
    element.patterns = keep(scalars_);
    element.span = from(name.span.begin);
    return true;
}

bool DocumentBuilder::principal(const Scalar& name, bool negated, std::optional<PrincipalElement>& out) {
    if (out && out->negated == negated) return repeated(name);
    if (out)
        return fail(name.span, "A statement takes Principal or NotPrincipal, not both. Split it into two.");
    PrincipalElement& element = out.emplace();
    element.negated = negated;
    entries_.clear();
    if (at(TokenKind::string)) {
        const Scalar value = scalar();
        const bool everyone = value.text == "*";
        entries_.push_back({everyone ? PrincipalType::everyone : PrincipalType::aws, value, !everyone});
        advance();
    } else if (at(TokenKind::begin_object)) {
        if (!principal_map()) return false;
    } else {
        return unexpected("\"*\" or a map such as {\"AWS\": …}");
    }
    element.entries = keep(entries_);
    element.span = from(name.span.begin);
    return true;
}

bool DocumentBuilder::principal_map() {
    names_.clear();
    const auto member = [&](const Scalar& name) {
        const auto* const row = std::ranges::find(principal_types, name.text, &PrincipalTypeName::text);
        if (row == principal_types.end())
            return fail(name.span, quoted(name.text) +
                                       " is no type of principal: AWS, Federated, Service or CanonicalUser." +
                                       did_you_mean(name.text, principal_type_names));
        names_.push_back(name);
        if (const Scalar* second = repeated_name(names_)) return repeated(*second);
        bool is_array = false;
        if (!strings(name.text, is_array)) return false;
        for (const Scalar& value : scalars_) entries_.push_back({row->type, value, false});
        return true;
    };
    return object(member);
}

bool DocumentBuilder::condition(const Scalar& name, Statement& statement) {
    if (!at(TokenKind::begin_object)) return unexpected("a map from operators to condition keys");
    statement.has_condition_element = true;
    conditions_.clear();
    operator_names_.clear();
    const auto member = [&](const Scalar& operator_name) {
        operator_names_.push_back(operator_name);
        return condition_keys(operator_name);
    };
    if (!object(member)) return false;
    if (const Scalar* second = repeated_name(operator_names_)) return repeated(*second);
    statement.conditions = keep(conditions_);
    statement.condition_span = from(name.span.begin);
    return true;
}

// Two keys that differ only in case are two keys (spec G5).
bool DocumentBuilder::condition_keys(const Scalar& operator_name) {
    if (!at(TokenKind::begin_object)) return unexpected("a map from condition keys to values");
    const auto op = parse_operator(operator_name.text);
    names_.clear();
    const auto member = [&](const Scalar& key) {
        names_.push_back(key);
        Condition& condition = conditions_.emplace_back();
        condition.op = op;
        condition.operator_name = operator_name;
        condition.key = key;
        return condition_values(key, condition);
    };
    if (!object(member)) return false;
    const Scalar* const second = repeated_name(names_);
    return second == nullptr || repeated(*second);
}

bool DocumentBuilder::condition_values(const Scalar& key, Condition& condition) {
    scalars_.clear();
    const auto one = [&] {
        if (!at(TokenKind::string) && !at(TokenKind::number) && !at(TokenKind::boolean))
            return unexpected("a string, number or boolean, or a list of them, for " + quoted(key.text));
        scalars_.push_back(scalar());
        advance();
        return true;
    };
    condition.is_array = at(TokenKind::begin_array);
    if (!(condition.is_array ? array("a value", one) : one())) return false;
    condition.values = keep(scalars_);
    return true;
}

std::expected<DocumentPtr, Diagnostic> parse(std::string_view text, const ParseOptions& options) {
    if (auto too_long = internal::check_length(text, options.characters_max))
        return std::unexpected(std::move(*too_long));
    DocumentBuilder builder(text);
    if (builder.build()) return std::move(builder).document();
    Diagnostic diagnostic = std::move(builder).diagnostic();
    if (!internal::is_json(text)) {
        diagnostic.code = DiagnosticCode::json;
        if (options.type == PolicyType::trust) diagnostic.message = invalid_json_message;
    }
    return std::unexpected(std::move(diagnostic));
}

}  // namespace writ::policy
