#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/http.h"
#include "base/result.h"

namespace writ::gateway::internal {

/// The body of a request as its protocol reads it: unpacked where the client packed it with gzip, as clients
/// do with large PutMetricData. Views the request, which must outlive it.
class BodyText {
  public:
    /// Errors: RequestEntityTooLarge beyond `bytes_max`, packed or not; SerializationException for any other
    /// encoding, for bytes that are not one gzip member, and for a charset other than UTF-8.
    [[nodiscard]] static Result<BodyText> of(const HttpRequest& request, std::size_t bytes_max);

    [[nodiscard]] std::string_view text() const noexcept { return is_unpacked_ ? unpacked_ : sent_; }

  private:
    std::string_view sent_;
    std::string unpacked_;
    bool is_unpacked_ = false;
};

/// Puts what the body of the request holds in its place when it is packed with gzip, and takes the
/// Content-Encoding off: a server that knows no encodings would read the packed bytes. Errors: those of
/// BodyText.
[[nodiscard]] Result<void> unpack_body(HttpRequest& request, std::size_t bytes_max);

}  // namespace writ::gateway::internal
