#include <array>
#include <fmt/format.h>

#include "base/arn.h"
#include "gateway/internal/mapping/resource_template.h"
#include "gateway/services/services.h"

/// AWS Step Functions. Sources: the actions of the Service Authorization Reference, and the developer guide
/// on versions and aliases: the resource is the state machine, and its qualifier a condition key.
namespace writ::gateway::internal {
namespace {

struct Machine {
    std::string arn;
    std::string qualifier{};
};

/// "arn:…:stateMachine:orders:PROD" → the machine and what qualifies it.
Result<Machine> read_machine(std::string_view text, const MappingCall& call) {
    auto arn = name_or_arn(arn_in(call.place, "states", "stateMachine:"), text, call);
    if (!arn) return std::unexpected(std::move(arn.error()));
    Machine machine{std::move(*arn)};
    const auto parsed = parse_arn(machine.arn);
    if (!parsed) return cannot_map(call, fmt::format("{} is not a state machine", machine.arn));
    const std::string_view resource = parsed->resource;
    const auto qualifier = resource.find(':', std::string_view("stateMachine:").size());
    if (qualifier == std::string_view::npos) return machine;
    const std::size_t behind = resource.size() - qualifier;
    machine.qualifier = resource.substr(qualifier + 1);
    machine.arn.resize(machine.arn.size() - behind);
    return machine;
}

Result<std::string> machine_arn(std::string_view text, const MappingCall& call) {
    auto machine = read_machine(text, call);
    if (!machine) return std::unexpected(std::move(machine.error()));
    return std::move(machine->arn);
}

/// Standard and express executions have ARNs of two kinds.
Result<std::string> execution_arn(std::string_view text, const MappingCall& call) {
    const auto arn = parse_arn(text);
    const bool known = arn && arn->service == "states" &&
                       (arn->resource.starts_with("execution:") || arn->resource.starts_with("express:"));
    if (!known) return cannot_map(call, fmt::format("{} is not the ARN of an execution", text));
    return std::string(text);
}

Result<void> add_qualifier(const MappingCall& call, MappedDemand& demand) {
    for (const char* path : {"stateMachineArn", "stateMachineAliasArn", "stateMachineVersionArn"}) {
        const auto text = call.parameters.first(path);
        if (!text) continue;
        auto machine = read_machine(*text, call);
        if (!machine) return std::unexpected(std::move(machine.error()));
        if (machine->qualifier.empty()) continue;
        demand.keys.push_back({"states:StateMachineQualifier", {std::move(machine->qualifier)}, false});
        return {};
    }
    return {};
}

constexpr std::string_view machine = "{stateMachineArn,stateMachineAliasArn,stateMachineVersionArn|machine}";
constexpr std::string_view new_machine = "arn:{partition}:states:{region}:{account}:stateMachine:{name}";
constexpr std::string_view execution = "{executionArn|execution}";
constexpr std::string_view map_run = "arn:{partition}:states:{region}:{account}:mapRun:{mapRunArn|arn}";
constexpr std::string_view role = "arn:{partition}:iam::{account}:role/{roleArn|arn}";
constexpr std::string_view to_states = "iam:PassedToService=states.amazonaws.com";

constexpr auto demands = std::to_array<DemandRow>({
    {"CreateActivity", "states:CreateActivity", "arn:{partition}:states:{region}:{account}:activity:{name}"},
    {"CreateActivity", "states:TagResource", "arn:{partition}:states:{region}:{account}:activity:{name}",
     "tags[]"},
    {"CreateStateMachine", "states:CreateStateMachine", new_machine},
    {"CreateStateMachine", "states:PublishStateMachineVersion", new_machine, "publish !publish=false"},
    {"CreateStateMachine", "states:TagResource", new_machine, "tags[]"},
    {"CreateStateMachine", "iam:PassRole", role, "", to_states},
    {"CreateStateMachineAlias", "states:CreateStateMachineAlias",
     "{routingConfiguration[].stateMachineVersionArn|machine}"},
    {"DescribeExecution", "states:DescribeExecution", execution},
    {"ListExecutions", "states:ListExecutions", machine, "stateMachineArn"},
    {"ListExecutions", "states:ListExecutions", map_run, "mapRunArn"},
    {"TestState", "states:TestState", "*"},
    {"TestState", "iam:PassRole", role, "roleArn", to_states},
    {"UpdateStateMachine", "states:UpdateStateMachine", machine},
    {"UpdateStateMachine", "states:PublishStateMachineVersion", machine, "publish !publish=false"},
    {"UpdateStateMachine", "iam:PassRole", role, "roleArn", to_states},
});

constexpr auto types = std::to_array<TypeRow>({
    {"activity", "arn:{partition}:states:{region}:{account}:activity:{activityArn|arn}"},
    {"execution", execution},
    {"maprun", map_run},
    {"statemachine", machine},
});

constexpr auto keys = std::to_array<KeyRow>({
    {"states:StateMachineQualifier", "", add_qualifier, "the version or alias in the ARN"},
});

constexpr auto readers = std::to_array<ValueReader>({{"execution", execution_arn}, {"machine", machine_arn}});

}  // namespace

const ServiceRows states_rows{.service = "stepfunctions",
                              .prefix = "states",
                              .demands = demands,
                              .types = types,
                              .keys = keys,
                              .readers = readers};

}  // namespace writ::gateway::internal
