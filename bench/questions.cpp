// questions_bench: what a decision costs when a program asks for it: POST /authorize with a hundred questions
// in JSON and in the compact form, and POST /access/v1/evaluation, without sockets, beside the same decision
// in process.
#include <array>
#include <cstdlib>
#include <memory>
#include <string>

#include "api/endpoint.h"
#include "base/text.h"
#include "bench/measure.h"
#include "crypto/sealing.h"
#include "crypto/sigv4_signer.h"
#include "directory/accounts/accounts.h"
#include "engine/decide.h"
#include "policy/parse.h"
#include "questions/endpoint.h"
#include "store/store.h"
#include "store/temporary_store.h"

namespace {

using namespace writ;
using namespace writ::bench;

constexpr std::string_view key_id = "AKIAXVJ2QWERTZUIOPAS";
constexpr std::string_view secret = "wJalrXUtnFEMI0K7MDENG0bPxRfiCYEXAMPLEKEY";
constexpr std::string_view policy_text =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],)"
    R"("Resource":"arn:aws:s3:::orders/*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}]})";
constexpr std::string_view principal = "arn:aws:iam::123456789012:user/bob";

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "bench: %s\n", why.c_str());
    std::exit(1);
}

HttpRequest request_of(std::string target, std::string type, std::string body) {
    HttpRequest request;
    request.method = "POST";
    request.target = std::move(target);
    request.headers = {{"Host", "127.0.0.1:7600"}, {"Content-Type", std::move(type)}};
    request.body = std::move(body);
    request.peer_address = "127.0.0.1";
    request.request_id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    return request;
}

void sign(HttpRequest& request, std::string_view service, Instant now) {
    crypto::sign(request, {std::string(key_id), Secret(secret), ""}, "us-east-1", service, now);
}

void call_iam(api::Endpoint& endpoint, const std::string& parameters, Instant now) {
    HttpRequest request =
        request_of("/", "application/x-www-form-urlencoded", parameters + "&Version=2010-05-08");
    sign(request, "iam", now);
    const api::Answer answer = endpoint.handle(request);
    if (answer.response.status != 200) give_up(answer.response.body);
}

std::string resource_of(std::size_t number) {
    return "arn:aws:s3:::orders/2026/11/" + std::to_string(number % 1'000) + ".json";
}

/// The same question without server: everything that it says is text again each time.
engine::Decision decide_in_process(const engine::PolicySet& identity, std::size_t number) {
    engine::Principal who;
    who.kind = engine::PrincipalKind::user;
    who.account = "123456789012";
    who.arn = principal;
    engine::Context context;
    context.set("aws:PrincipalArn", principal);
    context.set("aws:PrincipalAccount", who.account);
    context.set("aws:username", "bob");
    context.set("aws:ResourceAccount", who.account);
    context.set("aws:SourceIp", "203.0.113.9");
    const engine::Request request(
        who, {.action = "s3:GetObject", .resource = resource_of(number), .resource_account = who.account},
        context);
    engine::Policies policies;
    policies.identity = &identity;
    return engine::decide(policies, request);
}

constexpr std::size_t batch = 100;

std::string batch_in_json() {
    std::string body = R"({"principal":")" + std::string(principal) + R"(","questions":[)";
    for (std::size_t number = 0; number < batch; ++number) {
        body += (number == 0 ? "" : ",") + std::string(R"({"action":"s3:GetObject","resource":")") +
                resource_of(number) + R"(","context":{"aws:SourceIp":"203.0.113.9"}})";
    }
    return body + "]}";
}

/// A text of CBOR, up to 255 bytes long.
std::string cbor_text(std::string_view text) {
    std::string bytes;
    if (text.size() < 24) {
        bytes += static_cast<char>(0x60 + text.size());
    } else {
        bytes.append(1, '\x78').append(1, static_cast<char>(text.size()));
    }
    return bytes.append(text);
}

/// The same questions: {1: principal, 7: [{2: action, 3: resource, 5: {key: value}}, …]}.
std::string batch_in_compact_form() {
    std::string body = "\xa2\x01" + cbor_text(principal) + "\x07\x98" + static_cast<char>(batch);
    for (std::size_t number = 0; number < batch; ++number) {
        body += "\xa3\x02" + cbor_text("s3:GetObject") + "\x03" + cbor_text(resource_of(number)) +
                "\x05\xa1" + cbor_text("aws:SourceIp") + cbor_text("203.0.113.9");
    }
    return body;
}

}  // namespace

int main() {
    const SystemClock clock;
    SystemRandom random;
    const std::array<crypto::RingKey, 1> ring{{{1, clock.now(), Secret(std::string(32, 'k'))}}};
    const crypto::SealingKeys keys = crypto::SealingKeys::of(ring);
    const store::TemporaryStore store;
    {
        auto transaction = store->write();
        const directory::KeyPair chosen{std::string(key_id), Secret(secret)};
        const directory::Environment environment{
            .clock = clock, .random = random, .sealing = keys, .quotas = {}};
        if (!transaction || !directory::ensure_account(**transaction, environment, "123456789012", &chosen) ||
            !(*transaction)->commit()) {
            give_up("the account is not made");
        }
    }
    api::Endpoint shared({.audit = {.events = api::audit::Events::none}}, {clock, random, *store, keys});
    call_iam(shared, "Action=CreateUser&UserName=bob", clock.now());
    call_iam(shared,
             "Action=PutUserPolicy&UserName=bob&PolicyName=p&PolicyDocument=" + percent_encode(policy_text),
             clock.now());
    questions::Endpoint endpoint({}, shared);
    const auto ask = [&](const HttpRequest& request) {
        api::Answer answer = endpoint.handle(request);
        if (answer.response.status != 200) give_up(answer.response.body);
        return std::move(answer.response.body);
    };

    HttpRequest token_request = request_of("/bearer-token", "application/json", R"({"lifetime_s":43200})");
    sign(token_request, "writ", clock.now());
    const std::string told = ask(token_request);
    const std::size_t begin = told.find("writ_");
    const std::string bearer = "Bearer " + told.substr(begin, told.find('"', begin) - begin);

    auto document = policy::parse(policy_text, {});
    if (!document) give_up("the policy is none");
    const engine::PolicySet identity({{engine::compile(*document, policy::PolicyType::identity), {}}});
    std::size_t allowed = 0;
    print_row("questions/decision in process, request from text", measure([&](std::size_t number) {
                  allowed += decide_in_process(identity, number).allowed() ? 1U : 0U;
              }));
    if (allowed == 0) give_up("nothing is allowed in process");

    const auto measure_batch = [&](const std::string& form, const std::string& type, std::string body,
                                   std::string_view denied) {
        HttpRequest many = request_of("/authorize", type, std::move(body));
        many.headers.emplace_back("Authorization", bearer);
        const std::string answer = ask(many);
        if (answer.find(denied) != std::string::npos) give_up("a question of the batch is denied");
        const Timing timing = measure([&](std::size_t) { keep(ask(many)); });
        print_row("questions/authorize" + form + ", a decision of 100", timing.median_ns / batch,
                  timing.least_ns / batch, "ns");
        const auto bytes = static_cast<double>(many.body.size() + answer.size()) / batch;
        print_row("questions/authorize" + form + ", bytes of a question and its answer", bytes, bytes,
                  "bytes");
    };
    measure_batch("", "application/json", batch_in_json(), "mplicitDeny");
    const std::string denied{'\x10', '\0'};  // Member::decision, Decision::implicit_deny.
    measure_batch(" in compact form", "application/cbor", batch_in_compact_form(), denied);

    HttpRequest one = request_of("/access/v1/evaluation", "application/json",
                                 R"({"subject":{"type":"user","id":"bob"},"action":{"name":"s3:GetObject"},)"
                                 R"("resource":{"type":"s3:object","id":"arn:aws:s3:::orders/1"},)"
                                 R"("context":{"aws:SourceIp":"203.0.113.9"}})");
    one.headers.emplace_back("Authorization", bearer);
    if (ask(one) != R"({"decision":true})") give_up(ask(one));
    print_row("questions/evaluation in process", measure([&](std::size_t) { keep(ask(one)); }));
    return 0;
}
