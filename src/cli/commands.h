#pragma once

#include <string_view>

namespace CLI {
class App;
}

/// The commands of `writ`. Each lives in a file of its own, cli/NAME_command.cpp, and is one function that
/// hangs the command with its options under `parent`; when the command was chosen, its callback runs it and
/// stores one of cli/exit_code.h in `exit_code`, which outlives the parse. A new command is a new file, a
/// line here and a line in main.cpp.
namespace writ::cli {

void add_version_command(CLI::App& parent, int& exit_code, std::string_view version);
void add_reference_command(CLI::App& parent, int& exit_code);
void add_serve_command(CLI::App& parent, int& exit_code, std::string_view version);
void add_gateway_command(CLI::App& parent, int& exit_code);
void add_init_command(CLI::App& parent, int& exit_code);
void add_env_command(CLI::App& parent, int& exit_code);
void add_keys_command(CLI::App& parent, int& exit_code);
void add_why_command(CLI::App& parent, int& exit_code);
void add_audit_command(CLI::App& parent, int& exit_code);
void add_export_command(CLI::App& parent, int& exit_code);
void add_import_command(CLI::App& parent, int& exit_code);
void add_backup_command(CLI::App& parent, int& exit_code);
void add_restore_command(CLI::App& parent, int& exit_code);
void add_migrate_command(CLI::App& parent, int& exit_code);
void add_service_command(CLI::App& parent, int& exit_code);
void add_resource_commands(CLI::App& parent, int& exit_code);

/// Below `writ policy`.
void add_check_command(CLI::App& parent, int& exit_code);
void add_format_command(CLI::App& parent, int& exit_code);
void add_simulate_command(CLI::App& parent, int& exit_code);
void add_explain_command(CLI::App& parent, int& exit_code);
void add_test_command(CLI::App& parent, int& exit_code);
void add_generate_command(CLI::App& parent, int& exit_code);

}  // namespace writ::cli
