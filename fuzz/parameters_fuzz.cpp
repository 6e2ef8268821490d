#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/json/read.h"
#include "api/patterns.h"
#include "api/query/form.h"
#include "api/query/read.h"
#include "api/validate.h"
#include "reference/api_model.h"

// The parameters of any operation, as a form or as JSON: every text is read or refused, and what is read is
// held against the model without harm. The first two bytes choose the operation.
namespace {

using namespace writ;
using namespace writ::api;

const reference::Shape* shape_of(std::size_t choice) {
    const auto services = reference::api_services();
    const auto& operations = services[choice % services.size()].operations;
    return operations[choice / services.size() % operations.size()].input;
}

/// Every node has the type that the model says.
void look_at(const Input& input) {
    const reference::Shape* shape = input.shape();
    if (shape == nullptr) std::abort();
    const bool composed = !input.items().empty() || !input.entries().empty();
    const bool scalar = !input.text().empty();
    if (composed && scalar) std::abort();
    for (const Input& item : input.items()) look_at(item);
    for (const auto& entry : input.entries()) look_at(entry.second);
}

void use(const Result<Input>& input, const reference::Shape* shape) {
    if (!input || shape == nullptr) return;
    static Patterns patterns;
    look_at(*input);
    (void)validate(*input, patterns);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const reference::Shape* const shape = shape_of(data[0] | std::size_t{data[1]} << 8U);
    const std::string_view body(reinterpret_cast<const char*>(data) + 2, size - 2);
    use(json::read_input(body, shape), shape);
    query::Form form;
    if (!form.add(body)) return 0;
    form.sort();
    use(query::read_input(form, shape), shape);
    return 0;
}
