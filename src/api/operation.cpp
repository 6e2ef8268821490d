#include "api/operation.h"

#include <algorithm>

#include "api/iam/operations.h"
#include "api/organizations/operations.h"
#include "api/sts/operations.h"

namespace writ::api {

std::span<const OperationTable> operation_tables() noexcept {
    static const std::array tables{OperationTable{"iam", iam::operations()},
                                   OperationTable{"sts", sts::operations()},
                                   OperationTable{"organizations", organizations::operations()}};
    return tables;
}

const Operation* find_operation(std::string_view service, std::string_view name) noexcept {
    const auto tables = operation_tables();
    const auto table = std::ranges::find(tables, service, &OperationTable::service);
    if (table == tables.end()) return nullptr;
    const auto row = std::ranges::lower_bound(table->operations, name, {}, &Operation::name);
    return row != table->operations.end() && row->name == name ? &*row : nullptr;
}

}  // namespace writ::api
