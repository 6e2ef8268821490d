#include "crypto/key_ring_file.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "base/text.h"

namespace writ::crypto {
namespace {

constexpr std::string_view heading = "writ-keys-1";
constexpr std::size_t material_bytes = 32;
constexpr std::size_t file_bytes_max = std::size_t{1} << 20U;

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }

  private:
    int number_;
};

std::unexpected<Error> refuse(const std::filesystem::path& path, std::string_view why) {
    return fail("InternalFailure", 500, fmt::format("The key file {} {}.", path.string(), why));
}
std::unexpected<Error> refuse_errno(const std::filesystem::path& path, std::string_view what) {
    return refuse(path, fmt::format("cannot be {}: {}", what, std::generic_category().message(errno)));
}

std::optional<RingKey> parse_line(std::string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t second = first == std::string_view::npos ? first : line.find(' ', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const std::string_view digits = line.substr(0, first);
    std::uint32_t id = 0;
    const auto number = std::from_chars(digits.data(), digits.data() + digits.size(), id);
    const auto created = parse_iso8601(line.substr(first + 1, second - first - 1));
    auto material = base64_decode(line.substr(second + 1));
    if (number.ec != std::errc{} || number.ptr != digits.data() + digits.size() || id == 0)
        return std::nullopt;
    if (!created || !material || material->size() != material_bytes) return std::nullopt;
    RingKey key{id, *created, Secret(as_text(*material))};
    wipe_memory(material->data(), material->size());
    return key;
}

Result<std::string> read_all(const std::filesystem::path& path, const Descriptor& file) {
    std::string text;
    std::array<char, 4096> buffer{};
    for (;;) {
        const ssize_t count = ::read(file.number(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return refuse_errno(path, "read");
        if (count == 0) break;
        text.append(buffer.data(), static_cast<std::size_t>(count));
        if (text.size() > file_bytes_max) return refuse(path, "is too long");
    }
    wipe_memory(buffer.data(), buffer.size());
    return text;
}

bool write_all(const Descriptor& file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(file.number(), text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    return ::fsync(file.number()) == 0;
}

}  // namespace

Result<std::vector<RingKey>> KeyRingFile::load() {
    const Descriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) {
        if (errno == ENOENT) return std::vector<RingKey>{};
        return refuse_errno(path_, "opened");
    }
    struct stat status{};
    if (::fstat(file.number(), &status) != 0) return refuse_errno(path_, "opened");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return refuse(path_, "may be read by others than its owner; give it mode 0600");
    }
    auto text = read_all(path_, file);
    if (!text) return std::unexpected(text.error());

    std::vector<RingKey> keys;
    std::string_view rest = *text;
    for (std::size_t line_number = 1; !rest.empty(); ++line_number) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        if (line_number == 1) {
            if (line != heading) return refuse(path_, "does not begin with " + std::string(heading));
            continue;
        }
        auto key = parse_line(line);
        if (!key) return refuse(path_, fmt::format("has a line {} that is no key", line_number));
        keys.push_back(std::move(*key));
    }
    wipe_memory(text->data(), text->size());
    // A file without keys is a damaged one: going on would seal under a new key what the old ones should
    // open.
    if (keys.empty()) return refuse(path_, "holds no key");
    return keys;
}

Result<void> KeyRingFile::save(std::span<const RingKey> keys) {
    std::string text = std::string(heading) + "\n";
    for (const RingKey& key : keys) {
        text += fmt::format("{} {} {}\n", key.id, format_iso8601(key.created),
                            base64_encode(as_bytes(key.material.reveal())));
    }
    // Beside the old file and then in its place, so that no moment has half a ring.
    const std::filesystem::path beside = path_.string() + ".new";
    bool written = false;
    {
        const Descriptor file(
            ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
        if (file.number() < 0) return refuse_errno(beside, "created");
        written = ::fchmod(file.number(), S_IRUSR | S_IWUSR) == 0 && write_all(file, text);
    }
    wipe_memory(text.data(), text.size());
    if (!written || ::rename(beside.c_str(), path_.c_str()) != 0) return refuse_errno(path_, "written");
    const Descriptor folder(
        ::open(path_.has_parent_path() ? path_.parent_path().c_str() : ".", O_RDONLY | O_CLOEXEC));
    if (folder.number() < 0 || ::fsync(folder.number()) != 0) return refuse_errno(path_, "made durable");
    return {};
}

}  // namespace writ::crypto
