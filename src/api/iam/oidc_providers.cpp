#include "directory/federation/oidc_providers.h"

#include <string>
#include <vector>

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/shapes.h"

namespace writ::api::iam {
namespace {

std::string_view provider_arn(const Call& call) {
    return call.input.text("OpenIDConnectProviderArn");
}

}  // namespace

Result<Output> create_oidc_provider(Edit& account, const Call& call) {
    const std::vector<directory::Tag> tags = tags_of(call.input);
    const auto arn =
        directory::create_oidc_provider(account, {.url = std::string(call.input.text("Url")),
                                                  .client_ids = texts_of(call.input, "ClientIDList"),
                                                  .thumbprints = texts_of(call.input, "ThumbprintList"),
                                                  .tags = tags});
    if (!arn) return std::unexpected(arn.error());
    Output output;
    output.set("OpenIDConnectProviderArn", *arn);
    set_tags(output, tags);
    return output;
}

Result<Output> get_oidc_provider(const View& account, const Call& call) {
    const auto provider = directory::get_oidc_provider(account, provider_arn(call));
    if (!provider) return std::unexpected(provider.error());
    Output output;
    output.set("Url", provider->url);
    output.set("ClientIDList", list_of(provider->client_ids, text_shape));
    output.set("ThumbprintList", list_of(provider->thumbprints, text_shape));
    output.set("CreateDate", provider->created_at);
    output.set("Tags", list_of(provider->tags, tag_shape));
    return output;
}

Result<Output> delete_oidc_provider(Edit& account, const Call& call) {
    return done(directory::delete_oidc_provider(account, provider_arn(call)));
}

Result<Output> list_oidc_providers(const View& account, const Call&) {
    const auto arns = directory::list_oidc_providers(account);
    if (!arns) return std::unexpected(arns.error());
    Output list = Output::list();
    for (const std::string& arn : *arns) list.add(Output().set("Arn", arn));
    Output output;
    output.set("OpenIDConnectProviderList", std::move(list));
    return output;
}

Result<Output> add_client_id_to_oidc_provider(Edit& account, const Call& call) {
    return done(directory::add_oidc_client_id(account, provider_arn(call), call.input.text("ClientID")));
}

Result<Output> remove_client_id_from_oidc_provider(Edit& account, const Call& call) {
    return done(directory::remove_oidc_client_id(account, provider_arn(call), call.input.text("ClientID")));
}

Result<Output> update_oidc_provider_thumbprint(Edit& account, const Call& call) {
    return done(directory::update_oidc_thumbprints(account, provider_arn(call),
                                                   texts_of(call.input, "ThumbprintList")));
}

}  // namespace writ::api::iam
