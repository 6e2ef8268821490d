#include "cli/commands.h"
#include "cli/explain_text.h"
#include "cli/question_command.h"

namespace writ::cli {

void add_explain_command(CLI::App& parent, int& exit_code) {
    add_question_command(parent,
                         {.name = "explain",
                          .description = "Show why a request is allowed or denied",
                          .text = explain_text,
                          .between = "\n\n",
                          .detail = cases::Detail::trace},
                         exit_code);
}

}  // namespace writ::cli
