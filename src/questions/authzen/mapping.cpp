#include "questions/authzen/mapping.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/arn.h"
#include "base/text.h"
#include "reference/authorization.h"

namespace writ::questions::internal {
namespace {

std::unexpected<Error> invalid(std::string message) {
    return fail("ValidationError", 400, std::move(message));
}

std::unexpected<Error> unknown(std::string message) {
    return fail("NotFound", 404, std::move(message));
}

Result<void> check_entity(std::string_view name, const Json* entity,
                          std::initializer_list<std::string_view> texts) {
    const std::string shown(name);
    if (entity == nullptr) return invalid("The member " + shown + " is missing.");
    if (!entity->IsObject()) return invalid("The member " + shown + " must be an object.");
    if (auto unique = check_unique(*entity); !unique) return unique;
    for (const std::string_view text : texts) {
        const Json* member = find_member(*entity, text);
        if (member == nullptr || !member->IsString() || member->GetStringLength() == 0) {
            return invalid("The member " + std::string(text) + " of " + shown + " must be a string.");
        }
    }
    const Json* properties = find_member(*entity, "properties");
    if (properties == nullptr) return {};
    if (!properties->IsObject()) return invalid("The properties of " + shown + " must be an object.");
    return check_unique(*properties);
}

std::string_view member_text(const Json& entity, std::string_view name) {
    const Json* member = find_member(entity, name);
    return member != nullptr && member->IsString() ? text_of(*member) : std::string_view{};
}

std::string_view prefix_of(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon);
}

/// The ARN pattern of a resource type, and whose it is.
struct TypeRow {
    std::string_view service;
    std::string_view arn_pattern;
};

void add_type(const reference::ServiceDefinition& service, std::string_view name,
              std::vector<TypeRow>& found) {
    if (const auto* type = reference::find_type(service, name)) {
        found.push_back({service.prefix, type->arn_pattern});
    }
}

/// Those that a type of AuthZEN may mean: "service:type"; else the types of that name of the action's
/// service; else of all services that were described.
std::vector<TypeRow> types_of(const ServiceList& services, std::string_view type, std::string_view action) {
    std::vector<TypeRow> found;
    const bool bare = prefix_of(type).empty();
    const std::string_view prefix = bare ? prefix_of(action) : prefix_of(type);
    const std::string_view name = bare ? type : type.substr(prefix.size() + 1);
    if (prefix.empty()) {
        for (const reference::ServiceDefinition& service : services) add_type(service, name, found);
        return found;
    }
    if (const auto* custom = find_service(services, prefix)) {
        add_type(*custom, name, found);
    } else if (const reference::Service* service = reference::find_service(prefix)) {
        const auto at = std::ranges::find(service->resource_types, name, &reference::ResourceType::name);
        if (at != service->resource_types.end()) found.push_back({service->prefix, at->arn_pattern});
    }
    return found;
}

}  // namespace

Entities entities_of(const Json& object, const Entities& defaults) {
    Entities found = defaults;
    if (const Json* subject = find_member(object, "subject")) found.subject = subject;
    if (const Json* action = find_member(object, "action")) found.action = action;
    if (const Json* resource = find_member(object, "resource")) found.resource = resource;
    if (const Json* context = find_member(object, "context")) found.context = context;
    return found;
}

Result<void> check_form(const Entities& entities, Open open) {
    Result<void> fits;
    fits = open == Open::subject ? check_entity("subject", entities.subject, {"type"})
                                 : check_entity("subject", entities.subject, {"type", "id"});
    if (fits && open != Open::action) fits = check_entity("action", entities.action, {"name"});
    if (fits) {
        fits = open == Open::resource ? check_entity("resource", entities.resource, {"type"})
                                      : check_entity("resource", entities.resource, {"type", "id"});
    }
    if (!fits || entities.context == nullptr) return fits;
    if (!entities.context->IsObject()) return invalid("The member context must be an object.");
    return check_unique(*entities.context);
}

Result<Question> Mapping::question_of(const Entities& entities, Open open) {
    Question question;
    if (open != Open::subject) {
        auto principal = principal_of(*entities.subject);
        if (!principal) return std::unexpected(std::move(principal.error()));
        question.principal = *principal;
    }
    const std::string_view action =
        open == Open::action ? std::string_view{} : member_text(*entities.action, "name");
    std::string service(prefix_of(action));
    if (open != Open::resource) {
        auto resource = resource_of(*entities.resource, action);
        if (!resource) return std::unexpected(std::move(resource.error()));
        if (service.empty()) service = resource->service;
        question.resource = keep(std::move(resource->arn));
    }
    if (open == Open::resource && service.empty())
        service = prefix_of(member_text(*entities.resource, "type"));
    question.action = prefix_of(action).empty() ? keep(service + ":" + std::string(action)) : action;
    if (service.empty()) {
        return invalid("The action " + std::string(action) +
                       " must be service:Action where the resource does not tell the service.");
    }
    add_properties(*entities.subject, "aws:PrincipalTag/", question);
    add_properties(*entities.resource, "aws:ResourceTag/", question);
    if (open != Open::action) add_properties(*entities.action, keep(service + ":"), question);
    if (entities.context != nullptr) add_context(*entities.context, service, question);
    return question;
}

/// A name stands for whoever of the asker's account has it. Of somebody who is not there the ARN is as good
/// as any.
Result<std::string_view> Mapping::principal_of(const Json& subject) {
    const std::string_view type = member_text(subject, "type");
    const std::string_view id = member_text(subject, "id");
    if (id.starts_with("arn:")) return id;
    const std::string& account = inquiry_.asker().principal->account;
    std::string arn = "arn:" + inquiry_.at().config.partition + ":iam::";
    if (type == "root") return keep(arn.append(id).append(":root"));
    if (type != "user" && type != "role") {
        return unknown("There is no subject of the type " + std::string(type) +
                       "; there are user, role and root.");
    }
    auto found = type == "user" ? inquiry_.at().subjects.user_by_name(account, id)
                                : inquiry_.at().subjects.role_by_name(account, id);
    if (!found) return std::unexpected(std::move(found.error()));
    if (*found != nullptr) return keep((*found)->arn);
    return keep(arn.append(account).append(1, ':').append(type).append(1, '/').append(id));
}

Result<MappedResource> Mapping::resource_of(const Json& resource, std::string_view action) {
    const std::string_view type = member_text(resource, "type");
    const std::string_view id = member_text(resource, "id");
    if (id == "*") return MappedResource{.arn = "*", .service = std::string(prefix_of(type)), .bare = false};
    if (const auto arn = parse_arn(id)) {
        return MappedResource{.arn = std::string(id), .service = std::string(arn->service), .bare = false};
    }
    const auto types = types_of(inquiry_.services(), type, action);
    if (types.empty()) {
        return unknown("There is no resource type " + std::string(type) +
                       "; an id that is an ARN is understood with any type.");
    }
    if (types.size() > 1) {
        return invalid("Several services have the resource type " + std::string(type) +
                       "; write service:type.");
    }
    MappedResource mapped{
        .arn = {}, .service = std::string(types.front().service), .bare = prefix_of(type).empty()};
    if (id.empty()) return mapped;
    auto arn = fill(types.front().arn_pattern, resource);
    if (!arn) return std::unexpected(std::move(arn.error()));
    mapped.arn = std::move(*arn);
    return mapped;
}

/// Partition, region and account are those of this Writ and of the asker; a hole that a property is named
/// like takes it, and the one that is left takes the id.
Result<std::string> Mapping::fill(std::string_view pattern, const Json& resource) const {
    const std::string_view id = member_text(resource, "id");
    const Json* properties = find_member(resource, "properties");
    const auto value_of = [&](std::string_view hole) -> std::string_view {
        if (hole == "Partition") return inquiry_.at().config.partition;
        if (hole == "Region") return inquiry_.at().config.region;
        if (hole == "Account") return inquiry_.asker().principal->account;
        return properties == nullptr ? std::string_view{} : member_text(*properties, hole);
    };
    std::string arn;
    bool id_taken = false;
    while (!pattern.empty()) {
        const std::size_t hole = pattern.find("${");
        arn.append(pattern.substr(0, hole));
        if (hole == std::string_view::npos) break;
        const std::size_t end = pattern.find('}', hole);
        const std::string_view name = pattern.substr(hole + 2, end - hole - 2);
        const std::string_view value = value_of(name);
        if (value.empty() && id_taken) {
            return invalid("The ARN of the resource has more holes than an id fills; a property " +
                           std::string(name) + " fills one, or the id is the whole ARN.");
        }
        id_taken = id_taken || value.empty();
        arn.append(value.empty() ? id : value);
        pattern.remove_prefix(end + 1);
    }
    return arn;
}

/// What no condition can compare (objects, null) stays unseen.
void Mapping::add(std::string_view prefix, std::string_view name, const Json& value, Question& question) {
    auto read = context_value({}, value, texts_);
    if (!read) return;
    read->key = keep(std::string(prefix).append(name));
    question.context.push_back(std::move(*read));
}

void Mapping::add_properties(const Json& entity, std::string_view key_prefix, Question& question) {
    const Json* properties = find_member(entity, "properties");
    if (properties == nullptr) return;
    for (const auto& member : properties->GetObject()) {
        const std::string_view name = text_of(member.name);
        const bool is_address = name == "ip_address" && key_prefix == "aws:PrincipalTag/";
        add(is_address ? "" : key_prefix, is_address ? "aws:SourceIp" : name, member.value, question);
    }
}

void Mapping::add_context(const Json& context, std::string_view service, Question& question) {
    const std::string_view own = keep(std::string(service) + ":");
    for (const auto& member : context.GetObject()) {
        const std::string_view name = text_of(member.name);
        if (name == "time") {
            add("", "aws:CurrentTime", member.value, question);
        } else {
            add(prefix_of(name).empty() ? own : "", name, member.value, question);
        }
    }
}

}  // namespace writ::questions::internal
