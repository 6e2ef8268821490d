#include "gateway/internal/guard/inquiry.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "crypto/sigv4.h"
#include "gateway/internal/guard/taken_parts.h"

// The steps of an inquiry up to the question what the caller must be allowed to do.
namespace writ::gateway::internal {
namespace {

using crypto::CredentialFault;

Error fault(CredentialFault what, const ErrorDialect& dialect) {
    return crypto::to_error(crypto::credential_error(what), credential_dialect(dialect));
}

std::unexpected<Error> missing_expires() {
    return fail("AuthorizationQueryParametersError", 400,
                "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
                "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
}

}  // namespace

Judgement Inquiry::judge() {
    Step allowed = read_head();
    if (allowed) allowed = recognize_head();
    if (allowed && recognized_ && recognized_->form_upload) {
        if (!is_body_there_) return want_form();
        allowed = read_form();
    }
    if (!allowed) return finish(allowed);
    return needs_body_now() ? want_body() : decide();
}

Judgement Inquiry::judge_with_body() {
    is_body_there_ = true;
    return decide();
}

Judgement Inquiry::want_body() const {
    return {BodyWanted{parts_.config.body_bytes_max}, {}};
}

/// From what is known of the head.
Judgement Inquiry::decide() {
    Step allowed = choose_upstream();
    if (!allowed) return finish(allowed);

    allowed = verify_caller();
    const bool wants_body = recognized_ && recognized_->needs_body && framing_.has_body();
    if (is_s3_ && !is_body_there_ && (wants_body || (payload_.is_chunked() && payload_.bytes == 0))) {
        // Of S3 the signature is verified before: whoever has none makes us read nothing.
        if (allowed || passes_all(upstream_->mode)) return want_body();
    }
    if (auto read = read_body(); !read) return finish(read);
    if (allowed) allowed = map_demands();
    if (allowed) allowed = find_owners();
    if (allowed) allowed = check_owners();
    if (allowed) allowed = ask_all();
    if (parameters_ && (allowed || passes_all(upstream_->mode))) {
        auto observed = observe(std::move(*parameters_));
        if (allowed) allowed = std::move(observed);
    }
    return finish(allowed);
}

Inquiry::Step Inquiry::read_head() {
    const auto framing = check_head(request_);
    if (!framing) {
        dialect_ = guess_dialect(request_, signing_name_);
        return std::unexpected(Refusal{framing.error(), true});
    }
    framing_ = *framing;
    if (crypto::claims_signature(request_)) {
        if (auto read = read_signature(); !read) return read;
    } else {
        region_ = parts_.config.region;
        dialect_ = guess_dialect(request_, signing_name_);
        is_s3_ = dialect_.shape == ErrorShape::s3;
    }
    auto rebuilt = rebuild_head(request_, is_s3_, PathRule::verbatim);
    if (!rebuilt) {
        dialect_ = guess_dialect(request_, signing_name_);
        return std::unexpected(Refusal{rebuilt.error(), true});
    }
    rebuilt_ = std::move(*rebuilt);
    return {};
}

Inquiry::Step Inquiry::read_signature() {
    auto authorization = crypto::parse_authorization(request_);
    if (!authorization) {
        dialect_ = guess_dialect(request_, signing_name_);
        return std::unexpected(
            Refusal{crypto::to_error(authorization.error(), credential_dialect(dialect_)), true});
    }
    signing_ = authorization->place == crypto::Authorization::Place::query ? Signing::query : Signing::header;
    signing_name_ = authorization->credential.service;
    region_ = authorization->credential.region;
    is_s3_ = signing_name_ == "s3";
    record_.access_key_id = authorization->credential.access_key_id;
    authorization_ = std::make_unique<crypto::Authorization>(std::move(*authorization));
    return {};
}

// What is not recognised is denied only when the caller is known: nobody else learns about it.
Inquiry::Step Inquiry::recognize_head() {
    auto recognized = recognize(rebuilt_, signing_name_, parts_.hosts);
    if (!recognized) {
        dialect_ = guess_dialect(request_, signing_name_);
        not_recognized_ = std::make_unique<Error>(std::move(recognized.error()));
    } else {
        recognized_ = std::make_unique<RecognizedRequest>(std::move(*recognized));
        dialect_ = dialect_of(*recognized_->service, recognized_->protocol);
        record_.service = recognized_->service->signing_name;
        if (recognized_->operation != nullptr) record_.operation = recognized_->operation->name;
    }
    const bool is_of_s3 = recognized_ && recognized_->service->id == "s3";
    if (signing_ == Signing::none && !is_of_s3) {
        return std::unexpected(Refusal{fault(CredentialFault::missing_authentication, dialect_), true});
    }
    if (signing_ == Signing::none) signing_name_ = "s3";
    if (recognized_ && is_of_s3 != is_s3_) {  // Its path would have been taken in another way.
        return std::unexpected(Refusal{
            {"InvalidRequest", 400, "The request is signed for another service than it is made to."}, true});
    }
    if (!recognized_) return {};
    if (framing_.has_body() && !takes_body(*recognized_)) {
        return std::unexpected(
            Refusal{{"InvalidRequest", 400, std::string(record_.operation) + " takes no body."}, true});
    }
    rebuilt_.target = taken_target(rebuilt_.target, *recognized_);
    return {};
}

/// A signature covers the whole body, which must be there; S3's does not.
bool Inquiry::needs_body_now() const {
    return !is_s3_ && framing_.has_body() && !is_body_there_;
}

std::string_view Inquiry::label(std::string_view name) const {
    if (!recognized_) return {};
    for (const Label& found : recognized_->labels) {
        if (found.member->name == name) return found.value;
    }
    return {};
}

Inquiry::Step Inquiry::choose_upstream() {
    upstream_ = find_upstream(parts_.config.upstreams, signing_name_, region_, is_s3_ ? label("Bucket") : "");
    if (upstream_ != nullptr &&
        !keeps_region_apart(*upstream_, signing_name_, region_, parts_.config.region)) {
        upstream_ = nullptr;
    }
    if (upstream_ == nullptr) {
        // Nobody hears what is guarded here before we know who asks.
        if (const Step known = verify_caller(); !known) return known;
        if (signing_ == Signing::none)
            return std::unexpected(Refusal{denial(dialect_, "Access Denied"), true});
        return std::unexpected(Refusal{denial(dialect_, "Access Denied: no upstream of the gateway serves " +
                                                            signing_name_ + " in " + region_),
                                       true});
    }
    record_.upstream = upstream_->authority;
    if (upstream_->paths == PathRule::strict && !is_strict_path(rebuilt_.target)) {
        const auto refused = rebuild_head(request_, is_s3_, PathRule::strict);
        return std::unexpected(
            Refusal{refused ? Error{"InvalidURI", 400, "The path is not strict."} : refused.error(), true});
    }
    return {};
}

Inquiry::Step Inquiry::verify_caller() {
    if (is_s3_) {
        auto payload = read_payload(rebuilt_, framing_, signing_);
        if (!payload) return std::unexpected(Refusal{payload.error(), true});
        payload_ = std::move(*payload);
    }
    if (signing_ == Signing::form) return verify_form_caller();
    if (signing_ != Signing::none) return verify_signed_caller();
    authz::Caller caller;
    caller.principal = std::make_shared<const engine::Principal>();  // Anonymous.
    auto organization = parts_.services.subjects.organization("");
    if (!organization) {
        record_.defect = organization.error().defect;
        return deny("Access Denied");
    }
    caller.organization = std::move(*organization);
    caller_ = std::make_unique<authz::Caller>(std::move(caller));
    return {};
}

Inquiry::Step Inquiry::verify_signed_caller() {
    if (is_s3_ && signing_ == Signing::query && authorization_->expires.empty()) {
        return std::unexpected(Refusal{missing_expires().error()});
    }
    const std::string_view region = region_;
    authz::SignatureRules rules{.service = signing_name_,
                                .dialect = credential_dialect(dialect_),
                                .regions = {&region, 1},
                                .form = {},
                                .honours_expiry = true,
                                .wants_amz_headers_signed = true};
    if (is_s3_) rules.form = {.is_path_encoded_once = true, .payload_hash = payload_.signed_text};
    return take_caller(parts_.authenticator.verify(request_, *authorization_, rules));
}

Inquiry::Step Inquiry::take_caller(std::expected<authz::Verified, authz::Unrecognised> verified) {
    if (!verified) {
        record_.defect = verified.error().error.defect;
        return std::unexpected(Refusal{std::move(verified.error().error)});
    }
    record_.account = verified->caller.principal->account;
    record_.caller_arn = verified->caller.principal->arn;
    caller_ = std::make_unique<authz::Caller>(std::move(verified->caller));
    signing_key_ = std::move(verified->signing_key);
    return {};
}

crypto::AwsChunkedForm Inquiry::chunks() const {
    crypto::AwsChunkedForm form;
    form.decoded_bytes = payload_.bytes;
    form.has_trailer = payload_.has_trailer;
    form.trailer_names = payload_.trailer_names;
    if (payload_.kind != Payload::Kind::signed_chunks) return form;
    if (signing_key_ != nullptr) {
        form.signing = crypto::ChunkSigning{signing_key_, std::string(authorization_->date),
                                            std::string(authorization_->credential.scope),
                                            std::string(authorization_->signature)};
    } else {  // Observed only.
        form.are_signatures_skipped = true;
    }
    return form;
}

/// Of S3 a body that is there is verified and taken out of its chunks; what trails becomes headers.
Inquiry::Step Inquiry::read_body() {
    if (form_ != nullptr || (!is_body_there_ && framing_.has_body())) return {};
    std::string body = std::exchange(request_.body, {});
    if (!is_s3_) {
        rebuilt_.body = std::move(body);
        return {};
    }
    if (payload_.is_chunked()) {
        crypto::AwsChunkedDecoder decoder(chunks());
        Result<void> done = decoder.take(body, rebuilt_.body);
        if (done) done = decoder.finish();
        if (!done) return std::unexpected(Refusal{done.error(), true});
        for (const auto& [name, value] : decoder.trailer()) rebuilt_.headers.emplace_back(name, value);
        return {};
    }
    BodyPassage passage = payload_.kind == Payload::Kind::hashed
                              ? BodyPassage::hashed(body.size(), payload_.signed_text)
                              : BodyPassage::unverified(body.size());
    Result<void> done = passage.take(body, rebuilt_.body);
    if (done) done = passage.finish(rebuilt_.body);
    if (!done) return std::unexpected(Refusal{done.error(), true});
    return {};
}

HttpResponse Inquiry::answer(const Error& error) {
    return print_error(dialect_, error, request_);
}

void Inquiry::note(const Error& error) {
    record_.error_code = error.code;
    record_.error_message = error.message;
    if (!error.defect.empty()) record_.defect = error.defect;
}

void Inquiry::note_use() {
    record_.region = region_;
    if (recognized_) record_.api_version = recognized_->service->api_version;
    record_.is_use_recorded = upstream_ != nullptr && upstream_->records_use;
    record_.caller = std::move(caller_);
    record_.demands = std::move(demands_);
}

Judgement Inquiry::finish(const Step& allowed) {
    if (!allowed) {
        const Refusal& refusal = allowed.error();
        note(refusal.error);
        if (refusal.is_final || upstream_ == nullptr || !passes_all(upstream_->mode)) {
            note_use();
            return {answer(refusal.error), std::move(record_)};
        }
        record_.is_observed = true;
    }
    Passage passage = pass();
    note_use();
    return {std::move(passage), std::move(record_)};
}

Passage Inquiry::pass() {
    Passage passage;
    passage.upstream = upstream_;
    UpstreamBody body;
    if (form_ != nullptr) {
        pass_form(passage);
        body.content_sha256 = "UNSIGNED-PAYLOAD";
    }
    const bool is_streamed = is_s3_ && !is_body_there_ && framing_.has_body();
    if (is_streamed) {
        body.content_sha256 = payload_.signed_text;
        if (payload_.kind == Payload::Kind::hashed) {
            passage.body = BodyPassage::hashed(payload_.bytes, payload_.signed_text);
        } else if (payload_.kind == Payload::Kind::not_signed) {
            passage.body = BodyPassage::unverified(payload_.bytes);
        } else {
            passage.body = BodyPassage::chunked(chunks());
            body.content_sha256 = "UNSIGNED-PAYLOAD";
            if (!payload_.trailer_names.empty()) {
                body.content_sha256 = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
                body.trailer_name = payload_.trailer_names.front();
                body.decoded_bytes = payload_.bytes;
            }
        }
    }
    if (recognized_ && recognized_->bucket_in_host) {  // Upstreams are asked path-style.
        const std::string bucket = "/" + percent_encode(label("Bucket"));
        const bool is_root = rebuilt_.target == "/" || rebuilt_.target.starts_with("/?");
        rebuilt_.target = bucket + rebuilt_.target.substr(is_root ? 1 : 0);
    }
    if (observation_ && observation_->answer_bytes_max() > 0) {  // Which must be read.
        std::erase_if(rebuilt_.headers, [](const auto& header) {
            return equals_ignoring_case(header.first, "accept-encoding");
        });
    }
    passage.observation = std::move(observation_);
    const UpstreamCall call{*upstream_, signing_name_, region_,
                            recognized_ ? recognized_->operation : nullptr};
    passage.request = make_upstream_request(std::move(rebuilt_), call, body, parts_.services.clock.now());
    return passage;
}

}  // namespace writ::gateway::internal
