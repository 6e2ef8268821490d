#include "cases/documents.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "policy/parse.h"
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

std::expected<std::string, std::string> read_text_file(const std::filesystem::path& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return std::unexpected("cannot read " + path.string() + ": is a directory");
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
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
    std::string text;
    if (reference.starts_with("arn:")) {
        const auto* managed = reference::find_managed_policy(reference);
        if (managed == nullptr)
            return std::unexpected(
                Defect{file, origin, "no built-in managed policy is called " + std::string(reference)});
        policy.file = policy.source.arn = reference;
        text = reference::managed_policy_document(*managed);
    } else {
        const std::filesystem::path path = folder_ / reference;
        auto read = read_text_file(path);
        if (!read) return std::unexpected(Defect{file, origin, std::move(read.error())});
        policy.file = path.lexically_normal().string();
        text = std::move(*read);
    }
    auto parsed = parse_document(text, std::move(policy));
    if (parsed) loaded_.emplace(reference, *parsed);
    return parsed;
}

std::expected<PolicyText, Defect> read_inline_document(std::string_view text, const std::string& file,
                                                       const policy::Position& origin) {
    PolicyText policy;
    policy.file = file;
    policy.origin = origin;
    return parse_document(text, std::move(policy));
}

}  // namespace writ::cases
