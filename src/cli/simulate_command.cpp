#include "cli/case_report.h"
#include "cli/commands.h"
#include "cli/question_command.h"

namespace writ::cli {
namespace {

std::string line(const cases::Case& question, const cases::Outcome& outcome, Instant /*now*/,
                 const Terminal& terminal) {
    return answer_line(question, outcome, terminal) + "\n";
}

}  // namespace

void add_simulate_command(CLI::App& parent, int& exit_code) {
    add_question_command(parent,
                         {.name = "simulate",
                          .description = "Ask whether a request is allowed",
                          .text = line,
                          .between = "",
                          .detail = cases::Detail::answer},
                         exit_code);
}

}  // namespace writ::cli
