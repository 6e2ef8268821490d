#include <CLI/CLI.hpp>
#include <chrono>
#include <fmt/core.h>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "base/random.h"
#include "base/time.h"
#include "cases/print.h"
#include "cases/read.h"
#include "cases/run.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/explain_text.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/server_settings.h"
#include "server/denial_lookup.h"

namespace writ::cli {
namespace {

struct WhyWords {
    server::ConfigurationSources sources;
    std::string id;
    bool encoded = false;
    Output output = Output::text;
};

/// A server writes denials down within a second: somebody who asks at once waits for it.
Result<std::optional<std::string>> find_question(const server::Configuration& configuration,
                                                 const std::string& id, const Clock& clock) {
    constexpr int tries = 5;
    constexpr std::chrono::milliseconds pause{400};
    for (int attempt = 1;; ++attempt) {
        auto found = server::find_denied_question(configuration, id, clock);
        if (!found || *found || attempt == tries) return found;
        std::this_thread::sleep_for(pause);
    }
}

/// There is no file that people could open: places count within each policy, which goes by its name.
void place_in_policies(cases::PolicyTexts& policies) {
    const auto place = [](cases::PolicyText& policy) {
        policy.file = policy.source.name;
        policy.origin = {};
    };
    const auto place_all = [&](cases::PolicyLevel& level) {
        for (cases::PolicyText& policy : level) place(policy);
    };
    place_all(policies.identity);
    if (policies.session) place_all(*policies.session);
    for (auto* one : {&policies.boundary, &policies.resource, &policies.trust, &policies.endpoint}) {
        if (*one) place(**one);
    }
    for (auto* levels : {&policies.scope_down, &policies.scp, &policies.rcp}) {
        if (!*levels) continue;
        for (cases::PolicyLevel& level : **levels) place_all(level);
    }
}

int refuse(const std::string& message, int exit_code) {
    complain("why: " + message);
    return exit_code;
}

int run(const WhyWords& words) {
    const auto loaded = server::load_configuration(words.sources);
    if (!loaded) return refuse(told(loaded.error()), exit_wrong);
    const SystemClock clock;
    const auto looked = find_question(loaded->configuration, words.id, clock);
    if (!looked) return refuse(told(looked.error()), exit_failed);
    const std::optional<std::string>& file = *looked;
    if (!file) {
        return refuse("there is no denial " + words.id + ". Denials are kept for 24 hours.", exit_no);
    }
    if (words.encoded) {
        SystemRandom random;
        const auto message = server::encode_denied_question(loaded->configuration, *file, clock, random);
        if (!message) return refuse(told(message.error()), exit_failed);
        fmt::print("{}\n", *message);
        return exit_yes;
    }
    auto questions = cases::read_text(*file, words.id, {});
    if (!questions) return refuse(cases::to_string(questions.error()), exit_failed);
    const Terminal terminal(stdout);
    for (cases::Case& question : *questions) {
        place_in_policies(question.policies);
        const Instant then = question.time.value_or(clock.now());
        const cases::Outcome outcome = cases::run(question, then);
        if (words.output == Output::json) {
            fmt::print("{}\n", cases::to_json(question, outcome, cases::Detail::trace));
        } else {
            fmt::print("{}", explain_text(question, outcome, then, terminal));
        }
    }
    return exit_yes;
}

}  // namespace

void add_why_command(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand(
        "why", "Explain a denial by the authorization id in its message; also beside a server");
    auto words = std::make_shared<WhyWords>();
    command->add_option("ID", words->id, "The authorization id")->required();
    add_setting_options(*command, words->sources,
                        [](std::string_view key) { return key == "data" || key == "database"; });
    command->add_flag("--encoded", words->encoded,
                      "Print a message that sts:DecodeAuthorizationMessage opens for 24 hours");
    add_output_option(*command, words->output);
    command->callback([&exit_code, words] { exit_code = run(*words); });
}

}  // namespace writ::cli
