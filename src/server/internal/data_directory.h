#pragma once

#include <filesystem>

#include "base/result.h"

namespace writ::server::internal {

/// A directory that one Writ at a time has open. The lock goes with the process, however it ends.
class DataDirectory {
  public:
    /// Makes the directory (0700) when it is missing. The error says what is in the way and what to do.
    [[nodiscard]] static Result<DataDirectory> open(const std::filesystem::path& path);
    DataDirectory(DataDirectory&& other) noexcept;
    DataDirectory& operator=(DataDirectory&&) = delete;
    ~DataDirectory();

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
    [[nodiscard]] std::filesystem::path keys() const { return path_ / "keys"; }

  private:
    DataDirectory(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}

    std::filesystem::path path_;
    int lock_;
};

}  // namespace writ::server::internal
