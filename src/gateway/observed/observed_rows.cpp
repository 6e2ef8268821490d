#include "gateway/observed/observed_rows.h"

#include <fmt/format.h>

#include "base/arn.h"
#include "directory/resources/resource_places.h"
#include "gateway/internal/mapping/plan.h"
#include "gateway/internal/mapping/resource_template.h"

// What many rows have in common.
namespace writ::gateway {
namespace {

/// What holds the tags: of a log stream its group.
std::string tagged(const ObservedRequest& request) {
    return std::string(directory::tag_place(request.resource()));
}

}  // namespace

internal::RequestTags tags_of(const ObservedRequest& request) {
    return internal::read_tags(internal::plan_of(*request.service, *request.operation).tags,
                               request.parameters);
}

std::string arn_of(const ObservedRequest& request, std::string_view service, std::string_view resource) {
    return internal::arn_in(request.place(), service, resource);
}

std::string account_root(const ObservedRequest& request, std::string_view principal) {
    if (!is_account_id(principal)) return std::string(principal);
    return fmt::format("arn:{}:iam::{}:root", request.partition, principal);
}

Result<void> add_statement(const ObservedRequest& request, const GrantedStatement& statement,
                           ResourceChanges& changes) {
    std::string text = print_statement(statement);
    const auto alone = with_statement({}, statement.sid, text);
    if (!alone) return std::unexpected(alone.error());
    if (auto checked = check_policy_of(request, *alone); !checked) return checked;
    add_change(request, changes, AddStatement{statement.resource, statement.sid, std::move(text)});
    return {};
}

Result<void> put_policy(const ObservedRequest& request, std::string_view path, ResourceChanges& changes) {
    auto document = request.parameters.first(path);
    if (!document) return {};
    if (document->empty()) return delete_policy(request, path, changes);
    if (auto checked = check_policy_of(request, *document); !checked) return checked;
    add_change(request, changes, PutPolicy{std::string(request.resource()), std::move(*document)});
    return {};
}

Result<void> put_first_policy(const ObservedRequest& request, std::string_view path,
                              ResourceChanges& changes) {
    if (request.parameters.first(path).value_or("").empty()) return {};
    return put_policy(request, path, changes);
}

Result<void> delete_policy(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    add_change(request, changes, DeletePolicy{std::string(request.resource())});
    return {};
}

Result<void> remove_statement(const ObservedRequest& request, std::string_view path,
                              ResourceChanges& changes) {
    if (auto sid = request.parameters.first(path)) {
        add_change(request, changes, RemoveStatement{std::string(request.resource()), std::move(*sid)});
    }
    return {};
}

Result<void> set_tags(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    auto tags = tags_of(request).tags;
    if (!tags.empty()) {
        add_change(request, changes, SetTags{tagged(request), std::move(tags)});
    }
    return {};
}

Result<void> replace_tags(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    add_change(request, changes, SetTags{tagged(request), tags_of(request).tags, true});
    return {};
}

Result<void> remove_tags(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    auto keys = tags_of(request).keys;
    if (!keys.empty()) {
        add_change(request, changes, RemoveTags{tagged(request), std::move(keys)});
    }
    return {};
}

Result<void> forget_resources(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    for (const auto& resource : request.resources) {
        add_change(request, changes, ForgetResource{resource.arn});
    }
    return {};
}

}  // namespace writ::gateway
