#include "api/output.h"

namespace writ::api {

const Output* Output::find(std::string_view name) const noexcept {
    const auto* members = std::get_if<Structure>(&value_);
    if (members == nullptr) return nullptr;
    for (const auto& [key, value] : *members) {
        if (key == name) return &value;
    }
    return nullptr;
}

}  // namespace writ::api
