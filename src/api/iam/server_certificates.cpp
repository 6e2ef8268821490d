#include "directory/credentials/server_certificates.h"

#include <memory>
#include <utility>

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/shapes.h"

namespace writ::api::iam {
namespace {

Output metadata_shape(const directory::ServerCertificate& certificate) {
    Output output;
    output.set("Path", certificate.path);
    output.set("ServerCertificateName", certificate.name);
    output.set("ServerCertificateId", certificate.certificate_id);
    output.set("Arn", certificate.arn);
    output.set("UploadDate", certificate.uploaded_at);
    output.set("Expiration", certificate.expires_at);
    return output;
}

Output certificate_shape(const directory::ServerCertificate& certificate) {
    Output output;
    output.set("ServerCertificateMetadata", metadata_shape(certificate));
    output.set("CertificateBody", certificate.body);
    if (!certificate.chain.empty()) output.set("CertificateChain", certificate.chain);
    set_tags(output, certificate.tags);
    return output;
}

Result<Output> uploaded(const Result<directory::ServerCertificate>& certificate) {
    if (!certificate) return std::unexpected(certificate.error());
    Output output;
    output.set("ServerCertificateMetadata", metadata_shape(*certificate));
    set_tags(output, certificate->tags);
    return output;
}

}  // namespace

Result<Completion> upload_server_certificate(const View&, const Call& call) {
    auto checked = directory::check_server_certificate(call.input.text("CertificateBody"),
                                                       Secret(call.input.text("PrivateKey")),
                                                       call.input.text("CertificateChain"), call.now);
    if (!checked) return std::unexpected(std::move(checked.error()));
    directory::NewServerCertificate certificate{.name = std::string(call.input.text("ServerCertificateName")),
                                                .path = path_or_root(call.input, "Path"),
                                                .tags = tags_of(call.input)};
    return
        [certificate = std::move(certificate),
         material = std::make_shared<const directory::CheckedCertificate>(std::move(*checked))](Edit& edit) {
            return uploaded(directory::upload_server_certificate(edit, certificate, *material));
        };
}

Result<Output> get_server_certificate(const View& account, const Call& call) {
    return answer(directory::get_server_certificate(account, call.input.text("ServerCertificateName")),
                  "ServerCertificate", certificate_shape);
}

Result<Output> update_server_certificate(Edit& account, const Call& call) {
    return done(
        directory::update_server_certificate(account, call.input.text("ServerCertificateName"),
                                             {.name = optional_text(call.input, "NewServerCertificateName"),
                                              .path = optional_text(call.input, "NewPath")}));
}

Result<Output> delete_server_certificate(Edit& account, const Call& call) {
    return done(directory::delete_server_certificate(account, call.input.text("ServerCertificateName")));
}

Result<Output> list_server_certificates(const View& account, const Call& call) {
    return answer_page(directory::list_server_certificates(account, path_or_root(call.input, "PathPrefix"),
                                                           page_of(call.input)),
                       "ServerCertificateMetadataList", metadata_shape);
}

}  // namespace writ::api::iam
