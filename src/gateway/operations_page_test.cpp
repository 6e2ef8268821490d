#include "gateway/operations_page.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

#include "gateway/internal/mapping/mapping_rows.h"

namespace writ::gateway {
namespace {

const std::string path = WRIT_SOURCE_DIR "/docs/gateway-operations.md";

TEST(GatewayOperationsPage, IsUpToDate) {
    const std::string page = print_gateway_operations_page();
    if (std::getenv("WRIT_REGENERATE") != nullptr) std::ofstream(path) << page;
    std::ifstream file(path);
    const std::string committed(std::istreambuf_iterator<char>(file), {});
    EXPECT_EQ(committed, page) << "run this test with WRIT_REGENERATE=1";
}

TEST(GatewayOperationsPage, HasEveryServiceWithRows) {
    const std::string page = print_gateway_operations_page();
    for (const internal::ServiceRows* rows : internal::all_service_rows()) {
        EXPECT_TRUE(page.contains("\n`" + std::string(rows->service) + "`\n")) << rows->service;
    }
}

}  // namespace
}  // namespace writ::gateway
