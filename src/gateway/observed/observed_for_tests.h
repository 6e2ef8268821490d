#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/internal/mapping/mapping_test_support.h"
#include "gateway/observed/observation.h"

/// Requests written as JSON and answers as they come over the wire; changes as lines of text.
namespace writ::gateway::testing {

using Lines = std::vector<std::string>;

inline std::string text_of(const TagPairs& tags) {
    std::string text;
    for (const auto& [key, value] : tags) text += " " + key + "=" + value;
    return text;
}

inline std::string line_of(const ResourceChange& change) {
    struct Printer {
        std::string operator()(const PutPolicy& what) const {
            return "put " + what.arn + " " + what.document;
        }
        std::string operator()(const DeletePolicy& what) const { return "delete " + what.arn; }
        std::string operator()(const AddStatement& what) const {
            return "add " + what.sid + " to " + what.arn + " " + what.statement;
        }
        std::string operator()(const RemoveStatement& what) const {
            return "remove " + what.sid + " from " + what.arn;
        }
        std::string operator()(const SetTags& what) const {
            return (what.replace_all ? "replace tags of " : "tag ") + what.arn + text_of(what.tags);
        }
        std::string operator()(const CopyTags& what) const {
            return "copy tags of " + what.source_account + " " + what.source_arn + " to " + what.arn;
        }
        std::string operator()(const RemoveTags& what) const {
            std::string text = "untag " + what.arn;
            for (const std::string& key : what.keys) text += " " + key;
            return text + text_of(what.exact);
        }
        std::string operator()(const ForgetResource& what) const { return "forget " + what.arn; }
        std::string operator()(const LearnFact& what) const {
            std::string text = "learn " + std::to_string(static_cast<int>(what.kind)) + " " + what.name;
            text += " is " + what.value;
            if (what.lifetime) text += " for " + std::to_string(what.lifetime->count()) + " s";
            return text;
        }
        std::string operator()(const ForgetFact& what) const {
            return "unlearn " + std::to_string(static_cast<int>(what.kind)) + " " + what.name;
        }
    };
    const std::string owner = change.account == place.account ? "" : change.account + ": ";
    return owner + std::visit(Printer{}, change.what);
}

inline Lines lines_of(const Result<ResourceChanges>& changes) {
    if (!changes) return {changes.error().code + ": " + changes.error().message};
    Lines lines;
    for (const ResourceChange& change : *changes) lines.push_back(line_of(change));
    return lines;
}

/// A request as the guard would hand it over once it is allowed.
inline Result<std::unique_ptr<Observation>> observation(std::string_view service_id,
                                                        std::string_view operation_name,
                                                        std::string_view json,
                                                        const ResourceFacts* facts = nullptr) {
    const auto* service = reference::find_request_service(service_id);
    const auto* operation =
        service == nullptr ? nullptr : reference::find_request_operation(*service, operation_name);
    if (operation == nullptr) return fail("Test", 500, "no such operation");
    if (!is_observed(*service, *operation)) return nullptr;
    MappingPlace at = place;
    at.facts = facts;
    const auto demands = map_request(*service, *operation, parameters_of(*operation, json), at);
    if (!demands) return std::unexpected(demands.error());
    ObservedRequest request{.service = service,
                            .operation = operation,
                            .parameters = parameters_of(*operation, json),
                            .partition = std::string(place.partition),
                            .region = std::string(place.region),
                            .account = std::string(place.account),
                            .caller_account = std::string(place.account),
                            .creators_own_buckets = true,
                            .facts = facts};
    for (const MappedDemand& demand : *demands) {
        request.resources.push_back({demand.resource, demand.resource_account});
    }
    return observe(std::move(request));
}

/// What has changed once the service has answered with that body.
inline Lines changes(std::string_view service, std::string_view operation, std::string_view json,
                     std::string_view answer = {}, const ResourceFacts* facts = nullptr) {
    const auto made = observation(service, operation, json, facts);
    if (!made) return {made.error().code + ": " + made.error().message};
    return *made ? lines_of((*made)->changes({}, answer)) : Lines{};
}

}  // namespace writ::gateway::testing
