#include <CLI/CLI.hpp>
#include <cstddef>
#include <fmt/core.h>
#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "cases/print.h"
#include "cases/read.h"
#include "cases/run.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/terminal.h"

namespace writ::cli {
namespace {

struct Arguments {
    std::vector<std::string> files;
    Output output = Output::text;
};

struct Tally {
    std::size_t passed = 0, failed = 0;
};

std::string failure_text(const std::string& file, const cases::Case& question, const cases::Outcome& outcome,
                         const Terminal& terminal) {
    std::string text = terminal.paint(Tone::bad, "failed") +
                       fmt::format("  {}:{}: {}\n", file, question.at.line, question.name);
    for (const cases::Difference& difference : outcome.differences)
        text += fmt::format("        {}: expected {}, actual {}\n", difference.member,
                            terminal.paint(Tone::good, difference.expected),
                            terminal.paint(Tone::bad, difference.actual));
    if (!outcome.explanation.message.empty())
        text += "        " + terminal.paint(Tone::faint, outcome.explanation.message) + "\n";
    return text;
}

// A case that expects nothing would pass whatever happens.
const cases::Case* without_expectation(const std::vector<cases::Case>& questions) {
    for (const cases::Case& question : questions)
        if (!question.expect) return &question;
    return nullptr;
}

bool test_file(const std::string& file, const Arguments& arguments, Tally& tally) {
    const auto questions = cases::read_file(file);
    if (!questions) {
        complain(cases::to_string(questions.error()));
        return false;
    }
    if (questions->empty()) {
        complain(file + " has no cases");
        return false;
    }
    if (const cases::Case* question = without_expectation(*questions)) {
        complain(fmt::format("{}:{}:{}: the case \"{}\" expects nothing", file, question->at.line,
                             question->at.column, question->name));
        return false;
    }
    const Instant now = SystemClock().now();
    const Terminal terminal(stdout);
    for (const cases::Case& question : *questions) {
        const cases::Outcome outcome = cases::run(question, now);
        ++(outcome.passed() ? tally.passed : tally.failed);
        if (arguments.output == Output::json)
            fmt::print("{}\n", cases::to_json(question, outcome));
        else if (!outcome.passed())
            fmt::print("{}", failure_text(file, question, outcome, terminal));
    }
    return true;
}

int run(const Arguments& arguments) {
    Tally tally;
    bool readable = true;
    for (const std::string& file : arguments.files) readable = test_file(file, arguments, tally) && readable;
    if (arguments.output == Output::text && tally.passed + tally.failed > 0)
        fmt::print("{} passed, {} failed\n", tally.passed, tally.failed);
    if (!readable) return exit_wrong;
    return tally.failed == 0 ? exit_yes : exit_no;
}

}  // namespace

void add_test_command(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand("test", "Run policy cases and compare with what they expect");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("FILE", arguments->files, "Policy cases files")->required();
    add_output_option(*command, arguments->output);
    command->callback([&exit_code, arguments] { exit_code = run(*arguments); });
}

}  // namespace writ::cli
