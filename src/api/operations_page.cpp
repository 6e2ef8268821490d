#include "api/operations_page.h"

#include <array>

#include "api/operation.h"
#include "api/refusals.h"
#include "reference/authorization.h"

namespace writ::api {
namespace {

constexpr std::string_view introduction = R"(# API operations

Made from the operation tables by `WRIT_REGENERATE=1 api_test --gtest_filter='OperationsPage.*'`; do not edit.

Every operation of the four service models is known to Writ. Those that are not there yet are answered, after
authentication, by the error `NotImplemented` (HTTP 501) that names the operation. Those that can mean nothing
outside of AWS are refused, in an error of their model that says why.
)";

struct Title {
    std::string_view service;
    std::string_view title;
};
constexpr auto titles = std::to_array<Title>({
    {"iam", "Identity and Access Management"},
    {"sts", "Security Token Service"},
    {"organizations", "Organizations"},
    {"access-analyzer", "IAM Access Analyzer"},
});

using Models = std::vector<const reference::Operation*>;

std::string access_level(std::string_view action) {
    const reference::Action* known = reference::find_action(action);
    return known == nullptr ? "" : std::string(reference::name(known->access_level));
}

void print_present(std::string& page, const reference::ApiService& service, const Models& present) {
    if (present.empty()) return;
    page += "\n| Operation | Access level |\n|---|---|\n";
    for (const reference::Operation* model : present) {
        const std::string name(model->name);
        page += "| `" + name + "` | " + access_level(find_operation(service.name, name)->action) + " |\n";
    }
}

void print_refused(std::string& page, const reference::ApiService& service, const Models& refused) {
    if (refused.empty()) return;
    page += "\nRefused, because they can mean nothing here (" + std::to_string(refused.size()) +
            "):\n\n| Operation | Error | Message |\n|---|---|---|\n";
    for (const reference::Operation* model : refused) {
        const Refusal& refusal = *find_refusal(service.name, model->name);
        page.append("| `").append(model->name).append("` | ").append(refusal.code);
        if (!refusal.reason.empty()) page.append(" ").append(refusal.reason);
        page.append(" | ").append(refusal.message).append(" |\n");
    }
}

void print_missing(std::string& page, const Models& missing) {
    if (missing.empty()) return;
    page += "\nNot implemented (" + std::to_string(missing.size()) + "):\n\n";
    for (const reference::Operation* model : missing) page += "- `" + std::string(model->name) + "`\n";
}

void print_service(std::string& page, std::string_view title, const reference::ApiService& service) {
    Models present, refused, missing;
    for (const reference::Operation& model : service.operations) {
        if (find_refusal(service.name, model.name) != nullptr) {
            refused.push_back(&model);
        } else {
            (find_operation(service.name, model.name) != nullptr ? present : missing).push_back(&model);
        }
    }
    page += "\n## " + std::string(title) + "\n\n`" + std::string(service.name) + "`, API version " +
            std::string(service.api_version) + ": " + std::to_string(present.size()) + " of " +
            std::to_string(service.operations.size()) + " operations.\n";
    print_present(page, service, present);
    print_refused(page, service, refused);
    print_missing(page, missing);
}

}  // namespace

std::string print_operations_page() {
    std::string page(introduction);
    for (const Title& row : titles) {
        const reference::ApiService* service = reference::find_api_service(row.service);
        if (service != nullptr) print_service(page, row.title, *service);
    }
    return page;
}

}  // namespace writ::api
