#include "authz/connection_keys.h"

#include <gtest/gtest.h>
#include <string>

/// Spec 4.1: what is unknown stays missing (K4).
namespace writ::authz {
namespace {

std::string value_of(const engine::Context& context, std::string_view key) {
    const engine::ContextEntry* entry = context.find(key);
    return entry == nullptr ? "missing" : entry->values.front();
}

TEST(ConnectionKeys, TellHowARequestCame) {
    HttpRequest request;
    request.headers = {{"user-agent", "cli/2"}, {"REFERER", "https://example.com/"}};
    request.peer_address = "203.0.113.9";
    request.tls = true;
    engine::Context context;
    set_connection_keys(context, request, "eu-west-1");
    EXPECT_EQ(value_of(context, "aws:SourceIp"), "203.0.113.9");
    EXPECT_EQ(value_of(context, "aws:SecureTransport"), "true");
    EXPECT_EQ(value_of(context, "aws:UserAgent"), "cli/2");
    EXPECT_EQ(value_of(context, "aws:Referer"), "https://example.com/");
    EXPECT_EQ(value_of(context, "aws:RequestedRegion"), "eu-west-1");
    EXPECT_EQ(value_of(context, "aws:ViaAWSService"), "false");
}

TEST(ConnectionKeys, AreMissingWhereNothingIsKnown) {
    engine::Context context;
    set_connection_keys(context, HttpRequest{}, "us-east-1");
    EXPECT_EQ(value_of(context, "aws:SourceIp"), "missing");
    EXPECT_EQ(value_of(context, "aws:UserAgent"), "missing");
    EXPECT_EQ(value_of(context, "aws:Referer"), "missing");
    EXPECT_EQ(value_of(context, "aws:SecureTransport"), "false");
}

}  // namespace
}  // namespace writ::authz
