#include "cli/input.h"

#include <cstdio>
#include <fmt/core.h>
#include <iostream>

#include "cases/documents.h"

namespace writ::cli {

std::expected<Input, std::string> read_input(const std::string& path) {
    if (path == "-") {
        Input input{"<stdin>", cases::read_all(std::cin)};
        if (std::cin.bad()) return std::unexpected(std::string("cannot read standard input"));
        return input;
    }
    auto text = cases::read_text_file(path);
    if (!text) return std::unexpected(std::move(text.error()));
    return Input{path, std::move(*text)};
}

void complain(const std::string& message) {
    fmt::print(stderr, "writ: {}\n", message);
}

std::string told(const Error& error) {
    return error.defect.empty() ? error.message : error.message + " (" + error.defect + ")";
}

}  // namespace writ::cli
