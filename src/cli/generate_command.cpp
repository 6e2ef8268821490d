#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/core.h>
#include <memory>
#include <string>
#include <vector>

#include "base/arn.h"
#include "base/random.h"
#include "base/text.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/generated_policy.h"
#include "cli/input.h"
#include "cli/moment.h"
#include "cli/output.h"
#include "cli/server_settings.h"

namespace writ::cli {
namespace {

enum class Format : std::uint8_t { pretty, compact };

struct GenerateWords {
    server::ConfigurationSources sources;
    std::string principal;
    std::string since;
    std::vector<std::string> services;
    advice::GenerationLimits limits;
    bool verify = false;
    Format format = Format::pretty;
    Output output = Output::text;
};

int refuse(const std::string& message, int exit_code) {
    complain("policy generate: " + message);
    return exit_code;
}

void keep_services(std::vector<directory::RecordedUse>& uses, const std::vector<std::string>& services) {
    if (services.empty()) return;
    std::erase_if(uses, [&](const directory::RecordedUse& use) {
        const std::string_view prefix = std::string_view(use.action).substr(0, use.action.find(':'));
        return std::ranges::none_of(
            services, [&](const std::string& wanted) { return equals_ignoring_case(wanted, prefix); });
    });
}

/// A session of the role stands for all of them.
engine::Principal principal_of(const server::PrincipalUse& found) {
    engine::Principal principal;
    principal.kind = found.is_role ? engine::PrincipalKind::role_session : engine::PrincipalKind::user;
    if (const auto arn = parse_arn(found.arn)) principal.partition = std::string(arn->partition);
    principal.account = found.account_id;
    principal.arn = found.arn;
    principal.id = found.id;
    if (found.is_role) principal.role_arn = found.arn;
    return principal;
}

int tell(const GeneratedReport& report, const GenerateWords& words) {
    if (words.output == Output::json) {
        fmt::print("{}", to_json(report));
    } else {
        fmt::print("{}", documents_as_text(report.policy, words.format == Format::compact));
        complain("policy generate: " + summary_of(report));
        for (const std::string& note : report.policy.notes) complain("policy generate: " + note);
        if (report.lost > 0) {
            complain(fmt::format("policy generate: of {} more uses nothing is known: the record was full",
                                 report.lost));
        }
        if (report.verification) complain("policy generate: " + told(*report.verification));
    }
    return !report.verification || report.verification->holds() ? exit_yes : exit_no;
}

int run(const GenerateWords& words) {
    const auto loaded = server::load_configuration(words.sources);
    if (!loaded) return refuse(told(loaded.error()), exit_wrong);
    const SystemClock clock;
    const auto since = words.since.empty() ? Instant{} : parse_moment(words.since, clock.now());
    if (!since) {
        return refuse(
            fmt::format("--since: '{}' is no time such as 2026-11-24T04:23:00Z, 2026-11-24, 90m, 24h "
                        "or 7d",
                        words.since),
            exit_wrong);
    }
    SystemRandom random;
    auto found = server::read_use(loaded->configuration, words.principal, *since, clock, random);
    if (!found) return refuse(told(found.error()), exit_failed);
    std::vector<directory::RecordedUse>& uses = found->record.uses;
    keep_services(uses, words.services);
    if (uses.empty()) {
        return refuse(
            "no use of " + found->arn +
                " is recorded for what was asked. The gateway records it where an upstream says mode = "
                "\"learn\" or record = true.",
            exit_no);
    }
    GeneratedReport report{.principal = found->arn,
                           .uses = uses,
                           .lost = found->record.lost,
                           .policy = advice::generate_policy(uses, words.limits),
                           .verification = {}};
    if (words.verify) report.verification = advice::verify_policy(report.policy, uses, principal_of(*found));
    return tell(report, words);
}

void add_format_option(CLI::App& command, Format& format) {
    command
        .add_option_function<std::string>(
            "--format",
            [&format](const std::string& word) {
                format = word == "compact" ? Format::compact : Format::pretty;
            },
            "Documents over several lines, or compact: each on one")
        ->check(CLI::IsMember({"pretty", "compact"}))
        ->type_name("pretty|compact");
}

}  // namespace

void add_generate_command(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand(
        "generate", "Write the least-privilege policy of what somebody used; also beside a server");
    auto words = std::make_shared<GenerateWords>();
    command->add_option("--principal", words->principal, "User, role, or session of a role")
        ->type_name("ARN")
        ->required();
    command
        ->add_option(
            "--since", words->since,
            "Only what was used from that time on: 2026-11-24T04:23:00Z, or how long ago: 90m, 24h, 7d")
        ->type_name("TIME");
    command->add_option("--service", words->services, "Only that service: dynamodb; may be repeated")
        ->type_name("PREFIX");
    command
        ->add_option("--exact-max", words->limits.exact_resources_max,
                     "More resources of one shape become a template: table/*")
        ->type_name("NUMBER")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_flag("--verify", words->verify,
                      "Replay the record: everything used is allowed, nothing else of those services is");
    add_format_option(*command, words->format);
    add_output_option(*command, words->output);
    add_setting_options(*command, words->sources,
                        [](std::string_view key) { return key == "data" || key == "database"; });
    command->callback([&exit_code, words] { exit_code = run(*words); });
}

}  // namespace writ::cli
