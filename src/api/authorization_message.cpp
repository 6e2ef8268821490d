#include "api/authorization_message.h"

#include <charconv>
#include <chrono>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <span>

#include "base/text.h"
#include "cases/run.h"

namespace writ::api {
namespace {

constexpr std::chrono::hours opens_for{24};  // N11.

/// The shape of N12: every list is an object with "items".
class MessageWriter {
  public:
    std::string write(const cases::Case& question, const cases::Outcome& outcome) {
        const bool explicit_deny = outcome.explanation.decision.verdict == engine::Verdict::explicit_deny;
        json_.StartObject();
        flag("allowed", outcome.allowed());
        flag("explicitDeny", explicit_deny);
        items("matchedStatements", [&] {
            if (!explicit_deny) return;
            for (const engine::StatementTrace& trace : outcome.explanation.statements) {
                if (trace.applied && trace.effect == policy::Effect::deny) statement(question, trace);
            }
        });
        items("failures", [] {});
        key("context");
        json_.StartObject();
        principal(question);
        text("action", question.action);
        text("resource", question.resource);
        items("conditions", [&] {
            for (const cases::ContextValue& entry : question.context) condition(entry.key, {}, entry.values);
        });
        json_.EndObject();
        json_.EndObject();
        return {buffer_.GetString(), buffer_.GetSize()};
    }

  private:
    void key(std::string_view name) { json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }
    void text(std::string_view name, std::string_view value) {
        key(name);
        json_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    }
    void flag(std::string_view name, bool value) {
        key(name);
        json_.Bool(value);
    }
    template <class Write>
    void items(std::string_view name, Write write) {
        key(name);
        json_.StartObject();
        key("items");
        json_.StartArray();
        write();
        json_.EndArray();
        json_.EndObject();
    }
    void value(std::string_view one) {
        json_.StartObject();
        text("value", one);
        json_.EndObject();
    }
    void condition(std::string_view name, std::string_view operator_name,
                   const std::vector<std::string>& values) {
        json_.StartObject();
        text("key", name);
        if (!operator_name.empty()) text("operator", operator_name);
        items("values", [&] {
            for (const std::string& one : values) value(one);
        });
        json_.EndObject();
    }
    void patterns(std::string_view name, const std::optional<policy::PatternElement>& element) {
        items(name, [&] {
            if (!element) return;
            for (const policy::Scalar& pattern : element->patterns) value(pattern.text);
        });
    }

    void statement(const cases::Case& question, const engine::StatementTrace& trace) {
        const cases::PolicyText* policy = cases::find_policy(question.policies, trace.type, trace.ref);
        if (policy == nullptr) return;
        const policy::Statement& source = policy->document->statements()[trace.ref.statement];
        json_.StartObject();
        text("statementId", trace.sid);
        text("effect", "DENY");
        items("principals", [&] { value(question.caller.principal.id); });
        items("principalGroups", [] {});
        patterns("actions", source.action);
        patterns("resources", source.resource);
        items("conditions", [&] {
            for (const engine::ConditionTrace& one : trace.conditions) {
                condition(one.key, one.operator_name, one.expected);
            }
        });
        json_.EndObject();
    }

    void principal(const cases::Case& question) {
        const engine::Principal& who = question.caller.principal;
        std::string id = who.id;
        if (who.kind == engine::PrincipalKind::role_session) {
            id += ":" + who.arn.substr(who.arn.rfind('/') + 1);
        }
        key("principal");
        json_.StartObject();
        text("id", id);
        if (who.kind == engine::PrincipalKind::user) text("name", who.arn.substr(who.arn.rfind('/') + 1));
        text("arn", who.arn);
        json_.EndObject();
    }

    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> json_{buffer_};
};

}  // namespace

std::string describe_denial(const cases::Case& question) {
    return MessageWriter().write(question, cases::run(question, question.time.value_or(Instant{})));
}

std::string encode_authorization_message(const crypto::SealingKeys& keys, std::string_view account,
                                         std::string_view description, Instant now, RandomSource& random) {
    std::string plain = std::to_string(now.time_since_epoch().count());
    plain.append(1, '\n').append(description);
    const std::string sealed = keys.seal(crypto::Purpose::authorization_message, plain, account, random);
    return base64_encode(as_bytes(sealed));
}

std::optional<std::string> decode_authorization_message(const crypto::SealingKeys& keys,
                                                        std::string_view account, std::string_view encoded,
                                                        Instant now) {
    const auto sealed = base64_decode(encoded);
    if (!sealed) return std::nullopt;
    const std::string_view bytes(reinterpret_cast<const char*>(sealed->data()), sealed->size());
    const auto plain = keys.unseal(crypto::Purpose::authorization_message, bytes, account);
    if (!plain) return std::nullopt;
    const std::size_t line = plain->find('\n');
    std::int64_t sealed_at = 0;
    const auto read = std::from_chars(plain->data(), plain->data() + plain->size(), sealed_at);
    if (line == std::string::npos || read.ec != std::errc{}) return std::nullopt;
    if (now - Instant(std::chrono::milliseconds(sealed_at)) >= opens_for) return std::nullopt;
    return plain->substr(line + 1);
}

}  // namespace writ::api
