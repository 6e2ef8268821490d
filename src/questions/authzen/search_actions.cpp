#include <algorithm>
#include <utility>
#include <vector>

#include "base/wildcards.h"
#include "questions/authzen/search.h"
#include "reference/authorization.h"

/// The Action Search API: the actions of the resource's service that work on a resource of its kind, by the
/// reference or by the description of the service, as far as the subject may perform them.
namespace writ::questions::internal {
namespace {

/// Whether an ARN is one of those that a pattern with holes stands for.
bool is_of_pattern(std::string_view pattern, std::string_view arn) {
    std::string wildcards;
    while (!pattern.empty()) {
        const std::size_t hole = pattern.find("${");
        wildcards.append(pattern.substr(0, hole));
        if (hole == std::string_view::npos) break;
        wildcards += '*';
        pattern.remove_prefix(pattern.find('}', hole) + 1);
    }
    return matches_wildcards(wildcards, arn);
}

/// Actions that have no resource type work on "*" alone.
std::vector<std::string> actions_of(const reference::ServiceDefinition& service, std::string_view resource) {
    std::vector<std::string> names;
    for (const auto& action : service.actions) {
        const auto fits = [&](const reference::ServiceDefinition::ActionResource& each) {
            const auto* type = reference::find_type(service, each.type);
            return type != nullptr && is_of_pattern(type->arn_pattern, resource);
        };
        const bool works = resource == "*" ? action.resource_types.empty()
                                           : std::ranges::any_of(action.resource_types, fits);
        if (works) names.push_back(service.prefix + ":" + action.name);
    }
    return names;
}

std::vector<std::string> actions_of(const reference::Service& service, std::string_view resource) {
    std::vector<std::string> names;
    for (const reference::Action& action : service.actions) {
        const auto fits = [&](const reference::ActionResource& each) {
            return is_of_pattern(each.type->arn_pattern, resource);
        };
        const bool works =
            resource == "*" ? action.resources.empty() : std::ranges::any_of(action.resources, fits);
        if (works) names.emplace_back(action.name);
    }
    return names;
}

Result<std::vector<std::string>> candidates_of(const Inquiry& inquiry, const MappedResource& resource) {
    std::vector<std::string> names;
    if (const auto* custom = find_service(inquiry.services(), resource.service)) {
        names = actions_of(*custom, resource.arn);
    } else if (const reference::Service* service = reference::find_service(resource.service)) {
        names = actions_of(*service, resource.arn);
    } else {
        return fail("ValidationError", 400, "The actions of the service of the resource are not known here.");
    }
    std::ranges::sort(names);
    return names;
}

Result<HttpResponse> search(Exchange& exchange) {
    AuthzenCall call;
    if (auto read = read_call(exchange, call); !read) return std::unexpected(std::move(read.error()));
    const Entities entities = entities_of(*call.document);
    if (auto fits = check_form(entities, Open::action); !fits)
        return std::unexpected(std::move(fits.error()));
    auto page = ResultPage::of(*call.document);
    if (!page) return std::unexpected(std::move(page.error()));
    Inquiry inquiry(exchange.at, exchange.authenticator, call.asker, call.services, exchange.http);
    Mapping mapping(inquiry);
    const auto resource = mapping.resource_of(*entities.resource, {});
    if (!resource) return none_if_unknown(*page, resource.error());
    const auto names = candidates_of(inquiry, *resource);
    if (!names) return std::unexpected(names.error());
    auto question = mapping.question_of(entities, Open::action);
    if (!question) return none_if_unknown(*page, std::move(question.error()));
    while (page->place().offset < names->size() && !page->is_full()) {
        const std::string& name = (*names)[page->place().offset];
        page->step();
        question->action = name;
        const auto allowed = is_allowed(inquiry, *question, false);
        if (!allowed) return std::unexpected(allowed.error());
        if (!*allowed) continue;
        page->add([&](JsonWriter& json) {
            json.StartObject();
            write_text(json, "name", resource->bare ? name.substr(name.find(':') + 1) : name);
            json.EndObject();
        });
    }
    return page->answer(page->place().offset < names->size());
}

}  // namespace

HttpResponse search_actions(Exchange& exchange) {
    auto answer = search(exchange);
    return answer ? std::move(*answer) : authzen_error(exchange, answer.error());
}

}  // namespace writ::questions::internal
