#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/internal/mapping/mapping_rows.h"

/// Resources as templates:
///   arn:{partition}:dynamodb:{region}:{account}:table/{TableName|arn}[/index/{IndexName}]
/// A hole names the partition, region or account of the place, or paths of parameters with commas between
/// them. Each value that the request has at one of the paths gives a resource: who names a thing twice must
/// be allowed to use both, for it is not known which of them the upstream takes. Behind a bar stands how the
/// value is read: `arn` takes a name or the ARN of such a resource, which then replaces what precedes the
/// hole; other words are readers of the service. A part in brackets is left out when the request has not all
/// of its parameters.
namespace writ::gateway::internal {

/// A template that was taken apart once, for it is filled with every request.
class ResourceTemplate {
  public:
    explicit ResourceTemplate(std::string_view text);

    /// The resources of a request, in the order of the request. An error when a parameter is missing or
    /// empty, when an ARN is one of another kind, partition or region, or when a reader refuses a value.
    [[nodiscard]] Result<std::vector<std::string>> fill(const MappingCall& call,
                                                        std::span<const ValueReader> readers) const;
    /// Whether the request has the parameters of all holes outside of brackets.
    [[nodiscard]] bool is_told(const Parameters& parameters) const;

  private:
    friend class TemplateFiller;
    enum class Kind : std::uint8_t { literal, partition, region, account, hole, optional };
    struct Part {
        Kind kind = Kind::literal;
        std::string text{};                      ///< Of a literal; of a hole its paths.
        std::string reader{};                    ///< Of a hole; empty: none.
        std::vector<ResourceTemplate> inside{};  ///< Of brackets: one.
    };
    static Part part_of(std::string_view hole);
    std::vector<Part> parts_;
};

/// Whether requests with that input can have the parameters of all holes outside of brackets.
[[nodiscard]] bool template_fits(std::string_view text, const reference::RequestShape* input);

/// `before` ("arn:aws:dynamodb:eu-west-1:111122223333:table/") with the value behind it; a value that is the
/// ARN of such a resource stands alone. What the reader `arn` does.
[[nodiscard]] Result<std::string> name_or_arn(std::string_view before, std::string_view value,
                                              const MappingCall& call);
/// "arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE" of the place.
[[nodiscard]] std::string arn_in(const MappingPlace& place, std::string_view service,
                                 std::string_view resource);

/// The values at all of several paths: "StreamARN,StreamName".
[[nodiscard]] std::vector<std::string> told_values(std::string_view paths, const Parameters& parameters);
/// Whether there is any.
[[nodiscard]] bool is_any_told(std::string_view paths, const Parameters& parameters);

/// Why an ARN of a parameter cannot be used where partition and region are those of the place; empty: it can.
[[nodiscard]] std::string misplaced_arn(std::string_view arn, const MappingPlace& place);

/// Whether an ARN has a region and an account exactly where the pattern has: one without would be another
/// text than the one that a policy denies, and the same resource to a server that looks at the end only.
[[nodiscard]] bool is_as_full(std::string_view arn_pattern, std::string_view arn);

/// A pattern of the reference with '*' for its holes: "arn:*:sqs:*:*:*".
[[nodiscard]] std::string wildcards_of_pattern(std::string_view arn_pattern);

}  // namespace writ::gateway::internal
