#include "policy/internal/suggest.h"
#include "policy/internal/validation/literals.h"
#include "policy/internal/validation/rules.h"

namespace writ::policy::internal {
namespace {

struct LiteralType {
    bool (*accepts)(std::string_view) noexcept;
    std::string_view wanted;
    bool may_hold_variables;
};

constexpr LiteralType date{is_date, "a date such as \"2030-01-01T00:00:00Z\", or seconds since 1970", false};
constexpr LiteralType number{is_number, "a number", false};
constexpr LiteralType network{
    is_network, "an address or a network such as \"203.0.113.0/24\"; IPv6 networks have no host bits", false};
constexpr LiteralType arn{is_arn, "an ARN of six parts, with wildcards in any of them", true};

// What the operands of a comparison must be; null for those that take any text.
const LiteralType* literal_type(Comparison comparison) {
    switch (comparison) {
        case Comparison::numeric_equals:
        case Comparison::numeric_less_than:
        case Comparison::numeric_less_than_equals:
        case Comparison::numeric_greater_than:
        case Comparison::numeric_greater_than_equals:
            return &number;
        case Comparison::date_equals:
        case Comparison::date_less_than:
        case Comparison::date_less_than_equals:
        case Comparison::date_greater_than:
        case Comparison::date_greater_than_equals:
            return &date;
        case Comparison::ip_address:
            return &network;
        case Comparison::arn_like:
            return &arn;
        default:
            return nullptr;
    }
}

}  // namespace

// IAM refuses malformed literals when it stores a document; session policies are not stored (spec C17, ?15,
// ?31, S13a: the newer observation covers all four types).
void check_condition_literals(const Validation& validation) {
    if (validation.options.type == PolicyType::session) return;
    const bool has_variables = validation.document.version() == Version::v2012_10_17;
    for (const Statement& statement : validation.document.statements()) {
        for (const Condition& condition : statement.conditions) {
            const LiteralType* const type = condition.op ? literal_type(condition.op->comparison) : nullptr;
            if (type == nullptr) continue;
            for (const Scalar& value : condition.values) {
                if (type->accepts(value.text)) continue;
                if (type->may_hold_variables && has_variables &&
                    value.text.find("${") != std::string_view::npos)
                    continue;
                validation.report(DiagnosticCode::legacy_parsing, "The policy failed legacy parsing",
                                  std::string(condition.operator_name.text) + " compares with " +
                                      std::string(type->wanted) + ", not with " + quoted(value.text) + ".",
                                  value.span);
            }
        }
    }
}

}  // namespace writ::policy::internal
