// gateway_bench: what it costs to say what a request is and to read its parameters, and to map them to
// actions and resources, each beside the verification of its signature; and what the tables of fifty services
// take.
#include <array>
#include <chrono>
#include <cstdlib>
#include <string>

#include "bench/measure.h"
#include "bench/resident_memory.h"
#include "crypto/signing_key.h"
#include "crypto/sigv4.h"
#include "crypto/sigv4_signer.h"
#include "gateway/mapping.h"
#include "gateway/parameters.h"
#include "gateway/recognize.h"
#include "reference/request_model.h"

namespace {

using namespace writ;
using namespace writ::bench;

constexpr std::string_view region = "us-east-1";

[[noreturn]] void give_up(const char* why) {
    std::fprintf(stderr, "bench: %s\n", why);
    std::exit(1);
}

struct Case {
    const char* name;
    std::string_view service;
    HttpRequest request;
};

std::array<Case, 4> cases() {
    HttpRequest get_item;
    get_item.method = "POST";
    get_item.target = "/";
    get_item.headers = {{"Host", "127.0.0.1:8000"},
                        {"X-Amz-Target", "DynamoDB_20120810.GetItem"},
                        {"Content-Type", "application/x-amz-json-1.0"}};
    get_item.body =
        R"({"TableName":"orders","Key":{"customer":{"S":"c-1234"},"order":{"S":"2026-11-25#17"}},)"
        R"("ProjectionExpression":"total, #s","ExpressionAttributeNames":{"#s":"state"}})";
    HttpRequest get_object;
    get_object.method = "GET";
    get_object.target = "/photos/2026/11/cat%20and%20dog.jpg?versionId=3L4kqtJlcpXroDTDmJ";
    get_object.headers = {{"Host", "127.0.0.1:8000"}, {"Range", "bytes=0-1023"}};
    HttpRequest send;
    send.method = "POST";
    send.target = "/";
    send.headers = {{"Host", "127.0.0.1:8000"},
                    {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
    send.body =
        "Action=Publish&Version=2010-03-31&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A123456789012%3Aorders&"
        "Message=order+17&MessageAttributes.entry.1.Name=kind&"
        "MessageAttributes.entry.1.Value.DataType=String&MessageAttributes.entry.1.Value.StringValue=new";
    HttpRequest tagging;
    tagging.method = "PUT";
    tagging.target = "/photos/cat.jpg?tagging";
    tagging.headers = {{"Host", "127.0.0.1:8000"}};
    tagging.body =
        "<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet><Tag><Key>team</Key>"
        "<Value>billing</Value></Tag><Tag><Key>stage</Key><Value>prod</Value></Tag></TagSet></Tagging>";
    return {{{"DynamoDB GetItem", "dynamodb", std::move(get_item)},
             {"S3 GetObject", "s3", std::move(get_object)},
             {"SNS Publish", "sns", std::move(send)},
             {"S3 PutObjectTagging", "s3", std::move(tagging)}}};
}

/// A request whose parameters are read.
struct ReadRequest {
    gateway::RecognizedRequest recognized;
    gateway::Parameters parameters;
};

ReadRequest read(const HttpRequest& request, std::string_view service) {
    auto recognized = gateway::recognize(request, service, {});
    if (!recognized) give_up("not recognized");
    auto complete = gateway::recognize_with_body(request, std::move(*recognized));
    if (!complete) give_up("not recognized");
    auto parameters = gateway::read_parameters(*complete, request);
    if (!parameters) give_up("not read");
    return {std::move(*complete), std::move(*parameters)};
}

std::size_t map(const ReadRequest& request) {
    const gateway::MappingPlace place{"aws", region, "123456789012"};
    const auto demands = gateway::map_request(*request.recognized.service, *request.recognized.operation,
                                              request.parameters, place);
    if (!demands) give_up(demands.error().message.c_str());
    return demands->size();
}

void verify(const HttpRequest& request, std::string_view service, crypto::SigningKeyCache& cache,
            const Secret& secret, Instant now) {
    constexpr std::array<std::string_view, 1> regions{region};
    const auto authorization = crypto::parse_authorization(request);
    if (!authorization || !crypto::check_window(*authorization, now) ||
        !crypto::check_scope(*authorization, service, regions)) {
        give_up("the signature is not read");
    }
    const auto key = cache.get(authorization->credential.access_key_id, authorization->credential.scope,
                               [&]() -> Result<Secret> { return secret.copy(); });
    if (!key || !crypto::verify_signature(request, *authorization, **key)) give_up("not verified");
}

/// Resident memory that the models of fifty services add.
void bench_tables() {
    const double before = resident_mib();
    for (const auto& service : reference::request_services().first(50))
        keep(reference::request_operations(service).size());
    const double taken = resident_mib() - before;
    print_row("gateway/tables of 50 services", taken, taken, "MiB");
}

}  // namespace

int main() {
    bench_tables();
    const Instant now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const crypto::SigningCredentials credentials{"AKIAXVJ2QWERTZUIOPAS",
                                                 Secret("wJalrXUtnFEMI0K7MDENG0bPxRfiCYEXAMPLEKEY"), ""};
    crypto::SigningKeyCache cache;
    for (auto& [name, service, request] : cases()) {
        crypto::sign(request, credentials, region, service, now);
        print_row(std::string("gateway/read ") + name,
                  measure([&](std::size_t) { keep(read(request, service).parameters.names().size()); }));
        const ReadRequest done = read(request, service);
        print_row(std::string("gateway/map ") + name, measure([&](std::size_t) { keep(map(done)); }));
        print_row(std::string("gateway/verify ") + name, measure([&](std::size_t) {
                      verify(request, service, cache, credentials.secret_access_key, now);
                  }));
    }
    return 0;
}
