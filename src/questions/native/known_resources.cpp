#include <optional>
#include <utility>
#include <vector>

#include "base/arn.h"
#include "base/time.h"
#include "directory/resources/guarded_resources.h"
#include "questions/internal/json.h"
#include "questions/native/administration.h"

/// What an account tells of its resources: GET /resource-policies; PUT, GET and DELETE
/// /resource-policy?arn=ARN; PUT and GET /resource-tags?arn=ARN.
namespace writ::questions::internal {
namespace {

std::unexpected<Error> invalid(std::string message) {
    return fail("ValidationError", 400, std::move(message));
}

/// Who calls, for which ARN, when he may perform the action on it.
struct Addressed {
    authz::Caller caller;
    std::string arn;
};

Result<Addressed> addressed(Exchange& exchange, std::string_view action) {
    auto arn = query_parameter(exchange.http, "arn");
    const bool is_arn = arn && parse_arn(*arn);
    auto caller = caller_who_may(exchange, action, is_arn ? std::string_view(*arn) : "*");
    if (!caller) return std::unexpected(std::move(caller.error()));
    if (!is_arn) return invalid("The query names no resource: ?arn=ARN.");
    return Addressed{std::move(*caller), std::move(*arn)};
}

void write_policy(JsonWriter& json, const directory::ResourcePolicy& policy) {
    json.StartObject();
    write_text(json, "arn", policy.resource_arn);
    write_text(json, "set_at", format_iso8601(policy.set_at));
    write_key(json, "policy");
    if (policy.document.empty()) {  // Changed to something that is not known.
        json.Null();
    } else {
        json.RawValue(policy.document.data(), policy.document.size(), rapidjson::kObjectType);
    }
    json.EndObject();
}

Answer put_policy(Exchange& exchange) {
    const auto target = addressed(exchange, "writ:PutResourcePolicy");
    if (!target) return std::unexpected(target.error());
    auto done = change_account(exchange, target->caller, [&](directory::AccountEdit& account) {
        return directory::put_resource_policy(account, target->arn, exchange.http.body);
    });
    if (!done) return std::unexpected(std::move(done.error()));
    return json_answer("{}");
}

Answer get_policy(Exchange& exchange) {
    const auto target = addressed(exchange, "writ:GetResourcePolicy");
    if (!target) return std::unexpected(target.error());
    const auto found = look_at_account(exchange, target->caller, [&](const directory::AccountView& account) {
        return directory::find_resource_policy(account, target->arn);
    });
    if (!found) return std::unexpected(found.error());
    const auto& policy = *found;
    if (!policy) return fail("NoSuchEntity", 404, "There is no policy of the resource " + target->arn + ".");
    JsonBuffer buffer;
    JsonWriter json(buffer);
    write_policy(json, *policy);
    return json_answer(written(buffer));
}

Answer delete_policy(Exchange& exchange) {
    const auto target = addressed(exchange, "writ:DeleteResourcePolicy");
    if (!target) return std::unexpected(target.error());
    auto done = change_account(exchange, target->caller, [&](directory::AccountEdit& account) {
        return directory::delete_resource_policy(account, target->arn);
    });
    if (!done) return std::unexpected(std::move(done.error()));
    return json_answer("{}");
}

Answer list_policies(Exchange& exchange) {
    const auto caller = caller_who_may(exchange, "writ:ListResourcePolicies", "*");
    if (!caller) return std::unexpected(caller.error());
    const directory::PageRequest page{.marker = query_parameter(exchange.http, "after")};
    const auto found = look_at_account(exchange, *caller, [&](const directory::AccountView& account) {
        return directory::list_resource_policies(account, page);
    });
    if (!found) return std::unexpected(found.error());
    JsonBuffer buffer;
    JsonWriter json(buffer);
    json.StartObject();
    write_key(json, "policies");
    json.StartArray();
    for (const directory::ResourcePolicy& policy : found->items) write_policy(json, policy);
    json.EndArray();
    if (const auto& marker = found->marker) write_text(json, "next", *marker);
    json.EndObject();
    return json_answer(written(buffer));
}

HttpResponse print_tags(const directory::TagPairs& tags) {
    JsonBuffer buffer;
    JsonWriter json(buffer);
    json.StartObject();
    write_key(json, "tags");
    json.StartObject();
    for (const auto& [key, value] : tags) write_text(json, key, value);
    json.EndObject();
    json.EndObject();
    return json_answer(written(buffer));
}

/// {"tags":{"KEY":"VALUE",…}}
Result<directory::TagPairs> read_tags(const HttpRequest& http) {
    std::string body = http.body;
    rapidjson::Document document;
    if (auto parsed = parse_object(body, document); !parsed) return std::unexpected(parsed.error());
    const Json* tags = find_member(document, "tags");
    if (tags == nullptr || document.MemberCount() != 1 || !tags->IsObject()) {
        return invalid("The one member is tags, an object of keys and their values.");
    }
    directory::TagPairs pairs;
    for (const auto& member : tags->GetObject()) {
        if (!member.value.IsString()) return invalid("The value of a tag is a string.");
        pairs.emplace_back(text_of(member.name), text_of(member.value));
    }
    return pairs;
}

Answer put_tags(Exchange& exchange) {
    const auto target = addressed(exchange, "writ:PutResourceTags");
    if (!target) return std::unexpected(target.error());
    const auto tags = read_tags(exchange.http);
    if (!tags) return std::unexpected(tags.error());
    auto done = change_account(exchange, target->caller, [&](directory::AccountEdit& account) {
        return directory::set_resource_tags(account, target->arn, *tags, true);
    });
    if (!done) return std::unexpected(std::move(done.error()));
    return print_tags(*tags);
}

Answer get_tags(Exchange& exchange) {
    const auto target = addressed(exchange, "writ:GetResourceTags");
    if (!target) return std::unexpected(target.error());
    const auto tags = look_at_account(exchange, target->caller, [&](const directory::AccountView& account) {
        return directory::resource_tags(account, target->arn);
    });
    if (!tags) return std::unexpected(tags.error());
    return print_tags(*tags);
}

}  // namespace

HttpResponse put_resource_policy(Exchange& exchange) {
    return answered(exchange, put_policy(exchange));
}

HttpResponse get_resource_policy(Exchange& exchange) {
    return answered(exchange, get_policy(exchange));
}

HttpResponse delete_resource_policy(Exchange& exchange) {
    return answered(exchange, delete_policy(exchange));
}

HttpResponse list_resource_policies(Exchange& exchange) {
    return answered(exchange, list_policies(exchange));
}

HttpResponse put_resource_tags(Exchange& exchange) {
    return answered(exchange, put_tags(exchange));
}

HttpResponse get_resource_tags(Exchange& exchange) {
    return answered(exchange, get_tags(exchange));
}

}  // namespace writ::questions::internal
