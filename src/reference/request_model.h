#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// What a request of any AWS service looks like: its operations, how each is addressed, and the members of
/// its input with the place where each travels. Facts from the published service models; no prose, no
/// answers. Immutable and thread-safe. The list of services is loaded on first use, the operations of a
/// service when they are first asked for; views live as long as the program.
namespace writ::reference {

enum class WireProtocol : std::uint8_t {
    query,
    ec2_query,
    json_1_0,
    json_1_1,
    rest_json,
    rest_xml,
    rpc_v2_cbor
};

enum class RequestShapeKind : std::uint8_t {
    structure,
    list,
    map,
    string,
    integer,
    floating,
    boolean,
    timestamp,
    blob,
    document,     ///< Any JSON value.
    event_stream  ///< Events that follow the head; never read.
};

struct RequestMember;

struct RequestShape {
    RequestShapeKind kind = RequestShapeKind::string;
    bool flattened = false;                  ///< List or map without an element around it (Query, XML).
    std::span<const RequestMember> members;  ///< Structure, in order of the model.
    const RequestMember* element = nullptr;  ///< List element, map value.
    const RequestMember* key = nullptr;      ///< Map key.
};

struct RequestMember {
    /// `payload` is the whole body; `header_prefix` is a map whose entries are headers that begin with
    /// `wire_name`.
    enum class Location : std::uint8_t { body, payload, uri, query_string, header, header_prefix };

    std::string_view name;        ///< "TableName".
    std::string_view wire_name;   ///< In JSON, CBOR, XML, URI, query string and headers: "x-amz-copy-source".
    std::string_view query_name;  ///< In the Query and EC2 Query protocols: "BlockDeviceMapping".
    const RequestShape* shape = nullptr;
    Location location = Location::body;
    bool required = false;
    bool streaming = false;      ///< A payload of any size, which the service takes as a stream.
    bool xml_attribute = false;  ///< Of the element of the structure, instead of an element within.
};

struct RequestOperation {
    std::string_view name;         ///< "UploadPart".
    std::string_view http_method;  ///< "PUT".
    std::string_view request_uri;  ///< "/{Bucket}/{Key+}?acl": labels by wire name, fixed parts of the query.
    std::string_view xml_root;     ///< Root element of the body in REST-XML; empty: none.
    const RequestShape* input = nullptr;  ///< Structure; null: no parameters.
    bool anonymous = false;               ///< Called without a signature.
    bool deprecated = false;
};

struct RequestService {
    std::string_view id;            ///< "dynamodbstreams": names one model.
    std::string_view title;         ///< The service id of the SDKs: "DynamoDB Streams".
    std::string_view signing_name;  ///< In credential scopes: "dynamodb".
    std::span<const std::string_view> other_signing_names;  ///< "s3express", "s3-outposts", …
    std::string_view endpoint_prefix;  ///< Begins the host names at AWS: "streams.dynamodb".
    std::string_view api_version;      ///< "2012-08-10".
    std::string_view target_prefix;    ///< JSON and CBOR services: "DynamoDBStreams_20120810".
    std::uint8_t protocols = 0;        ///< Bits 1 << WireProtocol.
    std::uint32_t number = 0;          ///< Row in request_services().

    [[nodiscard]] bool speaks(WireProtocol protocol) const noexcept {
        return (protocols >> static_cast<unsigned>(protocol) & 1U) != 0;
    }
};

/// All services, by id.
[[nodiscard]] std::span<const RequestService> request_services();
/// Null when unknown.
[[nodiscard]] const RequestService* find_request_service(std::string_view id);
/// The services whose requests are signed under that name: several models share one. The first is that whose
/// id is the name, if there is one. Exact spelling; empty when unknown.
[[nodiscard]] std::span<const RequestService* const> request_services_signed_as(
    std::string_view signing_name);
/// The service of an X-Amz-Target or of a CBOR path; null when unknown.
[[nodiscard]] const RequestService* find_request_service_by_target(std::string_view target_prefix);

/// By name. The first call for a service loads it: some hundred microseconds.
[[nodiscard]] std::span<const RequestOperation> request_operations(const RequestService& service);
/// Exact spelling; null when unknown. Logarithmic in the operations of the service.
[[nodiscard]] const RequestOperation* find_request_operation(const RequestService& service,
                                                             std::string_view name);

}  // namespace writ::reference
