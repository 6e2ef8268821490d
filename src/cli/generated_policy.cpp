#include "cli/generated_policy.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "base/time.h"
#include "policy/parse.h"
#include "policy/print.h"

namespace writ::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Sums {
    std::int64_t uses = 0;
    std::set<std::string_view> actions, resources;
    Instant first_at = Instant::max(), last_at = Instant::min();
};

Sums sums_of(std::span<const directory::RecordedUse> uses) {
    Sums sums;
    for (const directory::RecordedUse& use : uses) {
        sums.uses += use.uses;
        sums.actions.insert(use.action);
        sums.resources.insert(use.resource);
        sums.first_at = std::min(sums.first_at, use.first_at);
        sums.last_at = std::max(sums.last_at, use.last_at);
    }
    return sums;
}

std::string counted(std::int64_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

Json json_of(const advice::Asked& asked) {
    return {{"questions", asked.questions}, {"wrong", asked.wrong}, {"examples", asked.examples}};
}

Json json_of(const advice::Verification& verification) {
    return {{"holds", verification.holds()},
            {"recorded_uses", json_of(verification.replayed)},
            {"other_actions", json_of(verification.actions)},
            {"neighbouring_resources", json_of(verification.neighbours)},
            {"other_conditions", json_of(verification.conditions)},
            {"within_templates", verification.within_templates}};
}

std::string wrong_of(const advice::Asked& asked, std::string_view what) {
    if (asked.wrong == 0) return {};
    return fmt::format("\n  {} of {} {}, for example {}", asked.wrong, asked.questions, what,
                       fmt::join(asked.examples, "; "));
}

}  // namespace

std::string summary_of(const GeneratedReport& report) {
    const Sums sums = sums_of(report.uses);
    return fmt::format("{} of {} on {} from {} to {}", counted(sums.uses, "use"),
                       counted(static_cast<std::int64_t>(sums.actions.size()), "action"),
                       counted(static_cast<std::int64_t>(sums.resources.size()), "resource"),
                       format_iso8601(sums.first_at), format_iso8601(sums.last_at));
}

std::string told(const advice::Verification& verification) {
    const auto& [replayed, actions, neighbours, conditions, within_templates] = verification;
    if (verification.holds()) {
        std::string text = fmt::format(
            "verified: all {} recorded uses are allowed; {} other actions on their resources, {} on "
            "resources "
            "beside them and {} with other conditions are denied",
            replayed.questions, actions.questions, neighbours.questions, conditions.questions);
        if (within_templates > 0) text += fmt::format("; {} lie within a template", within_templates);
        return text;
    }
    return "not verified:" + wrong_of(replayed, "recorded uses are denied") +
           wrong_of(actions, "other actions on the recorded resources are allowed") +
           wrong_of(neighbours, "questions about resources beside them are allowed") +
           wrong_of(conditions, "uses with other conditions are allowed");
}

std::string documents_as_text(const advice::GeneratedPolicy& policy, bool compact) {
    std::string text;
    for (const std::string& one : policy.documents) {
        const auto document = policy::parse(one, {.characters_max = std::size_t{1} << 24U});
        text += compact || !document ? one : policy::print_pretty(**document);
        text += '\n';
    }
    return text;
}

std::string to_json(const GeneratedReport& report) {
    const Sums sums = sums_of(report.uses);
    Json json;
    json["principal"] = report.principal;
    json["uses"] = sums.uses;
    json["uses_lost"] = report.lost;
    json["actions"] = sums.actions.size();
    json["resources"] = sums.resources.size();
    json["first_at"] = format_iso8601(sums.first_at);
    json["last_at"] = format_iso8601(sums.last_at);
    json["documents"] = Json::array();
    for (const std::string& document : report.policy.documents) {
        json["documents"].push_back(Json::parse(document, nullptr, false));
    }
    json["notes"] = report.policy.notes;
    json["verification"] = report.verification ? json_of(*report.verification) : Json(nullptr);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace writ::cli
