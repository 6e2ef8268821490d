#include <fmt/core.h>

#include "cli/columns.h"
#include "cli/policy_check.h"
#include "cli/source_lines.h"

namespace writ::cli {
namespace {

std::string counted(std::size_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string summary(const CheckReport& report, const CheckOptions& options) {
    const std::size_t errors = report.count(Severity::error);
    const std::size_t notes = report.count(Severity::note);
    std::string text;
    if (errors > 0) text += counted(errors, "error");
    if (notes > 0) text += (text.empty() ? "" : ", ") + counted(notes, "note");
    if (errors == 0)
        text = fmt::format("a valid {}{}", title_of(options.type), text.empty() ? "" : ", " + text);
    if (report.quota != nullptr)
        text += fmt::format("; {} of {} characters for {}", report.characters, report.quota->characters_max,
                            report.quota->what);
    return text;
}

}  // namespace

std::string to_text(const Input& input, const CheckReport& report, const CheckOptions& options,
                    const Terminal& terminal) {
    const SourceLines source(input.text);
    std::string out;
    for (const Finding& finding : report.findings) {
        const bool error = finding.severity == Severity::error;
        const Tone tone = error ? Tone::bad : Tone::note;
        out += terminal.paint(Tone::strong, fmt::format("{}:{}:{}:", input.name, finding.span.begin.line,
                                                        finding.span.begin.column));
        out += " " + terminal.paint(tone, error ? finding.message : "note: " + finding.message) + "\n";
        out += underlined(source, finding.span, terminal, tone);
        out += paragraph(finding.hint, blank_gutter().size(), terminal);
        out += "\n";
    }
    const bool clean = report.clean(options);
    return out + terminal.paint(clean ? Tone::good : Tone::bad, input.name + ":") + " " +
           summary(report, options) + "\n";
}

}  // namespace writ::cli
