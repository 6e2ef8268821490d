#include "directory/credentials/signing_certificates.h"

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"

namespace writ::api::iam {
namespace {

Output certificate_shape(const directory::SigningCertificate& certificate) {
    Output output;
    if (!certificate.user_name.empty()) output.set("UserName", certificate.user_name);
    output.set("CertificateId", certificate.certificate_id);
    output.set("CertificateBody", certificate.body);
    output.set("Status", certificate.active ? "Active" : "Inactive");
    output.set("UploadDate", certificate.uploaded_at);
    return output;
}

}  // namespace

Result<Output> upload_signing_certificate(Edit& account, const Call& call) {
    return answer(
        directory::upload_signing_certificate(account, key_owner(call), call.input.text("CertificateBody")),
        "Certificate", certificate_shape);
}

Result<Output> update_signing_certificate(Edit& account, const Call& call) {
    return done(directory::update_signing_certificate(
        account, key_owner(call), call.input.text("CertificateId"), call.input.text("Status")));
}

Result<Output> delete_signing_certificate(Edit& account, const Call& call) {
    return done(
        directory::delete_signing_certificate(account, key_owner(call), call.input.text("CertificateId")));
}

Result<Output> list_signing_certificates(const View& account, const Call& call) {
    return answer_page(directory::list_signing_certificates(account, key_owner(call), page_of(call.input)),
                       "Certificates", certificate_shape);
}

}  // namespace writ::api::iam
