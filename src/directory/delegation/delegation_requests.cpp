#include "directory/delegation/delegation_requests.h"

#include <algorithm>
#include <array>

#include "directory/accounts/account_aliases.h"
#include "directory/accounts/accounts.h"
#include "directory/internal/delegation/delegation_records.h"
#include "directory/internal/failures.h"
#include "directory/internal/new_ids.h"
#include "directory/internal/paging.h"
#include "directory/principals/principals.h"
#include "policy/parse.h"
#include "policy/validate.h"

namespace writ::directory {
namespace {

using store::DelegationState;

constexpr std::size_t policy_characters_max = 2048;         // The page "Policy templates".
constexpr std::size_t template_characters_max = 1'000'000;  // AWS's own policies are longer than inputs.
constexpr std::size_t open_requests_max = 1000;             // [I]
constexpr std::chrono::days told_for{30};                   // [I]
constexpr std::size_t erased_at_once_max = 100;
constexpr std::size_t requestor_name_characters_max = 30;

constexpr std::array<std::string_view, 7> state_names{
    "UNASSIGNED", "ASSIGNED", "PENDING_APPROVAL", "ACCEPTED", "FINALIZED", "REJECTED", "EXPIRED"};

std::unexpected<Error> bad_input(std::string message) {
    return fail("InvalidInput", 400, std::move(message));
}

Result<void> check_parameters(const std::vector<policy::TemplateParameter>& parameters) {
    for (auto one = parameters.begin(); one != parameters.end(); ++one) {
        if (one->values.empty() || (!one->is_list && one->values.size() != 1)) {
            return bad_input("Parameter " + one->name + " must have " +
                             (one->is_list ? "at least one value." : "exactly one value."));
        }
        if (std::find_if(parameters.begin(), one,
                         [&](const auto& other) { return other.name == one->name; }) != one) {
            return bad_input("Parameter " + one->name + " is given twice.");
        }
    }
    return {};
}

Result<policy::DocumentPtr> read_template(const AccountView& account, std::string_view arn) {
    const auto managed = read_managed_policy(account.records, account.environment, account.account_id, arn);
    if (!managed) return std::unexpected(managed.error());
    const std::string not_found = "Policy template " + std::string(arn) + " was not found.";
    if (!*managed) return bad_input(not_found);
    const auto text = read_document(account.records, account.environment, account.account_id, **managed);
    if (!text) return std::unexpected(text.error());
    if (!*text) return bad_input(not_found);
    const auto document = policy::parse(**text, {.characters_max = template_characters_max});
    if (!document) return bad_input(not_found);
    return *document;
}

std::string words_of(const policy::TemplateFault& fault) {
    switch (fault.kind) {
        case policy::TemplateFault::Kind::missing:
            return "The policy template needs the parameter " + fault.parameter + ".";
        case policy::TemplateFault::Kind::unused:
            return "The policy template has no parameter " + fault.parameter + ".";
        case policy::TemplateFault::Kind::too_long:
            break;
    }
    return "The rendered policy must not be longer than " + std::to_string(policy_characters_max) +
           " characters.";
}

/// The policy that the session will be limited by.
Result<std::string> render(const AccountView& account, const NewDelegationRequest& request) {
    if (auto good = check_parameters(request.parameters); !good) return std::unexpected(good.error());
    const auto document = read_template(account, request.template_arn);
    if (!document) return std::unexpected(document.error());
    auto rendered = policy::render_template(**document, request.parameters, policy_characters_max);
    if (!rendered) return bad_input(words_of(rendered.error()));
    const auto parsed = policy::parse(*rendered, {.type = policy::PolicyType::session});
    if (!parsed) return bad_input("The rendered policy is malformed: " + parsed.error().message);
    const auto defects = policy::validate(**parsed, {.type = policy::PolicyType::session});
    if (!defects.empty()) {
        return bad_input("The rendered policy is malformed: " + defects.front().message);
    }
    return std::move(*rendered);
}

/// Expired requests go after a while.
Result<void> erase_old_requests(AccountEdit& account) {
    const auto oldest = account.records.list<store::DelegationRequest>(
        store::DelegationRequest::by_expiry, {.equal = {account.account_id}, .rows_max = erased_at_once_max});
    if (!oldest) return std::unexpected(to_error(oldest.error()));
    for (const store::DelegationRequest& record : *oldest) {
        if (account.environment.clock.now() - record.expires_at < told_for) return {};
        if (auto erased = result_of(account.writes.erase(record)); !erased) return erased;
    }
    return {};
}

Result<void> check_room(const AccountView& account) {
    const auto open = account.records.count<store::DelegationRequest>(
        store::DelegationRequest::by_expiry,
        {.equal = {account.account_id}, .after = {account.environment.clock.now()}});
    if (!open) return std::unexpected(to_error(open.error()));
    if (*open < open_requests_max) return {};
    return fail("LimitExceeded", 409,
                "Cannot exceed quota for DelegationRequestsPerAccount: " + std::to_string(open_requests_max));
}

/// What the account is called: by its organization, else by itself.
Result<std::string> friendly_name(const AccountView& account, const std::string& account_id) {
    const auto found = result_of(account.records.find<store::Account>(store::Account::by_id, {account_id}));
    if (!found) return std::unexpected(found.error());
    std::string name;
    if (*found && (*found)->name) {
        name = *(*found)->name;
    } else {
        auto alias = account_alias(AccountView{account.records, account_id, account.environment});
        if (!alias) return std::unexpected(std::move(alias.error()));
        name = std::move(*alias).value_or(std::string());
    }
    name.resize(std::min(name.size(), requestor_name_characters_max));
    return name;
}

Result<DelegationRequest> to_request(const AccountView& account, const store::DelegationRequest& record) {
    auto requestor_name = friendly_name(account, record.requestor_account_id);
    if (!requestor_name) return std::unexpected(std::move(requestor_name.error()));
    const bool tells_all = is_for(record, account.account_id);
    const auto told = [&](const std::string& text) { return tells_all ? text : std::string(); };
    return DelegationRequest{.id = record.delegation_request_id,
                             .requestor_account_id = record.requestor_account_id,
                             .requestor_name = std::move(*requestor_name),
                             .owner_account_id = record.owner_account_id,
                             .owner_arn = told(record.owner_arn),
                             .approver_arn = told(record.approver_arn),
                             .description = record.description,
                             .request_message = record.request_message,
                             .redirect_url = record.redirect_url,
                             .notes = told(record.notes),
                             .rejection_reason = told(record.rejection_reason),
                             .template_arn = record.template_arn,
                             .parameters = read_parameters(record.parameters),
                             .permission_policy = record.permission_policy,
                             .session_duration = std::chrono::seconds(record.session_seconds),
                             .only_send_by_owner = record.only_send_by_owner,
                             .state = state_of(record, account.environment.clock.now()),
                             .created_at = record.created_at,
                             .updated_at = record.updated_at,
                             .expires_at = record.expires_at};
}

store::DelegationRequest new_record(const AccountView& account, const NewDelegationRequest& request,
                                    std::string permission_policy) {
    const Instant now = account.environment.clock.now();
    store::DelegationRequest record;
    record.delegation_request_id = new_uuid(account);
    record.requestor_account_id = account.account_id;
    record.workflow_id = request.workflow_id;
    record.owner_account_id = request.owner_account_id;
    record.description = request.description;
    record.request_message = request.request_message;
    record.redirect_url = request.redirect_url;
    record.template_arn = request.template_arn;
    record.parameters = written(request.parameters);
    record.permission_policy = std::move(permission_policy);
    record.session_seconds = request.session_duration.count();
    record.only_send_by_owner = request.only_send_by_owner;
    record.created_at = now;
    record.updated_at = now;
    record.expires_at = now + lifetime_in(DelegationState::unassigned);
    return record;
}

/// Whoever owns it, may claim it, or made it.
Result<std::optional<store::DelegationRequest>> find_visible(const AccountView& account,
                                                             std::string_view id) {
    auto record = find_delegation_record(account, id);
    if (!record || !*record) return record;
    const bool visible =
        is_for(**record, account.account_id) || (*record)->requestor_account_id == account.account_id;
    if (!visible) return std::nullopt;
    return record;
}

}  // namespace

std::string_view name_of(DelegationState state) noexcept {
    return state_names.at(static_cast<std::size_t>(state));
}

Result<DelegationRequest> create_delegation_request(AccountEdit& account,
                                                    const NewDelegationRequest& request) {
    if (!request.owner_account_id.empty()) {
        const auto exists = account_exists(account.records, request.owner_account_id);
        if (!exists) return std::unexpected(exists.error());
        if (!*exists) return bad_input("There is no account " + request.owner_account_id + ".");
    }
    auto permission_policy = render(account, request);
    if (!permission_policy) return std::unexpected(std::move(permission_policy.error()));
    if (auto erased = erase_old_requests(account); !erased) return std::unexpected(erased.error());
    if (auto room = check_room(account); !room) return std::unexpected(std::move(room.error()));
    const store::DelegationRequest record = new_record(account, request, std::move(*permission_policy));
    auto inserted = unless_taken(
        account.writes.insert(record), store::DelegationRequest::by_workflow,
        {"EntityAlreadyExists", 409,
         "A delegation request with RequestorWorkflowId " + request.workflow_id + " already exists."});
    if (!inserted) return std::unexpected(std::move(inserted.error()));
    return to_request(account, record);
}

Result<DelegationRequest> get_delegation_request(const AccountView& account, std::string_view id) {
    const auto record = find_visible(account, id);
    if (!record) return std::unexpected(record.error());
    if (!*record) return no_such_delegation_request(id);
    return to_request(account, **record);
}

Result<Page<DelegationRequest>> list_delegation_requests(const AccountView& account,
                                                         const std::optional<std::string>& owner_arn,
                                                         const PageRequest& page) {
    const Listing listing{.operation = "ListDelegationRequests",
                          .filter = owner_arn ? "of " + *owner_arn : "all"};
    return page_of<store::DelegationRequest, DelegationRequest>(
        account, listing, page,
        {.index = store::DelegationRequest::by_owner,
         .equal = {account.account_id},
         .order = &store::DelegationRequest::delegation_request_id,
         .keep =
             [&](const store::DelegationRequest& record) {
                 return owner_arn ? record.owner_arn == *owner_arn : !record.owner_arn.empty();
             },
         .convert = [&](const store::DelegationRequest& record) { return to_request(account, record); }});
}

Result<std::optional<ReleasedDelegation>> find_released_delegation(const AccountView& account,
                                                                   std::string_view id) {
    auto record = find_delegation_record(account, id);
    if (!record) return std::unexpected(std::move(record.error()));
    if (!*record || (*record)->requestor_account_id != account.account_id || !(*record)->released_at) {
        return std::nullopt;
    }
    store::DelegationRequest& released = **record;
    return ReleasedDelegation{.owner_account_id = std::move(released.owner_account_id),
                              .approver_arn = std::move(released.approver_arn),
                              .approver_key_id = std::move(released.approver_key_id),
                              .approver_session = std::move(released.approver_session),
                              .permission_policy = std::move(released.permission_policy),
                              .ends_at = std::chrono::floor<std::chrono::seconds>(*released.released_at) +
                                         std::chrono::seconds(released.session_seconds)};
}

Result<std::optional<DelegationOwner>> find_delegation_owner(const AccountView& account,
                                                             std::string_view id) {
    const auto record = find_visible(account, id);
    if (!record) return std::unexpected(record.error());
    if (!*record) return std::nullopt;
    const bool mine = is_for(**record, account.account_id);
    return DelegationOwner{.arn = (*record)->owner_arn, .is_unclaimed = mine && (*record)->owner_arn.empty()};
}

}  // namespace writ::directory
