#include <array>
#include <utility>

#include "base/text.h"
#include "crypto/sigv4.h"
#include "gateway/internal/guard/inquiry.h"

// Uploads to S3 by HTML forms: the head of the form is read, and from there on the request is the PUT of an
// object that the form stands for. Who it is signed by and what may be in it is told by its policy.
namespace writ::gateway::internal {
namespace {

std::unexpected<Error> missing_field(std::string_view name) {
    return fail("InvalidArgument", 400,
                "Bucket POST must contain a field named '" + std::string(name) +
                    "'.  If it is specified, please check the order of the fields.");
}

/// What of the head of the POST is about the client and not about the form.
constexpr auto of_the_client = std::to_array<std::string_view>({"user-agent", "referer", "origin"});

}  // namespace

Judgement Inquiry::want_form() {
    const auto refuse = [this](const Error& error) { return finish(std::unexpected(Refusal{error, true})); };
    if (signing_ != Signing::none) {
        return refuse(
            {"InvalidRequest", 400, "An upload by a form is signed in the fields of the form only."});
    }
    if (!framing_.length) {
        return refuse({"MissingContentLength", 411, "You must provide the Content-Length HTTP header."});
    }
    auto reader = FormReader::for_content_type(*find_header(request_.headers, "content-type"));
    if (!reader) return refuse(reader.error());
    return {BodyWanted{FormReader::fields_bytes_max, std::make_unique<FormReader>(std::move(*reader))},
            std::move(record_)};
}

Inquiry::Step Inquiry::read_form() {
    auto reader = FormReader::for_content_type(*find_header(request_.headers, "content-type"));
    if (!reader) return std::unexpected(Refusal{reader.error(), true});
    form_ = std::make_unique<FormInquiry>(FormInquiry{.reader = std::move(*reader)});
    const std::string body = std::exchange(request_.body, {});
    auto read = form_->reader.take(body, form_->file_begin);
    if (read && !form_->reader.is_at_file()) read = form_->reader.finish();  // Says what is missing.
    if (!read) return std::unexpected(Refusal{read.error(), true});
    form_->fields = expand_fields(form_->reader.fields(), form_->reader.file_name());
    if (auto done = read_form_signature(); !done) return done;
    return become_put();
}

/// Without a policy the form is anonymous.
Inquiry::Step Inquiry::read_form_signature() {
    const auto refuse = [](const Error& error) { return std::unexpected(Refusal{error, true}); };
    const auto field = [this](std::string_view name) { return find_field(form_->fields, name); };
    if (field("AWSAccessKeyId") != nullptr || field("signature") != nullptr) {
        return refuse({"InvalidRequest", 400,
                       "The authorization mechanism you have provided is not supported. Please use "
                       "AWS4-HMAC-SHA256."});
    }
    constexpr auto names = std::to_array<std::string_view>(
        {"policy", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature"});
    std::array<std::string_view, names.size()> values;
    bool is_signed = field("x-amz-security-token") != nullptr;
    for (const std::string_view name : names) is_signed = is_signed || field(name) != nullptr;
    if (!is_signed) return {};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string* value = field(names[i]);
        if (value == nullptr) return refuse(missing_field(names[i]).error());
        values[i] = *value;
    }
    crypto::FormSignature signature{
        .algorithm = values[1], .credential = values[2], .date = values[3], .signature = values[4]};
    if (const std::string* token = field("x-amz-security-token")) signature.session_token = *token;
    auto authorization = crypto::parse_form_authorization(signature);
    if (!authorization) {
        return refuse(crypto::to_error(authorization.error(), credential_dialect(dialect_)));
    }
    signing_ = Signing::form;
    region_ = authorization->credential.region;
    record_.access_key_id = authorization->credential.access_key_id;
    authorization_ = std::make_unique<crypto::Authorization>(std::move(*authorization));
    return {};
}

/// Nothing of the POST goes on, and nothing of the form that the PUT does not have: what is decided about is
/// what the upstream gets.
Inquiry::Step Inquiry::become_put() {
    const std::string bucket(label("Bucket"));
    const std::string* host = find_header(request_.headers, "host");
    std::string base_url = (request_.tls ? "https://" : "http://") + *host;
    if (!recognized_->bucket_in_host) base_url.append("/").append(percent_encode(bucket));
    auto upload = read_form_upload(form_->fields, bucket, base_url);
    if (!upload) return std::unexpected(Refusal{upload.error(), true});
    form_->answer = std::move(upload->answer);

    rebuilt_.method = "PUT";
    rebuilt_.target = "/" + percent_encode(bucket) + "/" + percent_encode(form_->answer.key, true);
    rebuilt_.headers = std::move(upload->headers);
    for (const std::string_view name : of_the_client) {
        const std::string* value = find_header(request_.headers, name);
        if (value != nullptr) rebuilt_.headers.emplace_back(name, *value);
    }
    auto recognized = recognize(rebuilt_, "s3", parts_.hosts);
    if (!recognized) {
        return std::unexpected(Refusal{{"InvalidURI", 400, recognized.error().message}, true});
    }
    *recognized_ = std::move(*recognized);
    if (label("Bucket") != bucket || label("Key") != form_->answer.key) {
        return std::unexpected(Refusal{{"InvalidURI", 400, "The key cannot be told by a path."}, true});
    }
    return {};
}

Inquiry::Step Inquiry::verify_form_caller() {
    const std::string_view region = region_;
    const authz::SignatureRules rules{.service = "s3",
                                      .dialect = credential_dialect(dialect_),
                                      .regions = {&region, 1},
                                      .form = {},
                                      .honours_expiry = true};
    const std::string& policy = *find_field(form_->fields, "policy");
    auto known = take_caller(parts_.authenticator.verify_text(policy, *authorization_, rules));
    return known ? check_form() : known;
}

/// What whoever signed the form allows it to hold.
Inquiry::Step Inquiry::check_form() {
    const auto policy = parse_form_policy(*find_field(form_->fields, "policy"));
    if (!policy) return std::unexpected(Refusal{policy.error()});
    form_->range = policy->range;
    auto checked =
        check_form_policy(*policy, form_->fields, form_->answer.bucket, parts_.services.clock.now());
    const auto bytes = file_bytes_told();
    if (checked && bytes) checked = check_file_range(policy->range, *bytes);
    if (!checked) return std::unexpected(Refusal{checked.error()});
    return {};
}

/// The service must be told how long the object is before it gets it. A form of a size that is read before
/// decisions too is read as a whole; a longer one must end with its file, as all clients have it, but for
/// what browsers send of a button behind it.
std::optional<std::uint64_t> Inquiry::file_bytes_told() const {
    const FormReader& reader = form_->reader;
    const std::uint64_t total = framing_.length.value_or(0);
    const std::uint64_t others = reader.bytes_before_file() + reader.usual_bytes_behind_file();
    if (total < others || total - others <= parts_.config.body_bytes_max) return std::nullopt;
    return total - others;
}

void Inquiry::pass_form(Passage& passage) {
    const FileRange range = passes_all(upstream_->mode) ? FileRange{} : form_->range;
    passage.form = std::move(form_->answer);
    const auto bytes = file_bytes_told();
    passage.body = BodyPassage::file_of(std::move(form_->reader), std::move(form_->file_begin), range, bytes);
}

}  // namespace writ::gateway::internal
