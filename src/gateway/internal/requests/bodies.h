#pragma once

#include <string_view>

#include "base/result.h"
#include "gateway/internal/requests/body_reader.h"

namespace writ::gateway::internal {
class Fields;
}

/// The readers of bodies, one a format. All add to the tree of a BodyReader or of a shape; errors are those
/// of read_parameters.
namespace writ::gateway::internal {

/// One JSON text in UTF-8.
[[nodiscard]] Result<void> read_json(std::string_view body, BodyReader& reader);

/// One CBOR item (RFC 8949) as the protocol RPC v2 CBOR uses it: keys are text; byte strings become base64,
/// tags are looked through. The library at hand recurses as deep as the sender likes; this reader does not.
[[nodiscard]] Result<void> read_cbor(std::string_view body, BodyReader& reader);

/// Where the structure of an XML body belongs.
struct XmlPlace {
    const reference::RequestShape* shape = nullptr;
    ParameterTree::Number node = ParameterTree::root;
    std::string_view root_name;  ///< Of the element; empty: any.
};
[[nodiscard]] Result<void> read_xml(std::string_view body, const XmlPlace& place, const BodyLimits& limits,
                                    ParameterTree& tree);

/// The fields of a Query or EC2 Query request.
[[nodiscard]] Result<void> read_form(const Fields& fields, const reference::RequestShape& shape,
                                     const BodyLimits& limits, ParameterTree& tree);

}  // namespace writ::gateway::internal
