#include "engine/context_keys.h"

#include "api/iam/handlers.h"
#include "api/iam/simulator/policies.h"
#include "policy/parse.h"

namespace writ::api::iam {
namespace {

using Keys = std::vector<std::string>;

Result<void> add_inputs(const Input& input, Keys& keys) {
    for (const Input& text : input.list("PolicyInputList")) {
        const auto document = simulator::read_document(text.text(), policy::PolicyType::identity);
        if (!document) return std::unexpected(document.error());
        engine::add_context_keys(**document, keys);
    }
    return {};
}

void add_stored(std::string_view text, Keys& keys) {
    constexpr std::size_t stored_characters_max = 1'000'000;
    const auto document = policy::parse(text, {.characters_max = stored_characters_max});
    if (document) engine::add_context_keys(**document, keys);
}

Output key_names(const Keys& keys) {
    Output names = Output::list();
    for (const std::string& key : keys) names.add(key);
    Output output;
    output.set("ContextKeyNames", std::move(names));
    return output;
}

}  // namespace

Result<Output> get_context_keys_for_custom_policy(const Call& call, const Target&) {
    Keys keys;
    if (auto added = add_inputs(call.input, keys); !added) return std::unexpected(added.error());
    return key_names(keys);
}

Result<Output> get_context_keys_for_principal_policy(const View& account, const Call& call) {
    const auto source = simulator::read_source(account, call.input.text("PolicySourceArn"));
    if (!source) return std::unexpected(source.error());
    Keys keys;
    for (const auto& policy : source->inline_policies) add_stored(policy.document, keys);
    for (const auto& policy : source->managed_policies) {
        const auto text = simulator::document_of(account, policy);
        if (!text) return std::unexpected(text.error());
        add_stored(*text, keys);
    }
    if (auto added = add_inputs(call.input, keys); !added) return std::unexpected(added.error());
    return key_names(keys);
}

}  // namespace writ::api::iam
