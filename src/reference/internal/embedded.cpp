#include "reference/internal/embedded.h"

// The assembler copies the files of data/packed into the read-only part of the program. Nothing touches their
// pages before they are unpacked, so start-up does not pay for them.
#define WRIT_EMBED(name)                                  \
    asm(".section .rodata\n"                              \
        ".balign 16\n"                                    \
        "writ_table_" #name                               \
        ":\n"                                             \
        ".incbin \"" WRIT_TABLES "/" #name                \
        ".zst\"\n"                                        \
        "writ_table_" #name                               \
        "_end:\n"                                         \
        ".globl writ_table_" #name ", writ_table_" #name  \
        "_end\n"                                          \
        ".hidden writ_table_" #name ", writ_table_" #name \
        "_end\n"                                          \
        ".text\n");                                       \
    extern "C" const std::byte writ_table_##name[];       \
    extern "C" const std::byte writ_table_##name##_end[]

WRIT_EMBED(authorization);
WRIT_EMBED(managed_policies);
WRIT_EMBED(api_models);
WRIT_EMBED(request_models);

namespace writ::reference::internal {

std::span<const std::byte> embedded(Table table) noexcept {
    switch (table) {
        case Table::authorization:
            return {writ_table_authorization, writ_table_authorization_end};
        case Table::managed_policies:
            return {writ_table_managed_policies, writ_table_managed_policies_end};
        case Table::api_models:
            return {writ_table_api_models, writ_table_api_models_end};
        case Table::request_models:
            return {writ_table_request_models, writ_table_request_models_end};
    }
    return {};
}

}  // namespace writ::reference::internal
