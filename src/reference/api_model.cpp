#include "reference/api_model.h"

#include <algorithm>

#include "reference/internal/api_loader.h"

namespace writ::reference {

std::span<const ApiService> api_services() noexcept {
    return internal::api_models().services;
}

const ApiService* find_api_service(std::string_view signing_name) noexcept {
    const auto services = api_services();
    const auto found = std::ranges::find(services, signing_name, &ApiService::name);
    return found == services.end() ? nullptr : &*found;
}

const Operation* find_operation(const ApiService& service, std::string_view name) noexcept {
    const auto found = std::ranges::lower_bound(service.operations, name, {}, &Operation::name);
    return found != service.operations.end() && found->name == name ? &*found : nullptr;
}

}  // namespace writ::reference
