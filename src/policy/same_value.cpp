#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "policy/print.h"

namespace writ::policy {
namespace {

bool same(const Scalar& a, const Scalar& b) {
    return a.text == b.text && a.lexeme == b.lexeme;
}

bool same(std::span<const Scalar> a, std::span<const Scalar> b) {
    return std::ranges::equal(a, b, [](const Scalar& x, const Scalar& y) { return same(x, y); });
}

bool same(const std::optional<PatternElement>& a, const std::optional<PatternElement>& b) {
    if (!a || !b) return a.has_value() == b.has_value();
    return a->negated == b->negated && same(a->patterns, b->patterns);
}

bool same(const std::optional<Scalar>& a, const std::optional<Scalar>& b) {
    return a && b ? same(*a, *b) : a.has_value() == b.has_value();
}

// Members of an object have no order, items of an array have: the entries of one type keep theirs.
std::vector<const PrincipalEntry*> by_type(std::span<const PrincipalEntry> entries) {
    std::vector<const PrincipalEntry*> out;
    for (const PrincipalEntry& entry : entries) out.push_back(&entry);
    std::ranges::sort(out, {}, [](const PrincipalEntry* entry) {
        return std::pair(entry->type, entry->value.span.begin.byte);
    });
    return out;
}

bool same(const std::optional<PrincipalElement>& a, const std::optional<PrincipalElement>& b) {
    if (!a || !b) return a.has_value() == b.has_value();
    const auto same_entry = [](const PrincipalEntry* x, const PrincipalEntry* y) {
        return x->type == y->type && x->bare == y->bare && same(x->value, y->value);
    };
    return a->negated == b->negated &&
           std::ranges::equal(by_type(a->entries), by_type(b->entries), same_entry);
}

std::vector<const Condition*> by_name(std::span<const Condition> conditions) {
    std::vector<const Condition*> out;
    for (const Condition& condition : conditions) out.push_back(&condition);
    std::ranges::sort(out, {},
                      [](const Condition* c) { return std::tie(c->operator_name.text, c->key.text); });
    return out;
}

bool same(std::span<const Condition> a, std::span<const Condition> b) {
    return std::ranges::equal(by_name(a), by_name(b), [](const Condition* x, const Condition* y) {
        return x->operator_name.text == y->operator_name.text && x->key.text == y->key.text &&
               same(x->values, y->values);
    });
}

bool same(const Statement& a, const Statement& b) {
    return same(a.sid, b.sid) && a.effect_text.text == b.effect_text.text && same(a.principal, b.principal) &&
           same(a.action, b.action) && same(a.resource, b.resource) && same(a.conditions, b.conditions);
}

}  // namespace

bool same_value(const Document& a, const Document& b) {
    return same(a.version_element(), b.version_element()) && same(a.id(), b.id()) &&
           std::ranges::equal(a.statements(), b.statements(),
                              [](const Statement& x, const Statement& y) { return same(x, y); });
}

}  // namespace writ::policy
