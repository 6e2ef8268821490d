#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// The operation models of IAM, STS, Organizations and Access Analyzer: what a request may hold and what an
/// answer looks like. Facts from the published service models; no prose. Immutable, loaded on first use,
/// thread-safe; views live as long as the program.
namespace writ::reference {

enum class Protocol : std::uint8_t { query, json_1_1, rest_json };
enum class ShapeType : std::uint8_t {
    structure,
    list,
    map,
    string,
    integer,
    long_integer,
    floating,
    boolean,
    timestamp,
    blob
};

struct Shape;

struct Member {
    std::string_view name;       ///< "RoleArn".
    std::string_view wire_name;  ///< Name in the protocol; equals `name` where the model has no other.
    const Shape* shape = nullptr;
    bool required = false;
    bool sensitive = false;
    enum class Location : std::uint8_t { body, uri, query_string, header } location = Location::body;
};

enum class TimeFormat : std::uint8_t { iso_8601, epoch_seconds };

struct Shape {
    std::string_view name;
    ShapeType type = ShapeType::string;
    TimeFormat time_format = TimeFormat::iso_8601;  ///< In bodies; of timestamps only.
    std::optional<std::int64_t> min, max;           ///< Length in scalars, number of elements, or value.
    std::string_view pattern;                       ///< As in the model; empty: none.
    std::span<const std::string_view> values;       ///< Enumeration.
    std::span<const Member> members;                ///< Structure, in order of the model.
    const Member* element = nullptr;                ///< List element ("member"), map value ("value").
    const Member* key = nullptr;                    ///< Map key ("key").
    bool flattened = false;
    bool sensitive = false;
    bool exactly_one = false;  ///< Structure of which a request or answer sets one member.
};

struct ErrorShape {
    std::string_view name;  ///< "NoSuchEntityException".
    std::string_view code;  ///< On the wire: "NoSuchEntity".
    int http_status = 400;
    const Shape* shape = nullptr;  ///< What it tells beside code and message. Never null.
};

struct Operation {
    std::string_view name;
    std::string_view http_method;
    std::string_view request_uri;
    const Shape* input = nullptr;     ///< Null: none.
    const Shape* output = nullptr;    ///< Null: none.
    std::string_view result_wrapper;  ///< "CreateUserResult"; empty when there is no output.
    std::span<const ErrorShape* const> errors;
    int http_status = 200;  ///< Of success.
    bool paginated = false;
    bool anonymous = false;  ///< Called without a signature: AssumeRoleWithSAML, AssumeRoleWithWebIdentity.
};

struct ApiService {
    std::string_view name;           ///< "iam", "sts", "organizations", "access-analyzer": the signing name.
    std::string_view api_version;    ///< "2010-05-08".
    std::string_view xml_namespace;  ///< Query services.
    std::string_view target_prefix;  ///< JSON services: "AWSOrganizationsV20161128".
    Protocol protocol = Protocol::query;
    std::span<const Operation> operations;  ///< By name.
};

/// By signing name.
[[nodiscard]] std::span<const ApiService> api_services() noexcept;
[[nodiscard]] const ApiService* find_api_service(std::string_view signing_name) noexcept;
/// Exact spelling; null when unknown. Logarithmic in the operations of the service.
[[nodiscard]] const Operation* find_operation(const ApiService& service, std::string_view name) noexcept;

}  // namespace writ::reference
