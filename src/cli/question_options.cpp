#include "cli/question_options.h"

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace writ::cli {
namespace {

struct Row {
    const char* name;
    const char* value;
    const char* meaning;
};

class Group {
  public:
    Group(CLI::App& command, std::string title) : command_(command), title_(std::move(title)) {}

    void add(const Row& row, std::string& word) {
        describe(command_.add_option(row.name, word, row.meaning), row);
    }
    // Each use takes one value, so that what follows it may be the cases file.
    void add(const Row& row, std::vector<std::string>& words) {
        describe(command_.add_option(row.name, words, row.meaning)->allow_extra_args(false), row);
    }

  private:
    void describe(CLI::Option* option, const Row& row) { option->type_name(row.value)->group(title_); }

    CLI::App& command_;
    std::string title_;
};

}  // namespace

void add_question_options(CLI::App& command, QuestionWords& words) {
    // That it excludes the others is cases_of()'s to say: CLI11 would tell it behind every option of the
    // help.
    command.add_option("CASES", words.cases_file, "A policy cases file, instead of a question")
        ->type_name("");

    Group question(command, "The question");
    question.add({"--principal", "WHO", "ARN of a user, role, session or root; a service; or anonymous"},
                 words.principal);
    question.add({"--action", "ACTION", "For example s3:GetObject; may be repeated"}, words.actions);
    question.add({"--resource", "ARN", "May be repeated (default: *)"}, words.resources);
    question.add({"--resource-account", "ID", "Who owns it (default: as the ARN says, else the caller)"},
                 words.resource_account);
    question.add({"--context", "KEY=VALUE", "Condition key; KEY=[A,B] has many values; may be repeated"},
                 words.context);
    question.add({"--tag", "KEY=VALUE", "Tag of the resource; may be repeated"}, words.tags);
    question.add({"--principal-tag", "KEY=VALUE", "Tag of the caller; may be repeated"},
                 words.principal_tags);
    question.add({"--time", "TIME", "When it is asked, ISO 8601 (default: now)"}, words.time);

    Group policies(command, "The policies in force: each a file or the ARN of an AWS managed policy");
    policies.add({"--policy", "POLICY", "Identity-based; may be repeated"}, words.policies);
    policies.add({"--boundary", "POLICY", "Permissions boundary"}, words.boundary);
    policies.add({"--session", "POLICY", "Session policy; may be repeated"}, words.session);
    policies.add({"--resource-policy", "POLICY", "Policy of the resource"}, words.resource_policy);
    policies.add({"--trust", "POLICY", "Trust policy of the role that is assumed"}, words.trust);
    policies.add({"--endpoint", "POLICY", "VPC endpoint policy"}, words.endpoint);
    policies.add(
        {"--scp", "[LEVEL:]POLICY", "SCP; level 0 is the root; each is a level of its own by default"},
        words.scp);
    policies.add({"--rcp", "[LEVEL:]POLICY", "RCP, likewise"}, words.rcp);
}

}  // namespace writ::cli
