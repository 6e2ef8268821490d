#include "cli/question_command.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>

#include "cli/case_report.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/question.h"
#include "cli/question_options.h"

namespace writ::cli {
namespace {

int run(const QuestionCommand& command, const QuestionWords& words, Output output) {
    const auto questions = cases_of(words);
    if (!questions) {
        complain(questions.error());
        return exit_wrong;
    }
    const Instant now = SystemClock().now();
    const Terminal terminal(stdout);
    int exit_code = exit_yes;
    for (const cases::Case& question : *questions) {
        const cases::Outcome outcome = cases::run(question, now);
        if (output == Output::json)
            fmt::print("{}\n", cases::to_json(question, outcome, command.detail));
        else
            fmt::print("{}{}", &question == &questions->front() ? "" : command.between,
                       command.text(question, outcome, now, terminal));
        if (!satisfied(question, outcome)) exit_code = exit_no;
    }
    return exit_code;
}

}  // namespace

void add_question_command(CLI::App& parent, const QuestionCommand& command, int& exit_code) {
    auto* parsed = parent.add_subcommand(command.name, command.description);
    auto words = std::make_shared<QuestionWords>();
    auto output = std::make_shared<Output>(Output::text);
    add_question_options(*parsed, *words);
    add_output_option(*parsed, *output);
    parsed->callback([command, &exit_code, words, output] { exit_code = run(command, *words, *output); });
}

}  // namespace writ::cli
