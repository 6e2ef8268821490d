#include <string_view>

#include "questions/internal/exchange.h"

// The description of these APIs: a file beside this one that the assembler copies into the program.
asm(".section .rodata\n"
    "writ_openapi:\n"
    ".incbin \"" WRIT_OPENAPI
    "\"\n"
    "writ_openapi_end:\n"
    ".globl writ_openapi, writ_openapi_end\n"
    ".hidden writ_openapi, writ_openapi_end\n"
    ".text\n");
extern "C" const char writ_openapi[];
extern "C" const char writ_openapi_end[];

namespace writ::questions::internal {

HttpResponse openapi(Exchange&) {
    HttpResponse response = json_answer({writ_openapi, writ_openapi_end});
    response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "max-age=300"}};
    return response;
}

}  // namespace writ::questions::internal
