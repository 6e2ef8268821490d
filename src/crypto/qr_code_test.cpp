#include "crypto/qr_code.h"

#include <array>
#include <gtest/gtest.h>
#include <png.h>
#include <vector>

namespace writ::crypto {
namespace {

TEST(QrCode, IsASquarePictureWithTheThreeFinders) {
    const std::string png = qr_code_png("otpauth://totp/Amazon%20Web%20Services:ada@123456789012?secret=ABC");
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    ASSERT_NE(png_image_begin_read_from_memory(&image, png.data(), png.size()), 0);
    EXPECT_EQ(image.width, image.height);
    image.format = PNG_FORMAT_GRAY;
    std::vector<unsigned char> grey(PNG_IMAGE_SIZE(image));
    ASSERT_NE(png_image_finish_read(&image, nullptr, grey.data(), 0, nullptr), 0);

    // Four modules of white, then the finder pattern: 1 dark, 1 light, 3 dark, 1 light, 1 dark, 1 light.
    const std::size_t side = image.width;
    constexpr std::size_t module = 4;
    constexpr std::array<int, 12> row{255, 255, 255, 255, 0, 255, 0, 0, 0, 255, 0, 255};
    const std::size_t y = (4 + 3) * module;
    for (std::size_t i = 0; i < row.size(); ++i) {
        EXPECT_EQ(grey[y * side + i * module], row[i]) << i;
        if (i != 11) {  // The right finder is its mirror image.
            EXPECT_EQ(grey[y * side + side - 1 - i * module], row[i]) << i;
        }
        EXPECT_EQ(grey[i * module * side + y], row[i]) << i;
    }
}

TEST(QrCode, OnATerminalHasTheSameModulesAsThePicture) {
    const std::string text = "otpauth://totp/x?secret=ABC";
    const std::string png = qr_code_png(text);
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    ASSERT_NE(png_image_begin_read_from_memory(&image, png.data(), png.size()), 0);
    image.format = PNG_FORMAT_GRAY;
    std::vector<unsigned char> grey(PNG_IMAGE_SIZE(image));
    ASSERT_NE(png_image_finish_read(&image, nullptr, grey.data(), 0, nullptr), 0);
    const std::size_t side = image.width / 4;
    std::string expected;
    for (std::size_t y = 0; y < side; y += 2) {
        for (std::size_t x = 0; x < side; ++x) {
            const bool above = grey[y * 4 * image.width + x * 4] != 0;
            const bool below = y + 1 >= side || grey[(y + 1) * 4 * image.width + x * 4] != 0;
            expected += above ? (below ? "\u2588" : "\u2580") : (below ? "\u2584" : " ");
        }
        expected += '\n';
    }
    EXPECT_EQ(qr_code_lines(text), expected);
}

TEST(QrCode, OfTooLongATextIsNone) {
    EXPECT_TRUE(qr_code_lines(std::string(5000, 'x')).empty());
    EXPECT_TRUE(qr_code_png(std::string(5000, 'x')).empty());
}

}  // namespace
}  // namespace writ::crypto
