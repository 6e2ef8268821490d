#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>

#include "gate.h"

// The bytes are decisions about what clients send to the gateway over real sockets. What the gateway says
// that it has allowed is compared with what a strict recorder behind it has received, and what clients get
// with what they sent.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace writ::raw_http;
    static Gate gate;
    static std::uint64_t number = 0;
    writ::differential::Choices choices(std::span(data, size));
    const std::string complaints = gate.play(make_play(choices, gate.signer(), ++number));
    if (complaints.empty()) return 0;
    std::fputs(complaints.c_str(), stderr);
    std::abort();
}
