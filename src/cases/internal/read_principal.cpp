#include <algorithm>
#include <charconv>

#include "cases/internal/reader.h"
#include "cases/principal.h"

namespace writ::cases {
namespace {

using Kind = JsonNode::Kind;

std::vector<std::string> service_names(Reader& reader, const JsonNode& node) {
    if (!node.is(Kind::array)) return {reader.text(node, "service")};
    std::vector<std::string> names;
    names.reserve(node.items.size());
    for (const JsonNode& item : node.items) names.push_back(reader.text(item, "service"));
    return names;
}

engine::Principal principal_of(Reader& reader, const JsonNode& node, const std::string& arn) {
    if (auto principal = principal_of_arn(arn))
        return std::move(*principal);
    else
        reader.fail(node.span.begin, "principal: " + principal.error());
    return {};
}

engine::Principal principal_of_object(Reader& reader, const JsonNode& node) {
    const JsonNode* arn = Reader::member(node, "arn");
    const JsonNode* service = Reader::member(node, "service");
    const JsonNode* federated = Reader::member(node, "federated");
    if ((arn != nullptr) + (service != nullptr) + (federated != nullptr) != 1) {
        reader.fail(node.span.begin, "the principal must have one of arn, service and federated");
        return {};
    }
    if (service != nullptr) return service_principal(service_names(reader, *service));
    if (federated != nullptr) return federated_principal(reader.text(*federated, "federated"));
    return principal_of(reader, *arn, reader.text(*arn, "arn"));
}

void read_mfa_age(Reader& reader, const JsonNode& node, Caller& caller) {
    const JsonNode* age = Reader::member(node, "mfa_age_s");
    if (age == nullptr || !reader.expect_kind(*age, Kind::number, "mfa_age_s")) return;
    std::int64_t seconds = -1;
    const char* end = age->text.data() + age->text.size();
    const auto read = std::from_chars(age->text.data(), end, seconds);
    if (read.ec != std::errc{} || read.ptr != end || seconds < 0)
        reader.fail(age->span.begin, "mfa_age_s must be a whole number of seconds, not " + age->text);
    caller.mfa_age = std::chrono::seconds{seconds};
}

// The account id of the management account, or true: the principal's own account is it.
void read_management_account(Reader& reader, const JsonNode& node, Caller& caller) {
    const JsonNode* management = Reader::member(node, "management_account");
    if (management == nullptr) return;
    if (management->is(Kind::boolean)) {
        if (management->text == "true") caller.management_account = caller.principal.account;
    } else {
        caller.management_account = reader.text(*management, "management_account");
    }
    caller.principal.management_account =
        !caller.management_account.empty() && caller.management_account == caller.principal.account;
}

}  // namespace

Caller read_principal(Reader& reader, const JsonNode& node) {
    Caller caller;
    if (node.is(Kind::string)) {
        if (node.text != "anonymous") caller.principal = principal_of(reader, node, node.text);
        return caller;
    }
    if (!reader.object(
            node, "the principal",
            {"arn", "service", "federated", "role_arn", "issuer_arn", "issuer_id", "id", "canonical_user_id",
             "tags", "session_tags", "service_linked", "assumed_root", "mfa_age_s", "management_account"}))
        return caller;

    engine::Principal& principal = caller.principal = principal_of_object(reader, node);
    if (const std::string role = reader.optional_text(node, "role_arn"); !role.empty())
        principal.role_arn = role;
    if (const std::string id = reader.optional_text(node, "id"); !id.empty()) principal.id = id;
    principal.issuer_arn = reader.optional_text(node, "issuer_arn");
    principal.issuer_id = reader.optional_text(node, "issuer_id");
    principal.canonical_user_id = reader.optional_text(node, "canonical_user_id");
    principal.service_linked = reader.optional_flag(node, "service_linked");
    principal.assumed_root = reader.optional_flag(node, "assumed_root");
    caller.tags = reader.optional_tags(node, "tags");
    caller.session_tags = reader.optional_tags(node, "session_tags");
    read_mfa_age(reader, node, caller);
    read_management_account(reader, node, caller);
    return caller;
}

}  // namespace writ::cases
