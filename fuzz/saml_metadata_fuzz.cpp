#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "directory/internal/federation/saml_metadata.h"

// Metadata of identity providers: read or refused, in time that is linear in their length (the runner's time
// limit), and the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const bool first = writ::directory::check_saml_metadata(input).has_value();
    if (writ::directory::check_saml_metadata(input).has_value() != first) std::abort();
    return 0;
}
