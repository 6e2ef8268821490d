#include "server/key_rotation.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "crypto/key_ring_file.h"

namespace writ::server {
namespace {

// Held by whoever changes the ring. A file of its own, since the key file itself is replaced at each change.
class RingLock {
  public:
    static Result<RingLock> take(const std::filesystem::path& key_file) {
        const std::string path = key_file.string() + ".lock";
        RingLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
        if (lock.descriptor_ < 0) return refuse_errno(path);
        while (::flock(lock.descriptor_, LOCK_EX) != 0) {
            if (errno != EINTR) return refuse_errno(path);
        }
        return lock;
    }
    RingLock(RingLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    RingLock& operator=(RingLock&&) = delete;
    ~RingLock() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }

  private:
    explicit RingLock(int descriptor) : descriptor_(descriptor) {}
    static std::unexpected<Error> refuse_errno(const std::string& path) {
        return fail(
            "InvalidInput", 400,
            fmt::format("The file {} cannot be locked: {}.", path, std::generic_category().message(errno)));
    }
    int descriptor_;
};

Result<void> check_exists(const std::filesystem::path& key_file) {
    std::error_code ignored;
    if (std::filesystem::exists(key_file, ignored)) return {};
    return fail("InvalidInput", 400,
                fmt::format("There is no key file {}: it is made when 'writ serve' first starts on that data "
                            "directory.",
                            key_file.string()));
}

}  // namespace

std::filesystem::path key_file_of(const std::filesystem::path& data) {
    return data / "keys";
}

Result<std::vector<KeyDescription>> list_keys(const std::filesystem::path& key_file) {
    if (auto exists = check_exists(key_file); !exists) return std::unexpected(exists.error());
    auto keys = crypto::KeyRingFile(key_file).load();
    if (!keys) return std::unexpected(keys.error());
    std::vector<KeyDescription> described;
    for (const crypto::RingKey& key : *keys) described.push_back({key.id, key.created});
    std::ranges::sort(described, {}, &KeyDescription::id);
    return described;
}

Result<crypto::SealingKeys> rotate_keys(const std::filesystem::path& key_file, const Clock& clock,
                                        RandomSource& random) {
    if (auto exists = check_exists(key_file); !exists) return std::unexpected(exists.error());
    const auto lock = RingLock::take(key_file);
    if (!lock) return std::unexpected(lock.error());
    crypto::KeyRingFile file(key_file);
    return crypto::SealingKeys::rotate(file, clock, random);
}

Result<crypto::SealingKeys> rotate_keys_older_than(std::chrono::days age_max,
                                                   const std::filesystem::path& key_file, const Clock& clock,
                                                   RandomSource& random) {
    if (auto exists = check_exists(key_file); !exists) return std::unexpected(exists.error());
    const auto lock = RingLock::take(key_file);
    if (!lock) return std::unexpected(lock.error());
    crypto::KeyRingFile file(key_file);
    auto keys = crypto::SealingKeys::open(file, clock, random);
    if (!keys || !is_rotation_due(*keys, age_max, clock.now())) return keys;
    return crypto::SealingKeys::rotate(file, clock, random);
}

bool is_rotation_due(const crypto::SealingKeys& keys, std::chrono::days age_max, Instant now) {
    return age_max.count() > 0 && now - keys.newest_created() >= age_max;
}

}  // namespace writ::server
