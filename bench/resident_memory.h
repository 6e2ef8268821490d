#pragma once

#include <cstdlib>
#include <fstream>
#include <string>

namespace writ::bench {

/// Memory of this process that is in RAM now, in MiB; nothing but Linux tells it.
inline double resident_mib() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        double kib = 0;
        if (word == "VmRSS:" && status >> kib) return kib / 1024;
    }
    std::abort();
}

}  // namespace writ::bench
