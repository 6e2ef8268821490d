#include "cli/matching_patterns.h"

#include <string>

#include "engine/explain.h"
#include "engine/policies.h"
#include "policy/parse.h"

namespace writ::cli {
namespace {

// A document with one statement for each pattern, which are taken over as they are written.
std::string one_statement_each(const policy::Document& document, const policy::PatternElement& element,
                               PatternKind kind) {
    const bool modern = document.version() == policy::Version::v2012_10_17;
    std::string text = R"({"Version":")";
    text += modern ? "2012-10-17" : "2008-10-17";
    text += R"(","Statement":[)";
    for (const policy::Scalar& pattern : element.patterns) {
        if (&pattern != &element.patterns.front()) text += ',';
        const auto begin = pattern.span.begin.byte;
        const auto written = document.text().substr(begin, pattern.span.end.byte - begin);
        text += kind == PatternKind::action ? R"({"Effect":"Allow","Resource":"*","Action":)"
                                            : R"({"Effect":"Allow","Action":"*","Resource":)";
        text.append(written).append("}");
    }
    return text + "]}";
}

}  // namespace

std::vector<policy::Span> matching_patterns(const policy::Document& document,
                                            const policy::PatternElement& element, PatternKind kind,
                                            policy::PolicyType type, const engine::Request& request) {
    std::vector<policy::Span> matching;
    if (element.negated || element.patterns.empty()) return matching;
    // Longer than the original, which may be as long as it wants.
    const auto probe =
        policy::parse(one_statement_each(document, element, kind), {.characters_max = std::size_t{1} << 24});
    if (!probe) return matching;
    const engine::PolicySet set({{engine::compile(*probe, type), {}}});
    engine::Policies policies;
    policies.identity = &set;
    for (const engine::StatementTrace& trace : engine::explain(policies, request).statements) {
        const bool matched = kind == PatternKind::action ? trace.action_matched : trace.resource_matched;
        if (matched && trace.ref.statement < element.patterns.size())
            matching.push_back(element.patterns[trace.ref.statement].span);
    }
    return matching;
}

}  // namespace writ::cli
