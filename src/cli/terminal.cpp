#include "cli/terminal.h"

#include <cstdlib>
#include <unistd.h>

namespace writ::cli {
namespace {

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view{} : std::string_view{value};
}

std::string_view escape(Tone tone) {
    switch (tone) {
        case Tone::plain:
            return "";
        case Tone::strong:
            return "\x1b[1m";
        case Tone::faint:
            return "\x1b[2m";
        case Tone::good:
            return "\x1b[32m";
        case Tone::bad:
            return "\x1b[31m";
        case Tone::note:
            return "\x1b[33m";
    }
    return "";
}

}  // namespace

Terminal::Terminal(std::FILE* stream)
    : colour_(::isatty(::fileno(stream)) == 1 && variable("NO_COLOR").empty() && variable("TERM") != "dumb") {
}

std::string Terminal::paint(Tone tone, std::string_view text) const {
    const std::string_view begin = escape(tone);
    if (!colour_ || begin.empty() || text.empty()) return std::string(text);
    std::string painted;
    painted.append(begin).append(text).append("\x1b[0m");
    return painted;
}

}  // namespace writ::cli
