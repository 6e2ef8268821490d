#include <CLI/CLI.hpp>
#include <deque>
#include <fmt/core.h>
#include <memory>
#include <optional>
#include <string>

#include "base/arn.h"
#include "base/time.h"
#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/moment.h"
#include "cli/output.h"
#include "cli/server_settings.h"
#include "server/audit_lookup.h"

namespace writ::cli {
namespace {

constexpr std::size_t events_in_text = 100;

struct AuditWords {
    server::ConfigurationSources sources;
    std::string since = "24h";
    std::string until;
    directory::AuditQuery query;
    std::optional<std::size_t> events_max;  ///< Nothing: depends on the output.
    bool json = false;
    Output output = Output::text;
};

int refuse(const std::string& message, int exit_code) {
    complain("audit: " + message);
    return exit_code;
}

/// Complains about a text that is no moment.
bool set_moment(std::optional<Instant>& target, const char* option, const std::string& text, Instant now) {
    target = parse_moment(text, now);
    if (target) return true;
    complain(fmt::format(
        "audit: {}: '{}' is no time such as 2026-11-24T04:23:00Z, 2026-11-24, 90m, 24h or 7d", option, text));
    return false;
}

/// "user/ada"; of other accounts "210987654321:user/ada".
std::string short_name(const std::string& text, std::string_view own_account) {
    const auto arn = parse_arn(text);
    if (!arn) return text;
    const std::string resource(arn->resource);
    return arn->account == own_account || arn->account.empty()
               ? resource
               : std::string(arn->account).append(":").append(resource);
}

std::vector<Cell> row_of(const directory::AuditEvent& event, std::string_view own_account) {
    std::vector<std::string> resources;
    resources.reserve(event.resource_arns.size());
    for (const std::string& arn : event.resource_arns) resources.push_back(short_name(arn, own_account));
    const bool failed = !event.error_code.empty();
    return {{format_iso8601(event.occurred_at), Tone::faint},
            {event.action},
            {short_name(event.caller_arn, own_account)},
            {failed ? event.error_code : "ok", failed ? Tone::bad : Tone::good},
            {join(resources)}};
}

/// The newest of what was found, or all.
class Newest {
  public:
    explicit Newest(std::size_t events_max) : events_max_(events_max) {}
    void add(const directory::AuditEvent& event) {
        events_.push_back(event);
        if (events_.size() <= events_max_) return;
        events_.pop_front();
        left_out_ = true;
    }
    [[nodiscard]] const std::deque<directory::AuditEvent>& events() const noexcept { return events_; }
    [[nodiscard]] bool left_out() const noexcept { return left_out_; }

  private:
    std::size_t events_max_;
    std::deque<directory::AuditEvent> events_;
    bool left_out_ = false;
};

void print_text(const Newest& newest, std::string_view own_account) {
    Columns columns;
    columns.add({{"TIME", Tone::strong},
                 {"ACTION", Tone::strong},
                 {"CALLER", Tone::strong},
                 {"RESULT", Tone::strong},
                 {"RESOURCE", Tone::strong}});
    for (const auto& event : newest.events()) columns.add(row_of(event, own_account));
    fmt::print("{}", columns.text(Terminal(stdout)));
}

/// What a person may want to know beside the events.
void print_notes(const AuditWords& words, const Newest& newest) {
    if (newest.events().empty()) {
        complain(fmt::format("audit: no events since {}; --since looks further back", words.since));
    } else if (newest.left_out()) {
        complain(fmt::format("audit: these are the newest {}; --limit shows more", newest.events().size()));
    }
}

int run(AuditWords words) {
    const auto loaded = server::load_configuration(words.sources);
    if (!loaded) return refuse(told(loaded.error()), exit_wrong);
    const Instant now = SystemClock().now();
    if (!set_moment(words.query.since, "--since", words.since, now)) return exit_wrong;
    if (!words.until.empty() && !set_moment(words.query.until, "--until", words.until, now))
        return exit_wrong;

    const server::Configuration& configuration = loaded->configuration;
    const bool as_json = words.json || words.output == Output::json;
    const bool streams = as_json && !words.events_max;
    Newest newest(words.events_max.value_or(events_in_text));
    const auto read =
        server::read_audit_trail(configuration, words.query, [&](const directory::AuditEvent& event) {
            if (streams) {
                fmt::print("{}\n", event.json);
            } else {
                newest.add(event);
            }
            return std::ferror(stdout) == 0;
        });
    if (!read) return refuse(told(read.error()), exit_failed);
    if (as_json) {
        for (const auto& event : newest.events()) fmt::print("{}\n", event.json);
        return exit_yes;
    }
    if (!newest.events().empty()) print_text(newest, configuration.account_id);
    print_notes(words, newest);
    return exit_yes;
}

}  // namespace

void add_audit_command(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand(
        "audit", "Who called what, when, on what, and what came of it; also beside a server");
    auto words = std::make_shared<AuditWords>();
    command
        ->add_option("--since", words->since,
                     "From that time on: 2026-11-24T04:23:00Z, or how long ago: 90m, 24h, 7d")
        ->type_name("TIME")
        ->capture_default_str();
    command->add_option("--until", words->until, "Before that time")->type_name("TIME");
    command
        ->add_option("--caller", words->query.caller,
                     "Only of that user, role, session, access key or account; '*' stands for any text")
        ->type_name("NAME|ARN");
    command->add_option("--action", words->query.action, "Only that action: iam:CreateUser, 'iam:Delete*'")
        ->type_name("ACTION");
    command->add_option("--resource", words->query.resource, "Only about that resource")
        ->type_name("NAME|ARN");
    command->add_flag("--errors", words->query.errors_only, "Only calls that were denied or failed");
    command
        ->add_option("--limit", words->events_max,
                     "At most so many, the newest; without it 100 as text, all as JSON")
        ->type_name("NUMBER");
    command->add_flag("--json", words->json,
                      "One event a line, in the shape of CloudTrail; as --output json");
    add_output_option(*command, words->output);
    add_setting_options(*command, words->sources,
                        [](std::string_view key) { return key == "data" || key == "database"; });
    command->callback([&exit_code, words] { exit_code = run(*words); });
}

}  // namespace writ::cli
