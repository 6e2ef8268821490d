#include "crypto/qr_code.h"

#include <array>
#include <cstdint>
#include <memory>
#include <png.h>
#include <qrencode.h>
#include <vector>

#include "base/secret.h"

namespace writ::crypto {
namespace {

constexpr std::size_t module_pixels = 4;
constexpr std::size_t quiet_modules = 4;

/// The symbol holds the text, which may be a secret.
struct WipeAndFree {
    void operator()(QRcode* code) const noexcept {
        const auto width = static_cast<std::size_t>(code->width);
        wipe_memory(code->data, width * width);
        QRcode_free(code);
    }
};
using Symbol = std::unique_ptr<QRcode, WipeAndFree>;

struct Picture {
    std::size_t side = 0;
    std::vector<std::uint8_t> grey;
};

Picture drawn(const QRcode& code) {
    const auto width = static_cast<std::size_t>(code.width);
    Picture picture{.side = (width + 2 * quiet_modules) * module_pixels, .grey = {}};
    picture.grey.assign(picture.side * picture.side, 0xFF);
    for (std::size_t y = 0; y < width * module_pixels; ++y) {
        for (std::size_t x = 0; x < width * module_pixels; ++x) {
            const bool dark = (code.data[y / module_pixels * width + x / module_pixels] & 1U) != 0;
            const std::size_t offset = quiet_modules * module_pixels;
            if (dark) picture.grey[(y + offset) * picture.side + x + offset] = 0;
        }
    }
    return picture;
}

std::string png_of(const Picture& picture) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(picture.side);
    image.height = static_cast<png_uint_32>(picture.side);
    image.format = PNG_FORMAT_GRAY;
    png_alloc_size_t size = 0;
    if (png_image_write_to_memory(&image, nullptr, &size, 0, picture.grey.data(), 0, nullptr) == 0) return {};
    std::string png(size, '\0');
    if (png_image_write_to_memory(&image, png.data(), &size, 0, picture.grey.data(), 0, nullptr) == 0) {
        return {};
    }
    png.resize(size);
    return png;
}

Symbol symbol_of(std::string_view text) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    return Symbol(QRcode_encodeData(static_cast<int>(text.size()), bytes, 0, QR_ECLEVEL_M));
}

}  // namespace

std::string qr_code_png(std::string_view text) {
    const Symbol code = symbol_of(text);
    if (code == nullptr) return {};
    Picture picture = drawn(*code);
    std::string png = png_of(picture);
    wipe_memory(picture.grey.data(), picture.grey.size());
    return png;
}

std::string qr_code_lines(std::string_view text) {
    const Symbol code = symbol_of(text);
    if (code == nullptr) return {};
    const auto width = static_cast<std::size_t>(code->width);
    const std::size_t side = width + 2 * quiet_modules;
    const auto is_light = [&](std::size_t x, std::size_t y) {
        if (x < quiet_modules || y < quiet_modules) return true;
        const std::size_t column = x - quiet_modules;
        const std::size_t row = y - quiet_modules;
        return column >= width || row >= width || (code->data[row * width + column] & 1U) == 0;
    };
    constexpr std::array<std::string_view, 4> blocks{" ", "\u2584", "\u2580", "\u2588"};
    std::string lines;
    for (std::size_t y = 0; y < side; y += 2) {
        for (std::size_t x = 0; x < side; ++x) {
            lines += blocks.at((is_light(x, y) ? 2U : 0U) + (is_light(x, y + 1) ? 1U : 0U));
        }
        lines += '\n';
    }
    return lines;
}

}  // namespace writ::crypto
