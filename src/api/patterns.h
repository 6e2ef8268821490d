#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace writ::api {

/// The regular expressions of the operation models, each compiled when it is first needed. Safe for
/// concurrent use.
class Patterns {
  public:
    Patterns();
    Patterns(const Patterns&) = delete;
    Patterns& operator=(const Patterns&) = delete;
    ~Patterns();

    /// True when the whole text matches. `pattern` is one of a model and lives as long as the program; one
    /// that cannot be compiled matches nothing. `\w` is ASCII; `text` is UTF-8 (spec 7.1).
    [[nodiscard]] bool matches(std::string_view pattern, std::string_view text);

    /// False for one that cannot be compiled.
    [[nodiscard]] bool can_read(std::string_view pattern);

  private:
    struct Compiled;
    [[nodiscard]] const Compiled& get(std::string_view pattern);

    std::mutex mutex_;
    std::unordered_map<std::string_view, std::unique_ptr<Compiled>> compiled_;
};

}  // namespace writ::api
