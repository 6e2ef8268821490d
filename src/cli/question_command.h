#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "cases/print.h"
#include "cases/run.h"
#include "cli/terminal.h"

namespace CLI {
class App;
}

/// Commands that ask questions and print what came out: they differ in how they tell it only.
namespace writ::cli {

struct QuestionCommand {
    const char* name;
    const char* description;
    /// What is printed of one outcome, line end included.
    std::string (*text)(const cases::Case&, const cases::Outcome&, Instant now, const Terminal&);
    std::string_view between;  ///< Printed between two outcomes.
    cases::Detail detail;      ///< Of the JSON that is printed instead, one line an outcome.
};

/// The exit code is 0 when every question came out as expected or allowed, else 1; 2 when there is nothing to
/// ask.
void add_question_command(CLI::App& parent, const QuestionCommand& command, int& exit_code);

}  // namespace writ::cli
