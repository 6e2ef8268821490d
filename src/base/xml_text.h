#pragma once

#include <pugixml.hpp>
#include <string>

namespace writ {

/// Where pugixml prints to when a text is wanted. Only files that make XML include this.
class XmlText final : public pugi::xml_writer {
  public:
    /// Appends to `out`, which must outlive this.
    explicit XmlText(std::string& out) : out_(out) {}
    void write(const void* data, std::size_t size) override {
        out_.append(static_cast<const char*>(data), size);
    }

  private:
    std::string& out_;
};

}  // namespace writ
