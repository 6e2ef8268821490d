#include "api/operations_page.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

#include "reference/api_model.h"

namespace writ::api {
namespace {

const std::string path = WRIT_SOURCE_DIR "/docs/api-operations.md";

TEST(OperationsPage, IsUpToDate) {
    const std::string page = print_operations_page();
    if (std::getenv("WRIT_REGENERATE") != nullptr) std::ofstream(path) << page;
    std::ifstream file(path);
    const std::string committed(std::istreambuf_iterator<char>(file), {});
    EXPECT_EQ(committed, page) << "run this test with WRIT_REGENERATE=1";
}

TEST(OperationsPage, HasEveryService) {
    const std::string page = print_operations_page();
    for (const reference::ApiService& service : reference::api_services()) {
        EXPECT_NE(page.find("\n`" + std::string(service.name) + "`, API version "), std::string::npos)
            << service.name;
    }
}

}  // namespace
}  // namespace writ::api
