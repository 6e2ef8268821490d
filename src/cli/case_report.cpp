#include "cli/case_report.h"

#include <fmt/core.h>

namespace writ::cli {
namespace {

// A name that only repeats the question, as question.cpp makes it.
bool is_quick_question(const cases::Case& question) {
    return question.name == question.action + " on " + question.resource;
}

std::string unexpected(const cases::Outcome& outcome) {
    std::string text;
    for (const cases::Difference& difference : outcome.differences)
        text += fmt::format("; expected {} {}", difference.member, difference.expected);
    return text;
}

}  // namespace

std::string shown_file(const cases::PolicyText& policy) {
    if (policy.source.arn.empty()) return policy.file;
    return policy.source.arn.substr(policy.source.arn.rfind('/') + 1);
}

std::string place_of(const cases::PolicyText& policy, const policy::Position& in_file, std::string_view sid) {
    std::string place = fmt::format("{}:{}", shown_file(policy), in_file.line);
    return sid.empty() ? place : fmt::format("{} {}", place, sid);
}

std::string grounds_of(const cases::Outcome& outcome) {
    if (const auto& matched = outcome.matched)
        return place_of(*matched->policy, matched->span.begin, matched->sid);
    switch (outcome.explanation.decision.decided_by) {
        case engine::Layer::root:
            return "the root user of the account may do everything";
        case engine::Layer::always:
            return "everybody may do this";
        default:
            return fmt::format("decided by {}", outcome.decided_by);
    }
}

std::string answer_line(const cases::Case& question, const cases::Outcome& outcome,
                        const Terminal& terminal) {
    const std::string surprise = terminal.paint(Tone::note, unexpected(outcome));
    if (outcome.allowed())
        return fmt::format("{}  {}: {}{}", terminal.paint(Tone::good, "allowed"), question.name,
                           grounds_of(outcome), surprise);
    std::string line = terminal.paint(Tone::bad, "denied") + "   ";
    if (!is_quick_question(question)) line += question.name + ": ";
    line += outcome.explanation.message;
    if (const auto& matched = outcome.matched)
        line += " (" + place_of(*matched->policy, matched->span.begin, matched->sid) + ")";
    return line + surprise;
}

bool satisfied(const cases::Case& question, const cases::Outcome& outcome) noexcept {
    return question.expect ? outcome.passed() : outcome.allowed();
}

}  // namespace writ::cli
