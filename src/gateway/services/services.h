#pragma once

#include "gateway/internal/mapping/mapping_rows.h"

/// The rows of each service, for the list in mapping_rows.cpp.
namespace writ::gateway::internal {

extern const ServiceRows apigateway_rows;
extern const ServiceRows apigateway_v2_rows;
extern const ServiceRows cloudwatch_rows;
extern const ServiceRows dynamodb_rows;
extern const ServiceRows dynamodb_streams_rows;
extern const ServiceRows ec2_rows;
extern const ServiceRows ecr_rows;
extern const ServiceRows events_rows;
extern const ServiceRows iam_rows;
extern const ServiceRows kinesis_rows;
extern const ServiceRows kms_rows;
extern const ServiceRows lambda_rows;
extern const ServiceRows logs_rows;
extern const ServiceRows s3_control_rows;
extern const ServiceRows s3_rows;
extern const ServiceRows secretsmanager_rows;
extern const ServiceRows sns_rows;
extern const ServiceRows sqs_rows;
extern const ServiceRows ssm_rows;
extern const ServiceRows states_rows;
extern const ServiceRows sts_rows;

}  // namespace writ::gateway::internal
