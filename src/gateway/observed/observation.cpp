#include "gateway/observed/observation.h"

#include <algorithm>

#include "base/arn.h"
#include "gateway/observed/observed_rows.h"
#include "gateway/observed/policy_text.h"

namespace writ::gateway {
namespace {

/// Of every service, when it has no rows of its own for it.
constexpr auto common_rows = std::to_array<ObservedRow>({
    {"TagResource", set_tags},
    {"UntagResource", remove_tags},
});

constexpr auto services = std::to_array<const ObservedService*>({
    &observed_dynamodb,
    &observed_ec2,
    &observed_ecr,
    &observed_events,
    &observed_kinesis,
    &observed_kms,
    &observed_lambda,
    &observed_logs,
    &observed_s3,
    &observed_secretsmanager,
    &observed_sns,
    &observed_sqs,
    &observed_ssm,
});

const ObservedService* find_service(std::string_view id) noexcept {
    const auto found = std::ranges::find(services, id, &ObservedService::service);
    return found == services.end() ? nullptr : *found;
}

bool has_row(std::span<const ObservedRow> rows, std::string_view operation) noexcept {
    return std::ranges::find(rows, operation, &ObservedRow::operation) != rows.end();
}

/// The rows among which those of the operation are; empty: there are none.
std::span<const ObservedRow> rows_for(const reference::RequestService& service,
                                      std::string_view operation) noexcept {
    const ObservedService* own = find_service(service.id);
    if (own != nullptr && has_row(own->rows, operation)) return own->rows;
    if (has_row(common_rows, operation)) return common_rows;
    return {};
}

}  // namespace

const std::string& subject_of(const ResourceChange& change) {
    return std::visit(
        [](const auto& what) -> const std::string& {
            if constexpr (requires { what.arn; }) {
                return what.arn;
            } else {
                return what.name;
            }
        },
        change.what);
}

std::string ObservedRequest::owner_of(std::string_view arn) const {
    const auto own = std::ranges::find(resources, arn, &Resource::arn);
    if (own != resources.end()) return own->account;
    const auto parsed = parse_arn(arn);
    if (parsed && !parsed->account.empty()) return std::string(parsed->account);
    if (!parsed || parsed->service != "s3") return account;
    // A bucket and its objects belong together.
    const std::string_view bucket = arn.substr(0, arn.find('/'));
    const auto beside = std::ranges::find_if(resources, [&](const Resource& resource) {
        return std::string_view(resource.arn).substr(0, resource.arn.find('/')) == bucket;
    });
    return beside == resources.end() ? account : beside->account;
}

bool ObservedRequest::is_one_resource(std::string_view arn) {
    const auto parsed = parse_arn(arn);
    return parsed && !parsed->resource.empty() &&
           (parsed->service == "s3" || arn.find_first_of("*?") == std::string_view::npos);
}

bool ObservedRequest::has_tags(std::string_view arn) const {
    if (known == nullptr) return false;
    const auto found = known->find(owner_of(arn), arn);
    return !found || !(*found)->tags.empty();
}

bool is_observed(const reference::RequestService& service,
                 const reference::RequestOperation& operation) noexcept {
    return !rows_for(service, operation.name).empty();
}

Result<void> check_policy_of(const ObservedRequest& request, std::string_view document) {
    auto checked = check_policy(document);
    if (checked) return checked;
    const ObservedService* own = find_service(request.service->id);
    return fail(std::string(own != nullptr ? own->malformed_policy : "MalformedPolicyDocumentException"), 400,
                std::move(checked.error().message));
}

std::string_view Observation::operation() const noexcept {
    return request_.operation->name;
}

Result<std::unique_ptr<Observation>> observe(ObservedRequest request) {
    const auto rows = rows_for(*request.service, request.operation->name);
    std::unique_ptr<Observation> made(new Observation);
    for (const ObservedRow& row : rows) {
        if (row.operation != request.operation->name) continue;
        if (row.request != nullptr) {
            if (auto seen = row.request(request, row.path, made->from_request_); !seen) {
                return std::unexpected(std::move(seen.error()));
            }
        }
        if (row.answer == nullptr) continue;
        if (row.wants_answer != nullptr && !row.wants_answer(request)) continue;
        made->answer_rows_.push_back(&row);
        made->answer_bytes_max_ = std::max(made->answer_bytes_max_, row.answer_bytes_max);
    }
    if (made->from_request_.empty() && made->answer_rows_.empty()) return nullptr;
    request.facts = nullptr;
    made->request_ = std::move(request);
    return made;
}

Result<ResourceChanges> Observation::changes(const HttpHeaders& headers, std::string_view body) const {
    ResourceChanges changes = from_request_;
    if (answer_rows_.empty()) return changes;
    const auto answer = Answer::read(headers, body);
    if (!answer) return fail("ServiceFailure", 500, "The answer is neither JSON nor XML.");
    for (const ObservedRow* row : answer_rows_) row->answer(request_, *answer, changes);
    return changes;
}

}  // namespace writ::gateway
