#include <optional>
#include <utility>

#include "directory/resources/custom_services.h"
#include "questions/native/administration.h"

/// Services that an account describes: POST and GET /services, GET and DELETE /services/PREFIX.
namespace writ::questions::internal {
namespace {

/// Behind "/services/"; empty: none.
std::string_view prefix_of(const HttpRequest& http) {
    std::string_view path = http.target;
    path = path.substr(0, path.find('?'));
    const std::size_t slash = path.find('/', 1);
    return slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
}

std::string arn_of(const Exchange& exchange, const authz::Caller& caller, std::string_view prefix) {
    std::string arn = "arn:" + exchange.at.config.partition + ":writ::" + caller.principal->account;
    return prefix == "*" ? "*" : arn.append(":service/").append(prefix);
}

Answer register_one(Exchange& exchange) {
    const auto caller = identify(exchange);
    if (!caller) return std::unexpected(caller.error());
    const auto definition = reference::read_service(exchange.http.body);
    // Whoever may not register any is told so first, whatever he sends.
    const std::string_view prefix = definition ? std::string_view(definition->prefix) : "*";
    if (auto may = check_may(exchange, *caller, "writ:RegisterService", arn_of(exchange, *caller, prefix));
        !may) {
        return std::unexpected(std::move(may.error()));
    }
    if (!definition) return std::unexpected(definition.error());
    auto done = change_account(exchange, *caller, [&](directory::AccountEdit& account) {
        return directory::register_service(account, *definition);
    });
    if (!done) return std::unexpected(std::move(done.error()));
    return json_answer(reference::print_service(*definition));
}

/// Who calls, when he may perform the action on the service of that prefix.
Result<authz::Caller> caller_of_service(Exchange& exchange, std::string_view action,
                                        std::string_view prefix) {
    auto caller = identify(exchange);
    if (!caller) return caller;
    if (auto may = check_may(exchange, *caller, action, arn_of(exchange, *caller, prefix)); !may) {
        return std::unexpected(std::move(may.error()));
    }
    return caller;
}

Result<ServiceListPtr> services_for(Exchange& exchange, std::string_view action, std::string_view prefix) {
    const auto caller = caller_of_service(exchange, action, prefix);
    if (!caller) return std::unexpected(caller.error());
    return exchange.services.of(caller->principal->account);
}

Answer list_all(Exchange& exchange) {
    const auto services = services_for(exchange, "writ:ListServices", "*");
    if (!services) return std::unexpected(services.error());
    std::string body = R"({"services":[)";
    for (const reference::ServiceDefinition& service : **services) {
        if (!body.ends_with('[')) body += ',';
        body += reference::print_service(service);
    }
    return json_answer(body + "]}");
}

Error no_such_service(std::string_view prefix) {
    return {"NoSuchEntity", 404, "There is no registered service '" + std::string(prefix) + "'."};
}

Answer get_one(Exchange& exchange) {
    const std::string_view prefix = prefix_of(exchange.http);
    const auto services = services_for(exchange, "writ:GetService", prefix);
    if (!services) return std::unexpected(services.error());
    const auto* service = find_service(**services, prefix);
    if (service == nullptr) return std::unexpected(no_such_service(prefix));
    return json_answer(reference::print_service(*service));
}

Answer delete_one(Exchange& exchange) {
    const std::string_view prefix = prefix_of(exchange.http);
    const auto caller = caller_of_service(exchange, "writ:DeleteService", prefix);
    if (!caller) return std::unexpected(caller.error());
    auto done = change_account(exchange, *caller, [&](directory::AccountEdit& account) {
        return directory::delete_service(account, prefix);
    });
    if (!done) return std::unexpected(std::move(done.error()));
    return json_answer("{}");
}

}  // namespace

HttpResponse register_service(Exchange& exchange) {
    return answered(exchange, register_one(exchange));
}

HttpResponse list_services(Exchange& exchange) {
    return answered(exchange, list_all(exchange));
}

HttpResponse get_service(Exchange& exchange) {
    return answered(exchange, get_one(exchange));
}

HttpResponse delete_service(Exchange& exchange) {
    return answered(exchange, delete_one(exchange));
}

}  // namespace writ::questions::internal
