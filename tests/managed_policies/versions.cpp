#include <cstdio>
#include <iostream>
#include <string>

#include "round_trip.h"

// Reads policy documents from standard input, one a line, and tells how many survive their round trip.
int main() {
    std::size_t documents = 0;
    std::size_t failures = 0;
    std::size_t bytes = 0;
    for (std::string line; std::getline(std::cin, line);) {
        ++documents;
        bytes += line.size();
        const std::string defect = writ::policy::round_trip_defect(line);
        if (defect.empty()) continue;
        ++failures;
        std::fprintf(stderr, "document %zu: %s\n", documents, defect.c_str());
    }
    std::printf("%zu documents, %zu bytes: %zu came back the same, %zu did not\n", documents, bytes,
                documents - failures, failures);
    return documents > 0 && failures == 0 ? 0 : 1;
}
