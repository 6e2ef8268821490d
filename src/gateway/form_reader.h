#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

/// The body of an HTML form (multipart/form-data, RFC 7578) as S3 takes uploads: fields, then the one file.
///
/// Debian has no parser for this in C or C++ that takes a body as it comes: that of libmicrohttpd needs a
/// connection of its own, and the others read streams and are lenient. This one is strict, so that nobody can
/// read the same body in another way, and is fuzzed (fuzz/form_reader_fuzz.cpp).
namespace writ::gateway {

/// Names and values as they were sent, in their order. No name stands twice, whatever its case.
using FormFields = std::vector<std::pair<std::string, std::string>>;

/// The value of a field; null: it is not there. Names have no case.
[[nodiscard]] const std::string* find_field(const FormFields& fields, std::string_view name) noexcept;

/// Takes a body piece by piece and gives out the bytes of the file; holds the fields and a delimiter's
/// length. What is not exactly a form is MalformedPOSTRequest. For one thread at a time.
class FormReader {
  public:
    /// Of all but the content of the file, as AWS has it.
    static constexpr std::uint64_t fields_bytes_max = std::uint64_t{20} * 1024;

    /// From the header Content-Type, which tells the boundary.
    [[nodiscard]] static Result<FormReader> for_content_type(std::string_view content_type);

    /// Takes the next bytes of the body and appends to `file` those that certainly are content of the file.
    /// An error ends the form. MaxPostPreDataLengthExceeded 400 beyond `fields_bytes_max`.
    [[nodiscard]] Result<void> take(std::string_view bytes, std::string& file);
    /// The body has ended. Fields behind the file are read and forgotten, as AWS ignores them; a second file
    /// is InvalidArgument, and so is none.
    [[nodiscard]] Result<void> finish() const;

    /// Everything before the file has been read.
    [[nodiscard]] bool is_at_file() const noexcept { return has_file_; }
    [[nodiscard]] const FormFields& fields() const noexcept { return fields_; }  ///< Those before the file.
    /// As the client sent it; empty: none.
    [[nodiscard]] const std::string& file_name() const noexcept { return file_name_; }
    [[nodiscard]] std::uint64_t file_bytes() const noexcept { return file_bytes_; }  ///< Given out so far.
    /// Before the content of the file. REQUIRES: is_at_file().
    [[nodiscard]] std::uint64_t bytes_before_file() const noexcept { return bytes_before_file_; }
    /// Behind it, where nothing follows the file and the last line has an end, as clients send it.
    [[nodiscard]] std::uint64_t usual_bytes_behind_file() const noexcept { return delimiter_.size() + 4; }

  private:
    enum class State : std::uint8_t { begin, part_head, field, file, ignored, closed };
    enum class Step : std::uint8_t { on, wait };

    explicit FormReader(std::string_view boundary) : delimiter_("\r\n--" + std::string(boundary)) {}
    [[nodiscard]] Result<Step> step(std::string& file);
    [[nodiscard]] Result<Step> begin();
    [[nodiscard]] Result<Step> read_part_head();
    [[nodiscard]] Result<Step> read_content(std::string& file);
    [[nodiscard]] Result<Step> read_rest();
    [[nodiscard]] Result<void> open_part(std::string name, std::string file_name);
    void give_out(std::size_t bytes, std::string& file);
    void drop(std::size_t bytes);
    [[nodiscard]] bool is_too_long(Step last) const noexcept;

    std::string delimiter_;  ///< "\r\n--BOUNDARY".
    State state_ = State::begin;
    std::string pending_;      ///< Not yet understood.
    std::size_t scanned_ = 0;  ///< Of `pending_`, where nothing that is looked for begins.
    std::uint64_t bytes_done_ = 0;
    std::uint64_t file_bytes_ = 0, bytes_before_file_ = 0;
    FormFields fields_;
    std::string file_name_;
    bool has_file_ = false;
    bool is_end_of_line_read_ = false;  ///< Behind the last delimiter.
};

}  // namespace writ::gateway
