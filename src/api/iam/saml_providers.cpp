#include "directory/federation/saml_providers.h"

#include <optional>
#include <string>
#include <vector>

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/shapes.h"

namespace writ::api::iam {
namespace {

/// Views into the parameters of the call, which lives as long as the call is carried out.
directory::SamlProviderChange change_of(const Call& call) {
    directory::SamlProviderChange change{.metadata = call.input.maybe_text("SAMLMetadataDocument"),
                                         .encryption_required = std::nullopt,
                                         .add_private_key = call.input.maybe_text("AddPrivateKey"),
                                         .remove_private_key = call.input.maybe_text("RemovePrivateKey")};
    if (const auto mode = call.input.maybe_text("AssertionEncryptionMode")) {
        change.encryption_required = *mode == "Required";
    }
    return change;
}

Output key_shape(const directory::SamlPrivateKey& key) {
    Output output;
    output.set("KeyId", key.key_id);
    output.set("Timestamp", key.added_at);
    return output;
}

Output provider_shape(const directory::SamlProvider& provider) {
    Output keys = Output::list();
    for (const directory::SamlPrivateKey& key : provider.private_keys) keys.add(key_shape(key));
    Output output;
    output.set("SAMLProviderUUID", provider.uuid);
    output.set("SAMLMetadataDocument", provider.metadata);
    output.set("CreateDate", provider.created_at);
    output.set("ValidUntil", provider.valid_until);
    output.set("Tags", list_of(provider.tags, tag_shape));
    output.set("AssertionEncryptionMode", provider.encryption_required ? "Required" : "Allowed");
    output.set("PrivateKeyList", std::move(keys));
    return output;
}

Output arn_shape(const std::string& arn) {
    return Output().set("SAMLProviderArn", arn);
}

}  // namespace

Result<Completion> create_saml_provider(const View&, const Call& call) {
    const directory::SamlProviderChange change = change_of(call);
    if (auto fine = directory::check_saml_change(change); !fine) return std::unexpected(fine.error());
    return [&call, change](Edit& edit) -> Result<Output> {
        const std::vector<directory::Tag> tags = tags_of(call.input);
        const auto arn = directory::create_saml_provider(edit, call.input.text("Name"), change, tags);
        if (!arn) return std::unexpected(arn.error());
        Output output = arn_shape(*arn);
        set_tags(output, tags);
        return output;
    };
}

Result<Completion> update_saml_provider(const View&, const Call& call) {
    const directory::SamlProviderChange change = change_of(call);
    if (auto fine = directory::check_saml_change(change); !fine) return std::unexpected(fine.error());
    return [&call, change](Edit& edit) -> Result<Output> {
        const std::string arn(call.input.text("SAMLProviderArn"));
        const auto updated = directory::update_saml_provider(edit, arn, change);
        if (!updated) return std::unexpected(updated.error());
        return arn_shape(arn);
    };
}

Result<Output> get_saml_provider(const View& account, const Call& call) {
    const auto provider = directory::get_saml_provider(account, call.input.text("SAMLProviderArn"));
    if (!provider) return std::unexpected(provider.error());
    return provider_shape(*provider);
}

Result<Output> delete_saml_provider(Edit& account, const Call& call) {
    return done(directory::delete_saml_provider(account, call.input.text("SAMLProviderArn")));
}

Result<Output> list_saml_providers(const View& account, const Call&) {
    const auto providers = directory::list_saml_providers(account);
    if (!providers) return std::unexpected(providers.error());
    Output list = Output::list();
    for (const directory::SamlProvider& provider : *providers) {
        Output entry;
        entry.set("Arn", provider.arn);
        entry.set("ValidUntil", provider.valid_until);
        entry.set("CreateDate", provider.created_at);
        list.add(std::move(entry));
    }
    Output output;
    output.set("SAMLProviderList", std::move(list));
    return output;
}

}  // namespace writ::api::iam
