#include "gateway/internal/mapping/mapping_rows.h"

#include <algorithm>
#include <array>

#include "gateway/services/services.h"

namespace writ::gateway::internal {
namespace {

constexpr auto all = std::to_array<const ServiceRows*>({
    &apigateway_rows,
    &apigateway_v2_rows,
    &cloudwatch_rows,
    &dynamodb_rows,
    &dynamodb_streams_rows,
    &ec2_rows,
    &ecr_rows,
    &events_rows,
    &iam_rows,
    &kinesis_rows,
    &kms_rows,
    &lambda_rows,
    &logs_rows,
    &s3_rows,
    &s3_control_rows,
    &secretsmanager_rows,
    &sns_rows,
    &sqs_rows,
    &ssm_rows,
    &states_rows,
    &sts_rows,
});

}  // namespace

const ServiceRows* find_service_rows(std::string_view service_id) noexcept {
    const auto found = std::ranges::find(all, service_id, &ServiceRows::service);
    return found == all.end() ? nullptr : *found;
}

std::span<const ServiceRows* const> all_service_rows() noexcept {
    return all;
}

}  // namespace writ::gateway::internal
