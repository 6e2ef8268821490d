#include "directory/internal/delegation/delegation_records.h"

#include <ranges>

#include "directory/internal/failures.h"

namespace writ::directory {
namespace {

constexpr std::string_view list_word = "list";
constexpr std::string_view string_word = "string";

}  // namespace

store::DelegationState state_of(const store::DelegationRequest& record, Instant now) noexcept {
    return record.expires_at <= now ? store::DelegationState::expired : record.state;
}

std::chrono::days lifetime_in(store::DelegationState state) noexcept {
    return std::chrono::days(state == store::DelegationState::unassigned ? 1 : 7);
}

Result<std::optional<store::DelegationRequest>> find_delegation_record(const AccountView& account,
                                                                       std::string_view id) {
    return result_of(account.records.find<store::DelegationRequest>(store::DelegationRequest::by_id, {id}));
}

bool is_for(const store::DelegationRequest& record, std::string_view account_id) noexcept {
    return record.owner_account_id.empty() || record.owner_account_id == account_id;
}

std::unexpected<Error> no_such_delegation_request(std::string_view id) {
    return fail("NoSuchEntity", 404,
                "The delegation request with id " + std::string(id) + " cannot be found.");  // [I]
}

std::string written(const std::vector<policy::TemplateParameter>& parameters) {
    std::string text;
    for (const policy::TemplateParameter& parameter : parameters) {
        text.append(parameter.is_list ? list_word : string_word).append("\t").append(parameter.name);
        for (const std::string& value : parameter.values) text.append("\t").append(value);
        text.append("\n");
    }
    return text;
}

std::vector<policy::TemplateParameter> read_parameters(std::string_view text) {
    std::vector<policy::TemplateParameter> parameters;
    for (const auto line : std::views::split(text, '\n')) {
        std::vector<std::string> fields;
        for (const auto field : std::views::split(line, '\t'))
            fields.emplace_back(field.begin(), field.end());
        if (fields.size() < 2) continue;  // What follows the last line.
        policy::TemplateParameter parameter{
            .name = fields[1], .values = {}, .is_list = fields[0] == list_word};
        parameter.values.assign(fields.begin() + 2, fields.end());
        parameters.push_back(std::move(parameter));
    }
    return parameters;
}

}  // namespace writ::directory
