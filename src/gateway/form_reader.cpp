#include "gateway/form_reader.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace writ::gateway {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::string_view head_end = "\r\n\r\n";

std::unexpected<Error> malformed() {
    return fail("MalformedPOSTRequest", 400,
                "The body of your POST request is not well-formed multipart/form-data.");
}
std::unexpected<Error> too_long() {
    return fail("MaxPostPreDataLengthExceeded", 400,
                "Your POST request fields preceding the upload file were too large.");
}
std::unexpected<Error> wrong_number_of_files() {
    return fail("InvalidArgument", 400, "POST requires exactly one file upload per request.");
}

bool is_token_character(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").contains(c);
}

/// RFC 2046, 5.1.1.
bool is_boundary(std::string_view text) noexcept {
    constexpr std::size_t characters_max = 70;
    return !text.empty() && text.size() <= characters_max && !text.ends_with(' ') &&
           std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      std::string_view("'()+_,-./:=? ").contains(c);
           });
}

bool is_text(std::string_view text) noexcept {
    const bool is_printable = std::ranges::none_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < ' ' || byte == 0x7f;
    });
    return is_printable && count_scalars(text);
}

struct HeaderParameter {
    std::string name, value;
    bool has_backslash = false;
};

/// What a header value is made of: "form-data; name="a"; filename="b"".
struct HeaderValue {
    std::string kind;
    std::vector<HeaderParameter> parameters;

    /// Null when it is not there.
    [[nodiscard]] const HeaderParameter* find(std::string_view name) const {
        const auto found = std::ranges::find(parameters, name, &HeaderParameter::name);
        return found == parameters.end() ? nullptr : &*found;
    }
};

std::string_view take_while(std::string_view& rest, bool (*belongs)(char) noexcept) {
    const auto end = std::ranges::find_if_not(rest, belongs);
    const std::string_view taken(rest.begin(), end);
    rest.remove_prefix(taken.size());
    return taken;
}

bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t';
}

/// Behind the first quotation mark. Of what a backslash may stand before, only a quotation mark loses it: old
/// browsers send paths of files as they are.
bool take_quoted(std::string_view& rest, HeaderParameter& parameter) {
    while (!rest.empty() && rest.front() != '"') {
        if (rest.front() == '\\') {
            parameter.has_backslash = true;
            if (rest.size() > 1 && rest[1] == '"') rest.remove_prefix(1);
        }
        parameter.value += rest.front();
        rest.remove_prefix(1);
    }
    if (rest.empty()) return false;
    rest.remove_prefix(1);
    return true;
}

std::optional<HeaderValue> read_header_value(std::string_view text) {
    HeaderValue read;
    std::string_view rest = trimmed(text, " \t");
    read.kind = ascii_lower(trimmed(rest.substr(0, rest.find(';')), " \t"));
    rest.remove_prefix(std::min(rest.find(';'), rest.size()));
    while (!rest.empty()) {
        if (rest.front() != ';') return std::nullopt;
        rest.remove_prefix(1);
        take_while(rest, is_blank);
        HeaderParameter parameter;
        parameter.name = ascii_lower(take_while(rest, is_token_character));
        if (parameter.name.empty() || !rest.starts_with('=')) return std::nullopt;
        rest.remove_prefix(1);
        if (rest.starts_with('"')) {
            rest.remove_prefix(1);
            if (!take_quoted(rest, parameter)) return std::nullopt;
        } else {
            parameter.value = take_while(rest, is_token_character);
            if (parameter.value.empty()) return std::nullopt;
        }
        take_while(rest, is_blank);
        if (read.find(parameter.name) != nullptr) return std::nullopt;
        read.parameters.push_back(std::move(parameter));
    }
    return read;
}

struct PartHead {
    std::string name, file_name;
};

/// From the header lines of a part, each with its end.
std::optional<PartHead> read_part_lines(std::string_view lines) {
    std::optional<PartHead> head;
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find(line_end));
        lines.remove_prefix(std::min(lines.size(), line.size() + line_end.size()));
        const auto colon = line.find(':');
        const std::string_view name = line.substr(0, colon);
        if (colon == std::string_view::npos || name.empty() ||
            !std::ranges::all_of(name, is_token_character) || !is_text(trimmed(line, "\t"))) {
            return std::nullopt;  // Also a folded line, which begins with a blank.
        }
        const std::string_view value = trimmed(line.substr(colon + 1), " \t");
        if (equals_ignoring_case(name, "Content-Transfer-Encoding")) {
            const std::string encoding = ascii_lower(value);
            if (encoding != "binary" && encoding != "8bit" && encoding != "7bit") return std::nullopt;
        }
        if (!equals_ignoring_case(name, "Content-Disposition")) continue;
        const auto disposition = read_header_value(value);
        if (head || !disposition || disposition->kind != "form-data") return std::nullopt;
        const HeaderParameter* field = disposition->find("name");
        const HeaderParameter* file = disposition->find("filename");
        if (field == nullptr || field->value.empty() || field->has_backslash) return std::nullopt;
        head = PartHead{field->value, file == nullptr ? std::string() : file->value};
    }
    return head;
}

}  // namespace

const std::string* find_field(const FormFields& fields, std::string_view name) noexcept {
    for (const auto& [key, value] : fields) {
        if (equals_ignoring_case(key, name)) return &value;
    }
    return nullptr;
}

Result<FormReader> FormReader::for_content_type(std::string_view content_type) {
    const auto type = read_header_value(content_type);
    if (!type || type->kind != "multipart/form-data") return malformed();
    const HeaderParameter* boundary = type->find("boundary");
    if (boundary == nullptr || boundary->has_backslash || !is_boundary(boundary->value)) return malformed();
    return FormReader(boundary->value);
}

Result<void> FormReader::take(std::string_view bytes, std::string& file) {
    pending_.append(bytes);
    for (;;) {
        const auto went = step(file);
        if (!went) return std::unexpected(went.error());
        if (is_too_long(*went)) return too_long();
        if (*went == Step::wait) return {};
    }
}

Result<void> FormReader::finish() const {
    if (state_ != State::closed || !pending_.empty()) return malformed();
    if (!has_file_) return wrong_number_of_files();
    return {};
}

Result<FormReader::Step> FormReader::step(std::string& file) {
    switch (state_) {
        case State::begin:
            return begin();
        case State::part_head:
            return read_part_head();
        case State::closed:
            return read_rest();
        default:
            return read_content(file);
    }
}

/// No line may stand before the first delimiter.
Result<FormReader::Step> FormReader::begin() {
    const std::string_view dashes = std::string_view(delimiter_).substr(line_end.size());
    const std::size_t size = std::min(pending_.size(), dashes.size());
    if (std::string_view(pending_).substr(0, size) != dashes.substr(0, size)) return malformed();
    if (pending_.size() < dashes.size() + line_end.size()) return Step::wait;
    if (std::string_view(pending_).substr(size, line_end.size()) != line_end) return malformed();
    drop(dashes.size());  // The end of its line begins the head, so that a head without lines ends too.
    state_ = State::part_head;
    return Step::on;
}

Result<FormReader::Step> FormReader::read_part_head() {
    const auto end = pending_.find(head_end, scanned_);
    if (end == std::string::npos) {
        scanned_ = pending_.size() - std::min(pending_.size(), head_end.size() - 1);
        return Step::wait;
    }
    const auto lines = std::string_view(pending_).substr(line_end.size(), end);
    auto head = end == 0 ? std::nullopt : read_part_lines(lines);
    if (!head || !is_text(head->name) || !is_text(head->file_name)) return malformed();
    drop(end + head_end.size());
    if (auto opened = open_part(std::move(head->name), std::move(head->file_name)); !opened) {
        return std::unexpected(opened.error());
    }
    return Step::on;
}

Result<void> FormReader::open_part(std::string name, std::string file_name) {
    const bool is_file = equals_ignoring_case(name, "file");
    if (is_file && has_file_) return wrong_number_of_files();
    if (has_file_) {
        state_ = State::ignored;
    } else if (is_file) {
        state_ = State::file;
        has_file_ = true;
        file_name_ = std::move(file_name);
        bytes_before_file_ = bytes_done_;
    } else {
        if (find_field(fields_, name) != nullptr) return malformed();
        state_ = State::field;
        fields_.emplace_back(std::move(name), std::string());
    }
    return {};
}

/// Up to the delimiter, behind which another part begins or the form ends.
Result<FormReader::Step> FormReader::read_content(std::string& file) {
    const auto found = pending_.find(delimiter_, scanned_);
    const bool is_file = state_ == State::file;
    if (found == std::string::npos) {
        const std::size_t certain = pending_.size() - std::min(pending_.size(), delimiter_.size() - 1);
        if (is_file) {
            give_out(certain, file);
        } else {
            scanned_ = certain;
        }
        return Step::wait;
    }
    if (is_file) {
        give_out(found, file);
    } else {
        if (state_ == State::field) fields_.back().second.append(pending_, 0, found);  // May be found twice.
        drop(found);
    }
    if (pending_.size() < delimiter_.size() + line_end.size()) {
        return Step::wait;  // It is found again when there is more.
    }
    const std::string_view behind = std::string_view(pending_).substr(delimiter_.size(), line_end.size());
    if (behind == line_end) {
        drop(delimiter_.size());
        state_ = State::part_head;
    } else if (behind == "--") {
        drop(delimiter_.size() + behind.size());
        state_ = State::closed;
    } else {
        return malformed();
    }
    return Step::on;
}

/// The last line may have an end; nothing else may follow.
Result<FormReader::Step> FormReader::read_rest() {
    if (pending_.empty()) return Step::wait;
    const std::size_t size = std::min(pending_.size(), line_end.size());
    const bool is_end_of_line = std::string_view(pending_).substr(0, size) == line_end.substr(0, size);
    if (is_end_of_line_read_ || pending_.size() > line_end.size() || !is_end_of_line) return malformed();
    if (size < line_end.size()) return Step::wait;
    drop(size);
    is_end_of_line_read_ = true;
    return Step::wait;
}

void FormReader::give_out(std::size_t bytes, std::string& file) {
    file.append(pending_, 0, bytes);
    file_bytes_ += bytes;
    drop(bytes);
}

void FormReader::drop(std::size_t bytes) {
    pending_.erase(0, bytes);
    bytes_done_ += bytes;
    scanned_ = 0;
}

/// What has not been understood may be content of the file, but not where more is needed to find that.
bool FormReader::is_too_long(Step last) const noexcept {
    const bool is_of_fields = last == Step::wait && state_ != State::file;
    return bytes_done_ - file_bytes_ + (is_of_fields ? pending_.size() : 0) > fields_bytes_max;
}

}  // namespace writ::gateway
