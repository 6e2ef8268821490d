#include "cli/statement_excerpt.h"

#include <algorithm>
#include <set>

#include "cli/columns.h"
#include "cli/matching_patterns.h"
#include "cli/source_lines.h"
#include "policy/parse.h"
#include "policy/print.h"

namespace writ::cli {
namespace {

constexpr std::uint32_t lines_max = 16;
constexpr std::size_t values_max = 4;

using LineNumbers = std::set<std::uint32_t>;

void mark_patterns(LineNumbers& lines, const policy::Document& document,
                   const std::optional<policy::PatternElement>& element, PatternKind kind,
                   policy::PolicyType type, const engine::Request& request) {
    if (!element) return;
    const auto matching = matching_patterns(document, *element, kind, type, request);
    lines.insert(matching.empty() ? element->span.begin.line : matching.front().begin.line);
}

LineNumbers deciding_lines(const policy::Document& document, const policy::Statement& statement,
                           policy::PolicyType type, const engine::Request& request) {
    LineNumbers lines{statement.effect_text.span.begin.line};
    mark_patterns(lines, document, statement.action, PatternKind::action, type, request);
    mark_patterns(lines, document, statement.resource, PatternKind::resource, type, request);
    for (const policy::Condition& condition : statement.conditions) {
        lines.insert(condition.key.span.begin.line);
        if (condition.values.size() > values_max) continue;
        for (const policy::Scalar& value : condition.values) lines.insert(value.span.begin.line);
    }
    return lines;
}

// What a reader needs to know where he is, although it did not decide.
LineNumbers frame_lines(const policy::Statement& statement) {
    LineNumbers lines{statement.span.begin.line, statement.span.end.line};
    if (statement.sid) lines.insert(statement.sid->span.begin.line);
    if (statement.principal) lines.insert(statement.principal->span.begin.line);
    if (statement.action) lines.insert(statement.action->span.begin.line);
    if (statement.resource) lines.insert(statement.resource->span.begin.line);
    if (statement.has_condition_element) lines.insert(statement.condition_span.begin.line);
    for (const policy::Condition& condition : statement.conditions)
        lines.insert(condition.operator_name.span.begin.line);
    return lines;
}

// The text to show; positions in it are those of the file plus `lines_before`.
struct Shown {
    policy::DocumentPtr document;
    std::uint32_t lines_before = 0;
    bool numbered = true;
};

Shown shown(const cases::PolicyText& policy, std::uint32_t index) {
    const SourceLines source(policy.document->text());
    const policy::Span& span = policy.document->statements()[index].span;
    std::size_t widest = 0;
    for (std::uint32_t line = span.begin.line; line <= span.end.line; ++line)
        widest = std::max(widest, columns_of(source.line(line)));
    constexpr std::size_t room = line_columns_max - 10;
    if (span.begin.line == span.end.line && widest > room)
        if (auto spread = policy::parse(policy::print_pretty(*policy.document),
                                        {.characters_max = std::size_t{1} << 24}))
            return {std::move(*spread), 0, false};
    return {policy.document, policy.origin.line - 1, true};
}

std::string cut(const std::string& line) {
    constexpr std::size_t room = line_columns_max - 10;
    if (columns_of(line) <= room) return line;
    std::size_t end = room - 1;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    return line.substr(0, end) + "…";
}

}  // namespace

std::string statement_excerpt(const cases::PolicyText& policy, policy::PolicyType type, std::uint32_t index,
                              const engine::Request& request, const Terminal& terminal) {
    const Shown text = shown(policy, index);
    const policy::Statement& statement = text.document->statements()[index];
    const LineNumbers deciding = deciding_lines(*text.document, statement, type, request);
    const LineNumbers frame = frame_lines(statement);
    const policy::Span& span = statement.span;
    const bool all = span.end.line - span.begin.line < lines_max;
    const Tone tone = statement.effect == policy::Effect::deny ? Tone::bad : Tone::good;

    const SourceLines source(text.document->text());
    std::string out;
    bool left_out = false;
    for (std::uint32_t number = span.begin.line; number <= span.end.line; ++number) {
        const bool decided = deciding.contains(number);
        if (!all && !decided && !frame.contains(number)) {
            left_out = true;
            continue;
        }
        if (left_out) out += terminal.paint(Tone::faint, "        | …") + "\n";
        left_out = false;
        const std::string line = cut(printable(source.line(number)));
        const std::string before =
            text.numbered ? gutter(number + text.lines_before) : std::string(blank_gutter());
        out += terminal.paint(decided ? tone : Tone::faint, (decided ? "> " : "  ") + before);
        out += (decided ? terminal.paint(Tone::strong, line) : line) + "\n";
    }
    return out;
}

}  // namespace writ::cli
