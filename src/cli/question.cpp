#include "cli/question.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/time.h"
#include "cases/documents.h"
#include "cases/principal.h"
#include "cases/read.h"

namespace writ::cli {
namespace {

using cases::PolicyLevel;
using cases::PolicyText;
template <class T>
using OrMessage = std::expected<T, std::string>;

constexpr std::size_t levels_max = 16;

OrMessage<std::pair<std::string, std::string>> split_pair(std::string_view option, const std::string& word) {
    const auto equals = word.find('=');
    if (equals == std::string::npos || equals == 0)
        return std::unexpected(std::string(option) + " wants KEY=VALUE, not \"" + word + "\"");
    return std::pair(word.substr(0, equals), word.substr(equals + 1));
}

OrMessage<cases::Tags> tags_of(std::string_view option, const std::vector<std::string>& words) {
    cases::Tags tags;
    for (const std::string& word : words) {
        auto tag = split_pair(option, word);
        if (!tag) return std::unexpected(std::move(tag.error()));
        tags.push_back(std::move(*tag));
    }
    return tags;
}

std::vector<std::string> list_items(std::string_view inside) {
    std::vector<std::string> items;
    while (!inside.empty()) {
        const auto comma = std::min(inside.find(','), inside.size());
        items.emplace_back(inside.substr(0, comma));
        inside.remove_prefix(std::min(comma + 1, inside.size()));
    }
    return items;
}

OrMessage<std::vector<cases::ContextValue>> context_of(const std::vector<std::string>& words) {
    std::vector<cases::ContextValue> context;
    for (const std::string& word : words) {
        const auto pair = split_pair("--context", word);
        if (!pair) return std::unexpected(pair.error());
        const std::string_view value = pair->second;
        cases::ContextValue entry;
        entry.key = pair->first;
        entry.multivalued = value.size() >= 2 && value.front() == '[' && value.back() == ']';
        if (entry.multivalued)
            entry.values = list_items(value.substr(1, value.size() - 2));
        else
            entry.values = {std::string(value)};
        if (std::ranges::find(context, entry.key, &cases::ContextValue::key) != context.end())
            return std::unexpected("--context names " + entry.key + " twice; a list is written " + entry.key +
                                   "=[A,B]");
        context.push_back(std::move(entry));
    }
    return context;
}

// Reads the documents that options name; the first one that cannot be read is the error.
class DocumentWords {
  public:
    std::optional<PolicyText> one(std::string_view option, const std::string& word) {
        if (word.empty()) return std::nullopt;
        return load(option, word);
    }

    PolicyLevel list(std::string_view option, const std::vector<std::string>& words) {
        PolicyLevel level;
        for (const std::string& word : words)
            if (auto policy = load(option, word)) level.push_back(std::move(*policy));
        return level;
    }

    std::optional<std::vector<PolicyLevel>> levels(std::string_view option,
                                                   const std::vector<std::string>& words) {
        if (words.empty()) return std::nullopt;
        std::vector<PolicyLevel> levels;
        for (const std::string& word : words) {
            const auto [level, reference] = split_level(word, levels.size());
            if (level >= levels_max) {
                fail(std::string(option) + " " + word + ": an organization has fewer levels than that");
                return std::nullopt;
            }
            if (level >= levels.size()) levels.resize(level + 1);
            if (auto policy = load(option, std::string(reference)))
                levels[level].push_back(std::move(*policy));
        }
        const auto gap = std::ranges::find_if(levels, [](const PolicyLevel& level) { return level.empty(); });
        if (gap != levels.end())
            fail(std::string(option) + ": nothing is said about level " +
                 std::to_string(gap - levels.begin()) +
                 "; a level without policies allows nothing, which only a cases file can say");
        return levels;
    }

    [[nodiscard]] const std::string& error() const noexcept { return error_; }

  private:
    static std::pair<std::size_t, std::string_view> split_level(std::string_view word, std::size_t next) {
        std::size_t level = 0;
        const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), level);
        const auto digits = static_cast<std::size_t>(end - word.data());
        if (failed != std::errc{} || digits == word.size() || word[digits] != ':') return {next, word};
        return {level, word.substr(digits + 1)};
    }

    std::optional<PolicyText> load(std::string_view option, const std::string& word) {
        auto policy = documents_.load(word, std::string(option), {});
        if (policy) return std::move(*policy);
        // What cannot be read at all has no place but the option itself.
        const bool in_text = policy.error().file != option;
        fail(in_text ? cases::to_string(policy.error())
                     : std::string(option) + ": " + policy.error().message);
        return std::nullopt;
    }

    void fail(std::string message) {
        if (error_.empty()) error_ = std::move(message);
    }

    cases::Documents documents_{std::filesystem::path{}};
    std::string error_;
};

OrMessage<cases::PolicyTexts> policies_of(const QuestionWords& words) {
    DocumentWords documents;
    cases::PolicyTexts policies;
    policies.identity = documents.list("--policy", words.policies);
    policies.boundary = documents.one("--boundary", words.boundary);
    if (!words.session.empty()) policies.session = documents.list("--session", words.session);
    policies.resource = documents.one("--resource-policy", words.resource_policy);
    policies.trust = documents.one("--trust", words.trust);
    policies.endpoint = documents.one("--endpoint", words.endpoint);
    policies.scp = documents.levels("--scp", words.scp);
    policies.rcp = documents.levels("--rcp", words.rcp);
    if (!documents.error().empty()) return std::unexpected(documents.error());
    return policies;
}

// Everything but action and resource.
OrMessage<cases::Case> common_of(const QuestionWords& words) {
    cases::Case question;
    auto principal = cases::principal_of_text(words.principal);
    if (!principal) return std::unexpected("--principal: " + principal.error());
    question.caller.principal = std::move(*principal);
    auto principal_tags = tags_of("--principal-tag", words.principal_tags);
    if (!principal_tags) return std::unexpected(std::move(principal_tags.error()));
    question.caller.tags = std::move(*principal_tags);
    auto tags = tags_of("--tag", words.tags);
    if (!tags) return std::unexpected(std::move(tags.error()));
    question.resource_tags = std::move(*tags);
    auto context = context_of(words.context);
    if (!context) return std::unexpected(std::move(context.error()));
    question.context = std::move(*context);
    question.resource_account = words.resource_account;
    if (!words.time.empty()) {
        question.time = parse_iso8601(words.time);
        if (!question.time)
            return std::unexpected("--time wants an ISO 8601 date such as 2026-11-24T00:00:00Z, not \"" +
                                   words.time + "\"");
    }
    auto policies = policies_of(words);
    if (!policies) return std::unexpected(std::move(policies.error()));
    question.policies = std::move(*policies);
    return question;
}

OrMessage<std::vector<cases::Case>> cases_of_file(const QuestionWords& words) {
    QuestionWords alone;
    alone.cases_file = words.cases_file;
    if (words != alone)
        return std::unexpected("the cases of " + words.cases_file +
                               " say everything themselves: no other question options go with them");
    auto read = cases::read_file(words.cases_file);
    if (!read) return std::unexpected(cases::to_string(read.error()));
    if (read->empty()) return std::unexpected(words.cases_file + " has no cases");
    return std::move(*read);
}

bool has_action_form(std::string_view action) {
    const auto colon = action.find(':');
    return colon != std::string_view::npos && colon > 0 && colon + 1 < action.size() &&
           action.find_first_of("*? ") == std::string_view::npos;
}

}  // namespace

OrMessage<std::vector<cases::Case>> cases_of(const QuestionWords& words) {
    if (!words.cases_file.empty()) return cases_of_file(words);
    if (words.principal.empty() || words.actions.empty())
        return std::unexpected(
            std::string("say who asks for what: --principal and --action, or a cases file"));
    for (const std::string& action : words.actions)
        if (!has_action_form(action))
            return std::unexpected("--action wants one action such as s3:GetObject, not \"" + action + "\"");
    auto common = common_of(words);
    if (!common) return std::unexpected(std::move(common.error()));

    std::vector<cases::Case> questions;
    const std::vector<std::string> anything{"*"};
    for (const std::string& action : words.actions)
        for (const std::string& resource : words.resources.empty() ? anything : words.resources) {
            cases::Case& question = questions.emplace_back(*common);
            question.action = action;
            question.resource = resource;
            question.name = action;
            question.name.append(" on ").append(resource);
        }
    return questions;
}

}  // namespace writ::cli
