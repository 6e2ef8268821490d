#include "gateway/form_upload.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/xml_text.h"
#include "gateway/internal/mapping/request_tags.h"
#include "gateway/parameters.h"

namespace writ::gateway {
namespace {

constexpr std::string_view variable = "${filename}";

/// Fields about the form itself: its signature, its answer, and what names the object.
constexpr auto of_the_form = std::to_array<std::string_view>(
    {"bucket", "key", "policy", "redirect", "success_action_redirect", "success_action_status",
     "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-security-token", "x-amz-signature"});
/// Headers of the object that do not begin with "x-amz-".
constexpr auto of_the_object = std::to_array<std::string_view>(
    {"cache-control", "content-disposition", "content-encoding", "content-language", "content-md5",
     "content-type", "expires", "if-match", "if-none-match"});

struct OtherName {
    std::string_view field, header;
};
constexpr auto other_names = std::to_array<OtherName>({
    {"acl", "x-amz-acl"},
    {"tagging", "x-amz-tagging"},
    {"x-amz-checksum-algorithm", "x-amz-sdk-checksum-algorithm"},
});

bool lists(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

std::unexpected<Error> invalid(std::string message) {
    return fail("InvalidArgument", 400, std::move(message));
}

/// RFC 9110, 5.6.2: what a header may be called. The name of a field must not bring a colon along.
bool may_name_a_header(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
               std::string_view("!#$%&'*+-.^_`|~").contains(c);
    });
}

/// Printable, and with nothing at its ends that whoever reads the header takes off.
bool may_be_a_header(std::string_view value) {
    const bool is_printable = std::ranges::none_of(value, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < ' ' || byte == 0x7f;
    });
    return is_printable && count_scalars(value) && trimmed(value).size() == value.size();
}

const reference::RequestOperation& operation(std::string_view name) {
    const reference::RequestService& s3 = *reference::find_request_service("s3");
    return *reference::find_request_operation(s3, name);
}

bool is_header_of_put(std::string_view name) {
    using Location = reference::RequestMember::Location;
    return std::ranges::any_of(
        operation("PutObject").input->members, [&](const reference::RequestMember& member) {
            if (member.location == Location::header) return equals_ignoring_case(member.wire_name, name);
            return member.location == Location::header_prefix && name.size() > member.wire_name.size() &&
                   equals_ignoring_case(member.wire_name, name.substr(0, member.wire_name.size()));
        });
}

/// A form has its tags in XML, a header has them as a query.
Result<std::string> tags_as_query(const std::string& xml) {
    const reference::RequestService& s3 = *reference::find_request_service("s3");
    RecognizedRequest tagging;
    tagging.service = &s3;
    tagging.operation = &operation("PutObjectTagging");
    tagging.protocol = WireProtocol::rest_xml;
    tagging.needs_body = true;
    HttpRequest request;
    request.method = "PUT";
    request.target = "/bucket/key?tagging";
    request.body = xml;
    const auto read = read_parameters(tagging, request);
    internal::TagPlaces places;
    places.entries.push_back({"Tagging.TagSet", "Key", "Value"});
    const auto tags =
        read ? internal::read_tags(places, *read).tags : decltype(internal::RequestTags::tags){};
    if (!read || tags.size() != internal::element_count(*read, "Tagging.TagSet")) {
        return fail(
            "MalformedXML", 400,
            "The XML you provided was not well-formed or did not validate against our published schema");
    }
    std::string query;
    for (const auto& [key, value] : tags) {
        if (!query.empty()) query += '&';
        query.append(percent_encode(key)).append("=").append(percent_encode(value));
    }
    return query;
}

/// Adds the header that a field stands for, where it stands for one.
Result<void> add_header(std::string_view field, const std::string& value, HttpHeaders& headers) {
    const std::string lower = ascii_lower(field);
    if (lists(of_the_form, lower)) return {};
    const auto* other = std::ranges::find(other_names, std::string_view(lower), &OtherName::field);
    const std::string name(other == other_names.end() ? std::string_view(lower) : other->header);
    if (!name.starts_with("x-amz-")) {
        if (!lists(of_the_object, name)) return {};  // Nothing of S3.
    } else if (!is_header_of_put(name)) {
        return fail("NotImplemented", 501,
                    "A form field you provided implies functionality that is not implemented");
    }
    if (find_header(headers, name) != nullptr) return invalid("The form tells " + name + " twice.");
    // Browsers send what nobody has filled in; of metadata that is a value too.
    if (value.empty() && !name.starts_with("x-amz-meta-")) return {};
    if (lower == "tagging") {
        auto query = tags_as_query(value);
        if (!query) return std::unexpected(query.error());
        if (!query->empty()) headers.emplace_back(name, std::move(*query));
        return {};
    }
    if (!may_name_a_header(name) || !may_be_a_header(value)) {
        return invalid("The field " + lower + " cannot be a header.");
    }
    headers.emplace_back(name, value);
    return {};
}

Result<std::string> read_key(const FormFields& fields) {
    constexpr std::size_t bytes_max = 1024;
    const std::string* key = find_field(fields, "key");
    if (key == nullptr) {
        return invalid(
            "Bucket POST must contain a field named 'key'.  If it is specified, please check the order "
            "of the fields.");
    }
    if (key->empty()) return invalid("User key must have a length greater than 0.");
    if (key->size() > bytes_max) return fail("KeyTooLongError", 400, "Your key is too long");
    if (!count_scalars(*key)) return invalid("The key is not UTF-8.");
    return *key;
}

bool is_url(std::string_view text) {
    const std::string begin = ascii_lower(text.substr(0, 8));
    return (begin.starts_with("http://") || begin.starts_with("https://")) &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f' && c != '"' && c != '\\'; });
}

/// What cannot be understood is as good as not there.
std::string read_redirect(const FormFields& fields) {
    const std::string* url = find_field(fields, "success_action_redirect");
    if (url == nullptr) url = find_field(fields, "redirect");
    return url != nullptr && is_url(*url) ? *url : std::string();
}

int read_status(const FormFields& fields) {
    const std::string* status = find_field(fields, "success_action_status");
    if (status != nullptr && *status == "200") return 200;
    return status != nullptr && *status == "201" ? 201 : 204;
}

std::string with_query(const FormAnswer& answer, std::string_view etag) {
    std::string url = answer.redirect.substr(0, answer.redirect.find('#'));
    url.append(url.contains('?') ? "&" : "?").append("bucket=").append(percent_encode(answer.bucket));
    url.append("&key=").append(percent_encode(answer.key)).append("&etag=").append(percent_encode(etag));
    return url.append(answer.redirect.substr(std::min(answer.redirect.find('#'), answer.redirect.size())));
}

std::string post_response(const FormAnswer& answer, const std::string& etag) {
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("PostResponse");
    const auto append = [&root](const char* name, const std::string& text) {
        root.append_child(name).append_child(pugi::node_pcdata).set_value(text.c_str());
    };
    append("Location", answer.location);
    append("Bucket", answer.bucket);
    append("Key", answer.key);
    append("ETag", etag);
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    XmlText writer(text);
    document.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return text;
}

/// Of the object, and what a browser must see to let a script read the answer.
bool goes_back(std::string_view name) {
    const std::string lower = ascii_lower(name);
    return lower.starts_with("x-amz-") || lower.starts_with("access-control-") || lower == "etag" ||
           lower == "vary";
}

}  // namespace

FormFields expand_fields(FormFields fields, std::string_view file_name) {
    const auto last = file_name.find_last_of("/\\");
    const std::string_view bare = last == std::string_view::npos ? file_name : file_name.substr(last + 1);
    for (auto& [name, value] : fields) {
        if (equals_ignoring_case(name, "policy") || equals_ignoring_case(name, "x-amz-signature")) continue;
        for (std::size_t at = value.find(variable); at != std::string::npos;
             at = value.find(variable, at + bare.size())) {
            value.replace(at, variable.size(), bare);
        }
    }
    return fields;
}

Result<FormUpload> read_form_upload(const FormFields& fields, std::string_view bucket,
                                    std::string_view base_url) {
    auto key = read_key(fields);
    if (!key) return std::unexpected(key.error());
    FormUpload upload;
    for (const auto& [name, value] : fields) {
        if (auto added = add_header(name, value, upload.headers); !added)
            return std::unexpected(added.error());
    }
    std::string location(base_url);
    location.append("/").append(percent_encode(*key, true));
    upload.answer = {.status = read_status(fields),
                     .redirect = read_redirect(fields),
                     .bucket = std::string(bucket),
                     .key = std::move(*key),
                     .location = std::move(location)};
    return upload;
}

HttpResponse print_form_answer(const FormAnswer& answer, const HttpHeaders& of_upstream,
                               std::string_view request_id) {
    HttpResponse response;
    response.status = answer.redirect.empty() ? answer.status : 303;
    for (const auto& [name, value] : of_upstream) {
        if (goes_back(name)) response.headers.emplace_back(name, value);
    }
    const std::string* found = find_header(of_upstream, "etag");
    const std::string etag = found == nullptr ? std::string() : *found;
    response.headers.emplace_back("Location",
                                  answer.redirect.empty() ? answer.location : with_query(answer, etag));
    response.headers.emplace_back("x-amzn-RequestId", request_id);
    if (response.status == 201) {
        response.headers.emplace_back("Content-Type", "application/xml");
        response.body = post_response(answer, etag);
    }
    return response;
}

}  // namespace writ::gateway
