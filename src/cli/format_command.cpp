#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fmt/core.h>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/json_line.h"
#include "cli/output.h"
#include "policy/parse.h"
#include "policy/print.h"

namespace writ::cli {
namespace {

constexpr unsigned indent_max = 16;
// One AWS managed policy is longer than any IAM operation accepts; formatting it is still fine.
constexpr policy::ParseOptions any_length{.characters_max = std::size_t{1} << 24};

struct Arguments {
    std::vector<std::string> files;
    bool write = false;
    bool check = false;
    unsigned indent = 2;
    bool compact = false;
    bool normal = false;
    Output output = Output::text;
};

std::string formatted(const policy::Document& document, const Arguments& arguments) {
    if (arguments.compact) return policy::print_compact(document) + "\n";
    if (!arguments.normal) return policy::print_pretty(document, arguments.indent) + "\n";
    // The normal form is one line; people read it over several.
    const auto normal = policy::parse(policy::print_normal(document), any_length);
    return policy::print_pretty(normal ? **normal : document, arguments.indent) + "\n";
}

bool write_file(const std::string& path, const std::string& text) {
    // Beside the file and then in its place, so that a full disk costs nothing.
    const std::string fresh = path + ".writ-new";
    std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    std::error_code failed;
    if (file) std::filesystem::permissions(fresh, std::filesystem::status(path).permissions(), failed);
    if (file && !failed) std::filesystem::rename(fresh, std::filesystem::canonical(path), failed);
    if (file && !failed) return true;
    std::filesystem::remove(fresh, failed);
    complain("cannot write " + path);
    return false;
}

void report(const Input& input, const std::string& text, const Arguments& arguments) {
    const bool changed = text != input.text;
    if (arguments.output == Output::json) {
        JsonFields fields{{"file", input.name}, {"changed", changed}};
        if (!arguments.check && !arguments.write) fields.emplace_back("text", text);
        fmt::print("{}", json_line(fields));
    } else if (arguments.check) {
        if (changed) fmt::print("{}: not formatted\n", input.name);
    } else if (arguments.write) {
        if (changed) fmt::print("{}: formatted\n", input.name);
    } else {
        fmt::print("{}", text);
    }
}

int format_one(const std::string& path, const Arguments& arguments) {
    const auto input = read_input(path);
    if (!input) {
        complain(input.error());
        return exit_wrong;
    }
    const auto document = policy::parse(input->text, any_length);
    if (!document) {
        const auto& at = document.error().span.begin;
        complain(fmt::format("{}:{}:{}: {} {}", input->name, at.line, at.column, document.error().message,
                             document.error().hint));
        return exit_wrong;
    }
    const std::string text = formatted(**document, arguments);
    const bool changed = text != input->text;
    if (arguments.write && changed && !write_file(path, text)) return exit_failed;
    report(*input, text, arguments);
    return arguments.check && changed ? exit_no : exit_yes;
}

int run(const Arguments& arguments) {
    int exit_code = exit_yes;
    for (const std::string& file : arguments.files) {
        if (file == "-" && arguments.write) {
            complain("--write needs a file, not standard input");
            return exit_wrong;
        }
        exit_code = std::max(exit_code, format_one(file, arguments));
    }
    return exit_code;
}

}  // namespace

void add_format_command(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand("format", "Print policies the way everybody prints them");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("FILE", arguments->files, "Policy documents; - reads standard input")->required();
    auto* write = command->add_flag("--write", arguments->write, "Write the files instead of printing them");
    command
        ->add_flag("--check", arguments->check, "Only tell which files are not formatted; exit code 1 if any")
        ->excludes(write);
    command->add_option("--indent", arguments->indent, "Blanks a level (default: 2)")
        ->check(CLI::Range(0U, indent_max))
        ->type_name("N");
    auto* compact = command->add_flag("--compact", arguments->compact, "One line without blanks");
    command
        ->add_flag("--normal", arguments->normal,
                   "Smallest text of the same meaning: sorted, without what repeats")
        ->excludes(compact);
    add_output_option(*command, arguments->output);
    command->callback([&exit_code, arguments] { exit_code = run(*arguments); });
}

}  // namespace writ::cli
