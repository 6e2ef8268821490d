#include "server/internal/data_directory.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace writ::server::internal {
namespace {

std::unexpected<Error> refuse(const std::filesystem::path& path, std::string_view why) {
    return fail("InvalidInput", 400, fmt::format("The data directory {} {}", path.string(), why));
}

std::unexpected<Error> refuse_errno(const std::filesystem::path& path, std::string_view what, int error) {
    return refuse(path,
                  fmt::format("cannot be {}: {}. Choose another with --data DIRECTORY, or give it to the "
                              "user that runs Writ.",
                              what, std::generic_category().message(error)));
}

// Like mkdir -p, but what it makes is for its owner only.
int make_private(const std::filesystem::path& path) {
    std::filesystem::path sofar;
    for (const auto& part : path) {
        sofar /= part;
        if (::mkdir(sofar.c_str(), S_IRWXU) != 0 && errno != EEXIST) return errno;
    }
    return 0;
}

std::string process_in(int lock) {
    std::array<char, 32> text{};
    const ssize_t bytes = ::pread(lock, text.data(), text.size(), 0);
    if (bytes <= 0) return {};
    return fmt::format(" (process {})", std::string_view(text.data(), static_cast<std::size_t>(bytes)));
}

}  // namespace

Result<DataDirectory> DataDirectory::open(const std::filesystem::path& path) {
    if (const int error = make_private(path); error != 0) return refuse_errno(path, "made", error);
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) return refuse_errno(path, "opened", errno);
    if (!S_ISDIR(status.st_mode)) return refuse_errno(path, "opened", ENOTDIR);

    const auto file = path / "lock";
    const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (lock < 0) return refuse_errno(path, "written", errno);
    DataDirectory directory(path, lock);
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return refuse_errno(path, "locked", errno);
        return refuse(path, fmt::format("is in use by another Writ{}. Stop that one, or choose another "
                                        "directory with --data DIRECTORY.",
                                        process_in(lock)));
    }
    const std::string process = std::to_string(::getpid());
    if (::ftruncate(lock, 0) != 0 || ::pwrite(lock, process.data(), process.size(), 0) < 0)
        return refuse_errno(path, "written", errno);
    return directory;
}

DataDirectory::DataDirectory(DataDirectory&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

DataDirectory::~DataDirectory() {
    if (lock_ >= 0) ::close(lock_);
}

}  // namespace writ::server::internal
