#include "reference/request_model.h"

#include <algorithm>

#include "reference/internal/request_loader.h"

namespace writ::reference {

std::span<const RequestService> request_services() {
    return internal::request_models().services;
}

const RequestService* find_request_service(std::string_view id) {
    const auto services = request_services();
    const auto found = std::ranges::lower_bound(services, id, {}, &RequestService::id);
    return found != services.end() && found->id == id ? &*found : nullptr;
}

std::span<const RequestService* const> request_services_signed_as(std::string_view signing_name) {
    const auto& services = internal::request_models().by_signing_name;
    const auto found = services.find(signing_name);
    return found == services.end() ? std::span<const RequestService* const>{} : found->second;
}

const RequestService* find_request_service_by_target(std::string_view target_prefix) {
    const auto& services = internal::request_models().by_target;
    const auto found = services.find(target_prefix);
    return found == services.end() ? nullptr : found->second;
}

std::span<const RequestOperation> request_operations(const RequestService& service) {
    return internal::request_model(service).operations;
}

const RequestOperation* find_request_operation(const RequestService& service, std::string_view name) {
    const auto operations = request_operations(service);
    const auto found = std::ranges::lower_bound(operations, name, {}, &RequestOperation::name);
    return found != operations.end() && found->name == name ? &*found : nullptr;
}

}  // namespace writ::reference
