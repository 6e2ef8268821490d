#include "base/compress.h"

#include <gtest/gtest.h>

namespace writ {
namespace {

TEST(Compress, GivesBackWhatItGot) {
    for (const std::string& text : {std::string(), std::string("a"), std::string(100'000, 'x') + "end",
                                    std::string("\0\xff\x80 bytes", 10)}) {
        EXPECT_EQ(decompress(compress(text), text.size()), text);
    }
}

TEST(Compress, MakesRepeatedTextSmall) {
    std::string text;
    for (int i = 0; i < 200; ++i)
        text += "{\"eventName\":\"GetUser\",\"requestID\":" + std::to_string(i) + "}";
    EXPECT_LT(compress(text).size(), text.size() / 5);
}

TEST(Decompress, RefusesWhatIsTooLargeOrDamaged) {
    const auto frame = compress(std::string(1000, 'x'));
    EXPECT_FALSE(decompress(frame, 999));
    for (std::size_t size = 0; size < frame.size(); ++size) {
        EXPECT_FALSE(decompress(std::span(frame).first(size), 1000)) << size;
    }
    auto damaged = frame;
    damaged[0] ^= std::byte{1};
    EXPECT_FALSE(decompress(damaged, 1000));
}

}  // namespace
}  // namespace writ
