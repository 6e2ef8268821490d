#include "server/internal/configuration_file.h"

#include <algorithm>
#include <fmt/format.h>
#include <toml++/toml.h>

// The only file that knows TOML.
namespace writ::server::internal {
namespace {

std::unexpected<Error> refuse(std::string_view origin, std::string_view why) {
    return fail("InvalidInput", 400, fmt::format("{}: {}", origin, why));
}

// Flattens the tables of a file to keys with dots.
class FileReader {
  public:
    explicit FileReader(const std::filesystem::path& file) : file_(file) {}

    Result<void> read(const toml::table& table, const std::string& prefix) {
        for (auto&& [key, node] : table) {
            const std::string name = prefix + std::string(key.str());
            const std::string origin = place(key.source().begin);
            const auto* inner = node.as_table();
            Result<void> done;
            if (inner != nullptr && name == "quotas") {
                done = read_quotas(*inner);
            } else if (name == "gateway.upstream") {
                done = read_upstreams(node, origin);
            } else if (inner != nullptr && is_group(name)) {
                done = read(*inner, name + ".");
            } else {
                done = read_value(name, node, origin);
            }
            if (!done) return done;
        }
        return {};
    }
    [[nodiscard]] std::string place(const toml::source_position& at) const {
        return fmt::format("{}:{}:{}", file_.string(), at.line, at.column);
    }
    std::vector<Given> given;

  private:
    static bool is_group(std::string_view name) {
        return std::ranges::any_of(settings(), [&](const Setting& setting) {
            return setting.key.starts_with(std::string(name) + ".");
        });
    }
    static std::optional<std::string> text_of(const toml::node& node) {
        if (const auto* text = node.as_string()) return text->get();
        if (const auto* number = node.as_integer()) return std::to_string(number->get());
        if (const auto* boolean = node.as_boolean()) return boolean->get() ? "true" : "false";
        return std::nullopt;
    }
    /// A list of texts is one text of a line each.
    static std::optional<std::string> lines_of(const toml::array& array) {
        std::string lines;
        for (const auto& node : array) {
            const auto* text = node.as_string();
            if (text == nullptr || text->get().find('\n') != std::string::npos) return std::nullopt;
            lines.append(text->get()).append(1, '\n');
        }
        return lines;
    }
    Result<void> read_value(const std::string& name, const toml::node& node, const std::string& origin) {
        const auto setting = find_setting(name);
        if (!setting) return refuse(origin, setting.error().message);
        auto text = node.is_array() ? lines_of(*node.as_array()) : text_of(node);
        if (!text) return refuse(origin, fmt::format("'{}' must be text or a whole number.", name));
        given.push_back({*setting, std::move(*text), origin});
        return {};
    }
    Result<void> read_quotas(const toml::table& table) {
        const auto setting = find_setting("quotas");
        if (!setting) return std::unexpected(setting.error());
        for (auto&& [key, node] : table) {
            const auto text = text_of(node);
            const std::string origin = place(key.source().begin);
            if (!text) return refuse(origin, fmt::format("'{}' must be a whole number.", key.str()));
            given.push_back({*setting, fmt::format("{}={}", key.str(), *text), origin});
        }
        return {};
    }

    /// Each table as the text that the setting takes: "service=s3,url=http://…"; a list repeats its name.
    Result<void> read_upstreams(const toml::node& node, const std::string& origin) {
        const auto setting = find_setting("gateway.upstream");
        if (!setting) return std::unexpected(setting.error());
        const auto* tables = node.as_array();
        if (tables == nullptr || !tables->is_homogeneous(toml::node_type::table)) {
            return refuse(origin, "Services behind the gateway are tables: [[gateway.upstream]].");
        }
        for (auto&& table : *tables) {
            std::string text;
            for (auto&& [key, value] : *table.as_table()) {
                const std::string at = place(key.source().begin);
                if (auto done = append_upstream_value(key.str(), value, at, text); !done) return done;
            }
            given.push_back({*setting, std::move(text), place(table.source().begin)});
        }
        return {};
    }
    static Result<void> append_upstream_value(std::string_view name, const toml::node& node,
                                              const std::string& origin, std::string& text) {
        if (const auto* list = node.as_array()) {
            for (auto&& item : *list) {
                if (item.is_array()) return refuse(origin, "A list holds no lists.");
                if (auto done = append_upstream_value(name, item, origin, text); !done) return done;
            }
            return {};
        }
        const auto value = text_of(node);
        if (!value || value->find_first_of(",;") != std::string::npos) {
            return refuse(origin,
                          fmt::format("'{}' must be text without ',' and ';', or a list of such.", name));
        }
        text += fmt::format("{}{}={}", text.empty() ? "" : ",", name, *value);
        return {};
    }

    const std::filesystem::path& file_;
};

}  // namespace

Result<std::vector<Given>> read_configuration_file(const std::filesystem::path& file) {
    FileReader reader(file);
    try {
        const toml::table table = toml::parse_file(file.string());
        if (auto done = reader.read(table, ""); !done) return std::unexpected(done.error());
    } catch (const toml::parse_error& error) {
        const bool readable = error.source().begin.line > 0;
        return refuse(readable ? reader.place(error.source().begin) : file.string(),
                      fmt::format("{}.", error.description()));
    }
    return std::move(reader.given);
}

}  // namespace writ::server::internal
