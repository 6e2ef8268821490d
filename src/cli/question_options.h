#pragma once

#include "cli/question.h"

namespace CLI {
class App;
}

namespace writ::cli {

/// Adds the options that ask a quick question, and the cases file that stands for all of them. `words` must
/// outlive the parse.
void add_question_options(CLI::App& command, QuestionWords& words);

}  // namespace writ::cli
