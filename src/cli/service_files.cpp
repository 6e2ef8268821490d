#include "cli/service_files.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "cli/input.h"
#include "reference/service_definition.h"

namespace writ::cli {

void add_service_option(CLI::App& command, std::vector<std::string>& files) {
    command
        .add_option("--service", files,
                    "A service of your own, as `writ service register` takes it; repeatable")
        ->type_name("FILE")
        ->allow_extra_args(false);  // What follows is no further service.
}

bool know_services(const std::vector<std::string>& files) {
    std::vector<reference::ServiceDefinition> services;
    for (const std::string& file : files) {
        const auto input = read_input(file);
        if (!input) {
            complain(input.error());
            return false;
        }
        auto service = reference::read_service(input->text);
        if (!service) {
            complain(input->name + ": " + service.error().message);
            return false;
        }
        services.push_back(std::move(*service));
    }
    const std::vector<reference::ServiceDefinition> added = services;
    reference::add_services(std::move(services));
    for (const reference::ServiceDefinition& service : added) {
        if (std::ranges::count(reference::services(), service.prefix, &reference::Service::prefix) == 1)
            continue;
        complain("there is another service of the prefix " + service.prefix);
        return false;
    }
    return true;
}

}  // namespace writ::cli
