#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/result.h"
#include "gateway/recognize.h"

namespace writ::gateway {

namespace internal {
class ParameterTree;
}

/// The parameters of a request by the names of the model's members, wherever they travelled: label, query
/// string, header, form, JSON, XML or CBOR. Immutable; owns its text; thread-safe.
///
/// A path is member names with dots between them. Behind a list `[]` means every element and `[2]` the third
/// one; behind a map `{}` every key, `{*}` every value and `{NAME}` the value under that key:
///   "TableName", "RequestItems{}", "TransactItems[].Put.TableName", "Tagging.TagSet[].Key", "Item{}",
///   "Attributes{Policy}", "DelegateSigners{*}[].Name"
class Parameters {
  public:
    Parameters();  ///< None.
    explicit Parameters(std::unique_ptr<const internal::ParameterTree> tree);
    Parameters(Parameters&&) noexcept;
    Parameters& operator=(Parameters&&) noexcept;
    ~Parameters();

    /// The scalars at that path in the order of the request, as text: numbers as they were written, booleans
    /// "true" and "false", blobs in base64 where the protocol writes base64. Empty when there are none.
    [[nodiscard]] std::vector<std::string> all(std::string_view path) const;
    [[nodiscard]] std::optional<std::string> first(std::string_view path) const;
    /// Whether all() would find anything.
    [[nodiscard]] bool has_text(std::string_view path) const;
    /// Whether anything is there, also an empty list or structure.
    [[nodiscard]] bool has(std::string_view path) const;
    /// The members of the operation that the request sets, by name of the model, in order of the request;
    /// with a path the members of the first structure there, or the keys of the map.
    [[nodiscard]] std::vector<std::string_view> names(std::string_view path = {}) const;

  private:
    std::unique_ptr<const internal::ParameterTree> tree_;
};

/// Reads the parameters of a request whose operation is known. The body must be there when `needs_body` says
/// so, already without aws-chunked framing; otherwise it is not looked at, and its members are absent.
/// Members that the model does not know are skipped. Errors: SerializationException for a body that is not
/// what its protocol demands, and for whatever two readers could read differently: a member, field, header or
/// query parameter that is there twice, a namespace prefix, a document type; RequestEntityTooLarge beyond
/// `limits`. Cost: linear in the request.
[[nodiscard]] Result<Parameters> read_parameters(const RecognizedRequest& recognized,
                                                 const HttpRequest& request, const BodyLimits& limits = {});

}  // namespace writ::gateway
