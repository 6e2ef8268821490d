#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <vector>

#include "policy/internal/normal/json_string.h"
#include "policy/internal/normal/reduce.h"
#include "policy/print.h"

namespace writ::policy {
namespace {

using internal::append_json_string;
using internal::PatternKind;
using internal::reduce;

// Writes members and items with the commas between them.
class Writer {
  public:
    void open(char bracket) {
        separate();
        out_ += bracket;
        first_ = true;
    }
    void close(char bracket) {
        out_ += bracket;
        first_ = false;
    }
    void name(std::string_view text) {
        separate();
        append_json_string(out_, text);
        out_ += ':';
        first_ = true;
    }
    void scalar(const Scalar& scalar) {
        separate();
        if (scalar.lexeme == Lexeme::string)
            append_json_string(out_, scalar.text);
        else
            out_ += scalar.text;
    }
    /// An array of one as its element (spec G6).
    void list(std::span<const Scalar> scalars) {
        if (scalars.size() == 1) return scalar(scalars.front());
        open('[');
        for (const Scalar& item : scalars) scalar(item);
        close(']');
    }
    [[nodiscard]] std::string text() && { return std::move(out_); }

  private:
    void separate() {
        if (!first_) out_ += ',';
        first_ = false;
    }
    std::string out_;
    bool first_ = true;
};

void write(Writer& out, std::string_view name, const std::optional<Scalar>& scalar) {
    if (!scalar) return;
    out.name(name);
    out.scalar(*scalar);
}

struct PrincipalTypeName {
    PrincipalType type;
    std::string_view name;
};
constexpr auto principal_types = std::to_array<PrincipalTypeName>({
    {PrincipalType::aws, "AWS"},
    {PrincipalType::canonical_user, "CanonicalUser"},
    {PrincipalType::federated, "Federated"},
    {PrincipalType::service, "Service"},
});

// Principals are no patterns: an account, its users and everyone decide through different classes (spec 5.3),
// so only repetitions go.
void write(Writer& out, const std::optional<PrincipalElement>& principal) {
    if (!principal) return;
    out.name(principal->negated ? "NotPrincipal" : "Principal");
    const auto& entries = principal->entries;
    if (entries.size() == 1 && (entries[0].bare || entries[0].type == PrincipalType::everyone))
        return out.scalar(entries[0].value);
    out.open('{');
    for (const auto& [type, name] : principal_types) {
        std::vector<Scalar> values;
        for (const PrincipalEntry& entry : entries)
            if (entry.type == type) values.push_back(entry.value);
        if (values.empty()) continue;
        out.name(name);
        out.list(reduce(values, PatternKind::none, false));
    }
    out.close('}');
}

void write(Writer& out, std::string_view name, const std::optional<PatternElement>& element, PatternKind kind,
           bool has_variables) {
    if (!element) return;
    out.name(element->negated ? "Not" + std::string(name) : name);
    out.list(reduce(element->patterns, kind, has_variables));
}

PatternKind pattern_kind(const Condition& condition) {
    if (!condition.op) return PatternKind::none;
    if (condition.op->comparison == Comparison::string_like) return PatternKind::text;
    return condition.op->comparison == Comparison::arn_like ? PatternKind::arn : PatternKind::none;
}

// The values of one key are ORed, or NORed by a negated operator: either way a set (spec C2). Operators and
// maps without keys test nothing and go.
void write(Writer& out, std::span<const Condition> conditions, bool has_variables) {
    if (conditions.empty()) return;
    std::vector<const Condition*> sorted;
    for (const Condition& condition : conditions) sorted.push_back(&condition);
    std::ranges::sort(sorted, {},
                      [](const Condition* c) { return std::tie(c->operator_name.text, c->key.text); });
    out.name("Condition");
    out.open('{');
    for (auto condition = sorted.begin(); condition != sorted.end();) {
        const std::string_view operator_name = (*condition)->operator_name.text;
        out.name(operator_name);
        out.open('{');
        for (; condition != sorted.end() && (*condition)->operator_name.text == operator_name; ++condition) {
            out.name((*condition)->key.text);
            out.list(reduce((*condition)->values, pattern_kind(**condition), has_variables));
        }
        out.close('}');
    }
    out.close('}');
}

void write(Writer& out, const Statement& statement, bool has_variables) {
    out.open('{');
    write(out, "Sid", statement.sid);
    write(out, "Effect", statement.effect_text);
    write(out, statement.principal);
    write(out, "Action", statement.action, PatternKind::action, has_variables);
    const bool exempts = statement.resource && statement.resource->negated;
    write(out, "Resource", statement.resource, exempts ? PatternKind::exempt_resource : PatternKind::resource,
          has_variables);
    write(out, statement.conditions, has_variables);
    out.close('}');
}

}  // namespace

std::string print_normal(const Document& document) {
    const bool has_variables = document.version() == Version::v2012_10_17;  // Spec V1.
    Writer out;
    out.open('{');
    write(out, "Version", document.version_element());
    write(out, "Id", document.id());
    out.name("Statement");
    const bool one = document.statements().size() == 1;
    if (!one) out.open('[');
    for (const Statement& statement : document.statements()) write(out, statement, has_variables);
    if (!one) out.close(']');
    out.close('}');
    return std::move(out).text();
}

}  // namespace writ::policy
