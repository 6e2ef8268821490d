#include <string>

#include "bench/engine/benchmarks.h"
#include "bench/measure.h"
#include "policy/parse.h"

namespace writ::bench {
namespace {

void time_parse(const char* name, const std::string& text, std::size_t characters_max) {
    const Timing timing = measure(
        [&](std::size_t) { keep(policy::parse(text, {.characters_max = characters_max}).has_value()); },
        std::chrono::milliseconds{100});
    print_row(std::string("bad input/") + name, timing.median_ns / 1e6, timing.least_ns / 1e6, "ms");
}

std::string many_statements(std::size_t count) {
    std::string text = R"({"Version":"2012-10-17","Statement":[)";
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) text += ',';
        text +=
            R"({"Sid":"S)" + std::to_string(i) + R"(","Effect":"Allow","Action":"s3:Get*","Resource":"*"})";
    }
    return text + "]}";
}

}  // namespace

void bench_bad_input() {
    constexpr std::size_t any = std::size_t{1} << 30;
    time_parse("131,072 characters", R"({"Statement":")" + std::string(131'058, 'x'), any);
    time_parse("200,000 brackets", std::string(200'000, '['), any);
    time_parse("invalid UTF-8", R"({"Version":")" + std::string(100'000, '\xC3'), any);
    time_parse("NUL bytes", std::string(131'072, '\0'), any);
    time_parse("10,000 statements", many_statements(10'000), any);
}

}  // namespace writ::bench
