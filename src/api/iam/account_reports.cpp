// What an account looks like as a whole: details, summary, credential report.
#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/shapes.h"
#include "base/text.h"
#include "directory/accounts/account_details.h"
#include "directory/accounts/account_summary.h"
#include "directory/reports/credential_report.h"

namespace writ::api::iam {
namespace {

struct FilterWord {
    std::string_view word;  ///< Value of Filter.
    bool directory::DetailFilter::* part;
};
constexpr auto filter_words = std::to_array<FilterWord>({
    {"User", &directory::DetailFilter::users},
    {"Role", &directory::DetailFilter::roles},
    {"Group", &directory::DetailFilter::groups},
    {"LocalManagedPolicy", &directory::DetailFilter::local_policies},
    {"AWSManagedPolicy", &directory::DetailFilter::aws_policies},
});

directory::DetailFilter filter_of(const Input& input) {
    if (input.list("Filter").empty()) return {};
    directory::DetailFilter filter{false, false, false, false, false};
    for (const Input& word : input.list("Filter")) {
        for (const FilterWord& row : filter_words) {
            if (row.word == word.text()) filter.*row.part = true;
        }
    }
    return filter;
}

Output inline_shape(const directory::InlineDocument& policy) {
    Output output;
    output.set("PolicyName", policy.name);
    output.set("PolicyDocument", policy.document);
    return output;
}

void set_policies(Output& output, std::string_view inline_list, const directory::CarriedPolicies& policies) {
    output.set(inline_list, list_of(policies.inline_policies, inline_shape));
    output.set("AttachedManagedPolicies", list_of(policies.attached, attached_policy_shape));
}

/// Unlike groups and roles, users without inline policies show no list of them.
Output user_detail_shape(const directory::UserDetail& detail) {
    Output output = user_shape(detail.user);
    if (!detail.policies.inline_policies.empty()) {
        output.set("UserPolicyList", list_of(detail.policies.inline_policies, inline_shape));
    }
    output.set("GroupList", list_of(detail.group_names, text_shape));
    output.set("AttachedManagedPolicies", list_of(detail.policies.attached, attached_policy_shape));
    return output;
}

Output group_detail_shape(const directory::GroupDetail& detail) {
    Output output = group_shape(detail.group);
    set_policies(output, "GroupPolicyList", detail.policies);
    return output;
}

/// Neither description nor longest session belong to it.
Output role_detail_shape(const directory::RoleDetail& detail) {
    directory::Role plain = detail.role;
    plain.description.clear();
    Output output = new_role_shape(plain);
    output.set("InstanceProfileList", list_of(detail.profiles, instance_profile_shape));
    set_policies(output, "RolePolicyList", detail.policies);
    output.set("RoleLastUsed", role_last_used_shape(detail.role.last_used));
    return output;
}

Output policy_detail_shape(const directory::PolicyDetail& detail) {
    directory::Policy plain = detail.policy;
    plain.description.clear();  // B20.
    Output output = policy_shape(plain);
    output.set("PolicyVersionList", list_of(detail.versions, policy_version_shape));
    return output;
}

Result<Output> generated(std::string_view state, std::string_view description) {
    Output output;
    output.set("State", state);
    if (!description.empty()) output.set("Description", description);
    return output;
}

}  // namespace

Result<Output> get_account_authorization_details(const View& account, const Call& call) {
    const auto details = directory::get_account_details(account, filter_of(call.input), page_of(call.input));
    if (!details) return std::unexpected(details.error());
    Output output;
    output.set("UserDetailList", list_of(details->users, user_detail_shape));
    output.set("GroupDetailList", list_of(details->groups, group_detail_shape));
    output.set("RoleDetailList", list_of(details->roles, role_detail_shape));
    output.set("Policies", list_of(details->policies, policy_detail_shape));
    output.set("IsTruncated", details->marker.has_value());
    if (details->marker) output.set("Marker", *details->marker);
    return output;
}

Result<Output> get_account_summary(const View& account, const Call&) {
    const auto entries = directory::get_account_summary(account);
    if (!entries) return std::unexpected(entries.error());
    Output map;
    for (const directory::SummaryEntry& entry : *entries) map.set(entry.key, entry.value);
    Output output;
    output.set("SummaryMap", std::move(map));
    return output;
}

Result<Completion> generate_credential_report(const View& account, const Call&) {
    const auto fresh = directory::has_fresh_credential_report(account);
    if (!fresh) return std::unexpected(fresh.error());
    if (*fresh) return [](Edit&) { return generated("COMPLETE", {}); };
    auto csv = directory::make_credential_report(account);
    if (!csv) return std::unexpected(std::move(csv.error()));
    return [csv = std::move(*csv)](Edit& edit) -> Result<Output> {
        if (auto kept = directory::keep_credential_report(edit, csv); !kept) {
            return std::unexpected(std::move(kept.error()));
        }
        return generated("STARTED", "No report exists. Starting a new report generation task");
    };
}

Result<Output> get_credential_report(const View& account, const Call&) {
    const auto report = directory::get_credential_report(account);
    if (!report) return std::unexpected(report.error());
    Output output;
    output.set("Content", base64_encode(as_bytes(report->csv)));
    output.set("ReportFormat", "text/csv");
    output.set("GeneratedTime", report->generated_at);
    return output;
}

}  // namespace writ::api::iam
