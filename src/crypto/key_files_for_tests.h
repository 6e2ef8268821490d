#pragma once

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

namespace writ::crypto {

/// One of the keys and certificates that tests of every part share (src/crypto/testdata/keys).
inline std::string key_file(const std::string& name) {
    std::ifstream file(WRIT_SOURCE_DIR "/src/crypto/testdata/keys/" + name);
    EXPECT_TRUE(file) << name;
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace writ::crypto
