#include "gateway/operations_page.h"

#include <algorithm>
#include <fmt/format.h>
#include <ranges>

#include "gateway/internal/mapping/plan.h"

namespace writ::gateway {
namespace {

using internal::Plan;
using internal::PlannedDemand;
using internal::ServiceRows;

constexpr std::string_view introduction = R"(# How the gateway authorizes operations

Made from the mapping's tables by `WRIT_REGENERATE=1 gateway_test --gtest_filter='GatewayOperationsPage.*'`; do not edit.

For every operation stand the actions that the caller must be allowed, all of them, and the resource of each. In
braces stand parameters of the request; what is in brackets belongs to the resource when the request has it; where a
name is asked for, the ARN of such a resource does as well. A parameter with several values demands the action on
each. Every ARN begins with the partition, region and account of the upstream unless an ARN in the request tells
the account. By the general rule a resource that an action may have and no parameter names is not asked about.

Tags that a request sets are `aws:RequestTag/…` and `aws:TagKeys` where the action knows them; a parameter that has
the name of one of the action's condition keys is that key's value. What is not told here is denied, unless
configuration names an action for it.
)";

bool has_member(const reference::RequestOperation& operation, std::string_view path) {
    const auto name = path.substr(0, path.find_first_of(".[{"));
    return operation.input != nullptr &&
           std::ranges::find(operation.input->members, name, &reference::RequestMember::name) !=
               operation.input->members.end();
}

/// The paths of a hole that the operation has, without the reader.
std::string shown_hole(std::string_view inside, const reference::RequestOperation& operation) {
    inside = inside.substr(0, inside.rfind('|'));
    if (inside == "partition" || inside == "region" || inside == "account")
        return fmt::format("{{{}}}", inside);
    std::string paths;
    for (const auto& part : inside | std::views::split(',')) {
        const std::string_view path(part);
        if (has_member(operation, path)) paths += fmt::format("{}{}", paths.empty() ? "" : ",", path);
    }
    return fmt::format("{{{}}}", paths);
}

/// Without readers, and without what all ARNs of the service begin with.
std::string shown(std::string_view resource, const reference::RequestOperation& operation) {
    const auto begin = resource.find("{account}:");
    if (resource.starts_with("arn:") && begin != std::string_view::npos && !resource.contains(":iam:")) {
        resource.remove_prefix(begin + std::string_view("{account}:").size());
    }
    std::string text;
    for (std::size_t i = 0; i < resource.size(); ++i) {
        if (resource[i] != '{') {
            text += resource[i];
            continue;
        }
        std::size_t depth = 0, end = i;
        for (; end < resource.size(); ++end) {
            if (resource[end] == '{') ++depth;
            if (resource[end] == '}' && --depth == 0) break;
        }
        text += shown_hole(resource.substr(i + 1, end - i - 1), operation);
        i = end;
    }
    return text;
}

std::string condition_text(std::string_view when) {
    std::string text;
    for (const char c : when)
        text += c == '|' ? std::string("` or `") : c == ' ' ? std::string("` and `") : std::string(1, c);
    return fmt::format(" when `{}`", text);
}

std::string demand_text(const PlannedDemand& demand, const reference::RequestOperation& operation) {
    std::string text = fmt::format("`{}`", demand.action);
    if (!demand.role_path.empty()) return fmt::format("{} on the role in `{}`", text, demand.role_path);
    for (std::size_t i = 0; i < demand.resources.size(); ++i) {
        text += fmt::format("{}`{}`", i == 0 ? " on " : " or ", shown(demand.resources[i], operation));
    }
    if (demand.resources.empty()) text += " on `*`";
    if (!demand.when.empty()) text += condition_text(demand.when);
    if (demand.optional) text += " when told";
    return text;
}

std::string operation_text(const Plan& plan, const reference::RequestOperation& operation) {
    if (!plan.why_not.empty()) return fmt::format("denied: {}", plan.why_not);
    std::string text;
    for (const PlannedDemand& demand : plan.demands) {
        if (!text.empty()) text += "<br>";
        text += demand_text(demand, operation);
    }
    if (plan.rule != nullptr) text += fmt::format("{}{}", text.empty() ? "" : "<br>", plan.rule->told);
    return text;
}

void print_keys(std::string& page, const ServiceRows& rows) {
    const auto is_set = [](const internal::KeyRow& row) { return row.add != nullptr || !row.path.empty(); };
    if (std::ranges::none_of(rows.keys, is_set)) return;
    page += "\n| Condition key | Value |\n|---|---|\n";
    for (const internal::KeyRow& row : rows.keys) {
        if (!is_set(row)) continue;
        page += fmt::format("| `{}` | {} |\n", row.key,
                            row.add != nullptr ? std::string(row.told) : fmt::format("`{}`", row.path));
    }
}

void print_service(std::string& page, const reference::RequestService& service, const ServiceRows& rows) {
    page += fmt::format("\n## {}\n\n`{}`\n\n| Operation | Must be allowed |\n|---|---|\n", service.title,
                        service.id);
    for (const reference::RequestOperation& operation : reference::request_operations(service)) {
        page += fmt::format("| `{}` | {} |\n", operation.name,
                            operation_text(internal::make_plan(service, operation), operation));
    }
    print_keys(page, rows);
}

void print_others(std::string& page) {
    page +=
        "\n## All other services\n\nBy the general rule: the action of the operation's name, on the resource "
        "types that the "
        "Service Authorization Reference gives it.\n\n| Service | Operations | Mapped |\n|---|---|---|\n";
    for (const reference::RequestService& service : reference::request_services()) {
        if (internal::find_service_rows(service.id) != nullptr) continue;
        const auto operations = reference::request_operations(service);
        const auto mapped =
            std::ranges::count_if(operations, [&](const reference::RequestOperation& operation) {
                return internal::make_plan(service, operation).why_not.empty();
            });
        page += fmt::format("| `{}` | {} | {} |\n", service.id, operations.size(), mapped);
    }
}

}  // namespace

std::string print_gateway_operations_page() {
    std::string page(introduction);
    for (const ServiceRows* rows : internal::all_service_rows()) {
        const auto* service = reference::find_request_service(rows->service);
        if (service != nullptr) print_service(page, *service, *rows);
    }
    print_others(page);
    return page;
}

}  // namespace writ::gateway
