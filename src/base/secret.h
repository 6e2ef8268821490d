#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace writ {

/// Text that must not be printed, logged or left behind in memory. Copying is explicit; the bytes are
/// overwritten when the value goes. It has no operator<< and no fmt formatter on purpose.
class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string_view text) : text_(text) {}
    Secret(Secret&& other) noexcept : text_(std::move(other.text_)) { other.wipe(); }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            wipe();
            text_ = std::move(other.text_);
            other.wipe();
        }
        return *this;
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { wipe(); }

    [[nodiscard]] Secret copy() const { return Secret(text_); }
    /// The text itself, for the call that needs it. Do not keep the view.
    [[nodiscard]] std::string_view reveal() const noexcept { return text_; }
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

  private:
    void wipe() noexcept;
    std::string text_;
};

/// Overwrites memory in a way that the optimiser keeps.
void wipe_memory(void* memory, std::size_t bytes) noexcept;
/// Takes the same time wherever the texts differ; the lengths are not secret.
[[nodiscard]] bool equals_in_constant_time(std::string_view a, std::string_view b) noexcept;

}  // namespace writ
