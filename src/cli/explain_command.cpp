#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>

#include "base/time.h"
#include "cases/print.h"
#include "cases/run.h"
#include "cli/case_report.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/explain_text.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/question.h"
#include "cli/question_options.h"

namespace writ::cli {
namespace {

int run(const QuestionWords& words, Output output) {
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
            fmt::print("{}\n", cases::to_json(question, outcome, cases::Detail::trace));
        else
            fmt::print("{}{}", &question == &questions->front() ? "" : "\n\n",
                       explain_text(question, outcome, now, terminal));
        if (!satisfied(question, outcome)) exit_code = exit_no;
    }
    return exit_code;
}

}  // namespace

void add_explain_command(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand("explain", "Show why a request is allowed or denied");
    auto words = std::make_shared<QuestionWords>();
    auto output = std::make_shared<Output>(Output::text);
    add_question_options(*command, *words);
    add_output_option(*command, *output);
    command->callback([&exit_code, words, output] { exit_code = run(*words, *output); });
}

}  // namespace writ::cli
