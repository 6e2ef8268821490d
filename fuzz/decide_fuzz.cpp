// The engine answers as the oracle does. The bytes make the choices of the generator of tests/differential,
// so that the fuzzer, which sees the branches of the engine, looks for cases that random numbers do not find.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "bundle.h"
#include "cases/write.h"
#include "reproduce.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace writ::differential;
    Choices choices(std::span(data, size));
    // Small bundles leave more of the bytes to each document.
    Bundle bundle(choices, {.sets = 1, .questions = 1});
    for (int i = 0; i < 4; ++i) {
        const Selection selection = bundle.select(choices);
        if (bundle.ask(selection).agree()) continue;
        std::puts(minimise(writ::cases::to_file(bundle.case_of(selection))).c_str());
        std::abort();
    }
    return 0;
}
