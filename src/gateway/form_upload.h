#pragma once

#include <string>
#include <string_view>

#include "base/http.h"
#include "base/result.h"
#include "gateway/form_reader.h"

/// An upload by an HTML form as the PUT of an object that it stands for ("POST Object" in the API reference
/// of S3), and the answer that the form asks for.
namespace writ::gateway {

/// What the client of an upload that succeeded is told.
struct FormAnswer {
    int status = 204;      ///< 200, 201 or 204; with `redirect` 303 takes its place.
    std::string redirect;  ///< URL to go to; empty: none.
    std::string bucket, key;
    std::string location;  ///< URL of the object.
};

struct FormUpload {
    HttpHeaders headers;  ///< Of the PUT: those of the object, which are all that its form tells.
    FormAnswer answer;
};

/// With the variable ${filename} replaced in every value but those of the signature: by what follows the last
/// slash or backslash in the name of the file.
[[nodiscard]] FormFields expand_fields(FormFields fields, std::string_view file_name);

/// From expanded fields. Only fields that PutObject has as headers become headers, and what no header can
/// hold without being changed on its way is refused. InvalidArgument 400, KeyTooLongError 400, MalformedXML
/// 400 and NotImplemented 501. `base_url` is what the client called the bucket:
/// "http://localhost:7700/photos".
[[nodiscard]] Result<FormUpload> read_form_upload(const FormFields& fields, std::string_view bucket,
                                                  std::string_view base_url);

/// From what the upstream answered to the PUT.
[[nodiscard]] HttpResponse print_form_answer(const FormAnswer& answer, const HttpHeaders& of_upstream,
                                             std::string_view request_id);

}  // namespace writ::gateway
