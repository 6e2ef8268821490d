#include "bench/workload.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cases/principal.h"
#include "policy/parse.h"

namespace writ::bench {
namespace {

using nlohmann::json;

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "bench: %s\n", why.c_str());
    std::exit(3);
}

engine::Context read_context(const json& values) {
    engine::Context context;
    for (const auto& [key, value] : values.items()) {
        if (value.is_array()) {
            context.set_list(key, value.get<std::vector<std::string>>());
        } else {
            context.set(key, value.get<std::string>());
        }
    }
    return context;
}

std::unique_ptr<engine::PolicySet> compile_set(const std::vector<std::string>& texts,
                                               policy::PolicyType type) {
    std::vector<engine::PolicySet::Member> members;
    for (const std::string& text : texts) members.push_back({compile_text(text, type), {}});
    return std::make_unique<engine::PolicySet>(std::move(members));
}

}  // namespace

Workload read_workload(const std::filesystem::path& path) {
    std::ifstream file(path);
    const json from = json::parse(file, nullptr, false);
    if (from.is_discarded()) give_up(path.string() + " is no workload");
    Workload workload;
    workload.name = from.at("name");
    for (const json& policy : from.at("identityPolicies")) {
        workload.identity_texts.push_back(policy.at("policy").dump());
        workload.statements += policy.at("policy").at("Statement").size();
    }
    if (const auto found = from.find("permissionBoundaryPolicies"); found != from.end()) {
        workload.boundary_text = found->at(0).at("policy").dump();
    }
    if (const auto found = from.find("resourcePolicy"); found != from.end()) {
        workload.resource_text = found->dump();
    }
    const json& request = from.at("request");
    auto principal = cases::principal_of_arn(request.at("principal").get<std::string>());
    if (!principal) give_up(path.string() + ": " + principal.error());
    workload.principal = std::move(*principal);
    workload.action = request.at("action");
    workload.resource = request.at("resource").at("resource");
    workload.resource_account = request.at("resource").at("accountId");
    workload.context = read_context(request.at("contextVariables"));
    workload.expected = from.at("expected");
    return workload;
}

engine::CompiledDocumentPtr compile_text(std::string_view text, policy::PolicyType type) {
    auto document = policy::parse(text, {.characters_max = std::size_t{1} << 30, .type = type});
    if (!document) give_up("a policy does not parse: " + document.error().message);
    return engine::compile(std::move(*document), type);
}

Ready::Ready(const Workload& workload)
    : identity_(compile_set(workload.identity_texts, policy::PolicyType::identity)),
      request_(workload.principal,
               {.action = workload.action,
                .resource = workload.resource,
                .resource_account = workload.resource_account},
               workload.context) {
    policies_.identity = identity_.get();
    if (!workload.boundary_text.empty()) {
        boundary_ = compile_set({workload.boundary_text}, policy::PolicyType::boundary);
        policies_.boundary = boundary_.get();
    }
    if (!workload.resource_text.empty()) {
        resource_ = compile_set({workload.resource_text}, policy::PolicyType::resource);
        policies_.resource = resource_.get();
    }
}

}  // namespace writ::bench
