#include "cases/documents.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "policy/parse.h"
#include "policy/print.h"
#include "reference/managed_policies.h"

namespace writ::cases {
namespace {

Defect defect_of(const policy::Diagnostic& diagnostic, const std::string& file, const PolicyText& where) {
    return {file, in_file(where, diagnostic.span.begin), diagnostic.message + " " + diagnostic.hint};
}

std::expected<PolicyText, Defect> parse_document(std::string_view text, PolicyText described) {
    auto document = policy::parse(text);
    if (!document) return std::unexpected(defect_of(document.error(), described.file, described));
    described.document = std::move(*document);
    return described;
}

// The text of a built-in policy as `writ reference --policy` prints it, so that its positions mean the lines
// that people see there. Some are longer than any IAM operation accepts.
std::expected<policy::DocumentPtr, policy::Diagnostic> parse_managed(
    const reference::ManagedPolicy& managed) {
    constexpr policy::ParseOptions any_length{.characters_max = std::size_t{1} << 24};
    const auto published = policy::parse(reference::managed_policy_document(managed), any_length);
    if (!published) return published;
    return policy::parse(policy::print_pretty(**published), any_length);
}

}  // namespace

policy::Position in_file(const PolicyText& policy, const policy::Position& at) noexcept {
    const bool first_line = at.line == 1;
    return {policy.origin.byte + at.byte, policy.origin.line + at.line - 1,
            first_line ? policy.origin.column + at.column - 1 : at.column};
}

std::string to_string(const Defect& defect) {
    return defect.file + ":" + std::to_string(defect.at.line) + ":" + std::to_string(defect.at.column) +
           ": " + defect.message;
}

std::string read_all(std::istream& stream, std::size_t bytes_expected) {
    std::string text;
    text.reserve(bytes_expected);
    std::array<char, std::size_t{64} * 1024> piece{};
    do {
        stream.read(piece.data(), piece.size());
        text.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
    } while (stream);
    return text;
}

std::expected<std::string, std::string> read_text_file(const std::filesystem::path& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return std::unexpected("cannot read " + path.string() + ": is a directory");
    const bool has_size = std::filesystem::is_regular_file(path, ignored);
    const auto bytes = has_size ? std::filesystem::file_size(path, ignored) : 0;
    const std::size_t bytes_expected = ignored ? 0 : bytes;
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    std::string text = read_all(file, bytes_expected);
    if (!file.is_open() || file.bad())
        return std::unexpected("cannot read " + path.string() + ": " +
                               (errno != 0 ? std::strerror(errno) : "unknown reason"));
    return text;
}

std::expected<PolicyText, Defect> Documents::load(std::string_view reference, const std::string& file,
                                                  const policy::Position& origin) {
    if (const auto found = loaded_.find(reference); found != loaded_.end()) return found->second;

    PolicyText policy;
    policy.source.name = reference;
    if (reference.starts_with("arn:")) {
        const auto* managed = reference::find_managed_policy(reference);
        if (managed == nullptr)
            return std::unexpected(
                Defect{file, origin, "no built-in managed policy is called " + std::string(reference)});
        policy.file = policy.source.arn = reference;
        auto document = parse_managed(*managed);
        if (!document) return std::unexpected(defect_of(document.error(), policy.file, policy));
        policy.document = std::move(*document);
    } else {
        const std::filesystem::path path = folder_ / reference;
        auto text = read_text_file(path);
        if (!text) return std::unexpected(Defect{file, origin, std::move(text.error())});
        policy.file = path.lexically_normal().string();
        auto parsed = parse_document(*text, std::move(policy));
        if (!parsed) return parsed;
        policy = std::move(*parsed);
    }
    loaded_.emplace(reference, policy);
    return policy;
}

std::expected<PolicyText, Defect> read_inline_document(std::string_view text, const std::string& file,
                                                       const policy::Position& origin) {
    PolicyText policy;
    policy.file = file;
    policy.origin = origin;
    return parse_document(text, std::move(policy));
}

}  // namespace writ::cases
