#include "cases/write.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <string_view>

#include "base/time.h"

namespace writ::cases {
namespace {

/// The format, member by member. Documents are copied as they stand: they are JSON already.
class FileWriter {
  public:
    std::string write(const Case& question) {
        json_.StartObject();
        name("cases");
        json_.StartArray();
        json_.StartObject();
        text("name", question.name);
        principal(question.caller);
        text("action", question.action);
        text("resource", question.resource);
        text_unless_empty("resource_account", question.resource_account);
        tags("resource_tags", question.resource_tags);
        context(question.context);
        if (question.time) text("time", format_iso8601(*question.time));
        policies(question.policies);
        json_.EndObject();
        json_.EndArray();
        json_.EndObject();
        return {buffer_.GetString(), buffer_.GetSize()};
    }

  private:
    void value(std::string_view text) {
        json_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
    }
    void name(std::string_view member) {
        json_.Key(member.data(), static_cast<rapidjson::SizeType>(member.size()));
    }
    void text(std::string_view member, std::string_view content) {
        name(member);
        value(content);
    }
    void text_unless_empty(std::string_view member, std::string_view content) {
        if (!content.empty()) text(member, content);
    }
    void texts(const std::vector<std::string>& all) {
        json_.StartArray();
        for (const std::string& one : all) value(one);
        json_.EndArray();
    }
    void flag_if_set(std::string_view member, bool set) {
        if (!set) return;
        name(member);
        json_.Bool(true);
    }
    void tags(std::string_view member, const Tags& all) {
        if (all.empty()) return;
        name(member);
        json_.StartObject();
        for (const auto& [key, content] : all) text(key, content);
        json_.EndObject();
    }

    void principal(const Caller& caller) {
        const engine::Principal& who = caller.principal;
        name("principal");
        if (who.kind == engine::PrincipalKind::anonymous) {
            value("anonymous");
            return;
        }
        json_.StartObject();
        identity(who);
        text_unless_empty("role_arn", who.role_arn);
        text_unless_empty("id", who.id);
        text_unless_empty("issuer_arn", who.issuer_arn);
        text_unless_empty("issuer_id", who.issuer_id);
        text_unless_empty("canonical_user_id", who.canonical_user_id);
        tags("tags", caller.tags);
        tags("session_tags", caller.session_tags);
        flag_if_set("service_linked", who.service_linked);
        flag_if_set("assumed_root", who.assumed_root);
        if (caller.mfa_age) {
            name("mfa_age_s");
            json_.Int64(caller.mfa_age->count());
        }
        text_unless_empty("management_account", caller.management_account);
        json_.EndObject();
    }
    void identity(const engine::Principal& who) {
        if (who.kind == engine::PrincipalKind::federated) {
            text("federated", who.arn);
        } else if (who.kind == engine::PrincipalKind::service) {
            name("service");
            texts(who.service_names);
        } else {
            text("arn", who.arn);
        }
    }

    void context(const std::vector<ContextValue>& values) {
        if (values.empty()) return;
        name("context");
        json_.StartObject();
        for (const ContextValue& entry : values) {
            name(entry.key);
            if (entry.removed) {
                json_.Null();
            } else if (!entry.multivalued) {
                value(entry.values.front());
            } else {
                texts(entry.values);
            }
        }
        json_.EndObject();
    }

    void policy(const PolicyText& policy) {
        const std::string_view document = policy.document->text();
        json_.StartObject();
        text("name", policy.source.name);
        text_unless_empty("arn", policy.source.arn);
        text_unless_empty("attached_to", policy.source.attached_to);
        name("document");
        json_.RawValue(document.data(), document.size(), rapidjson::kObjectType);
        json_.EndObject();
    }
    void policy(std::string_view member, const std::optional<PolicyText>& one) {
        if (!one) return;
        name(member);
        policy(*one);
    }
    void level(const PolicyLevel& policies) {
        json_.StartArray();
        for (const PolicyText& one : policies) policy(one);
        json_.EndArray();
    }
    void levels(std::string_view member, const std::optional<std::vector<PolicyLevel>>& all) {
        if (!all) return;
        name(member);
        json_.StartArray();
        for (const PolicyLevel& one : *all) level(one);
        json_.EndArray();
    }
    void policies(const PolicyTexts& all) {
        name("policies");
        json_.StartObject();
        name("identity");
        level(all.identity);
        policy("boundary", all.boundary);
        if (all.session) {
            name("session");
            level(*all.session);
        }
        levels("scope_down", all.scope_down);
        policy("resource", all.resource);
        policy("trust", all.trust);
        policy("endpoint", all.endpoint);
        levels("scp", all.scp);
        levels("rcp", all.rcp);
        json_.EndObject();
    }

    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> json_{buffer_};
};

}  // namespace

std::string to_file(const Case& question) {
    return FileWriter().write(question);
}

}  // namespace writ::cases
