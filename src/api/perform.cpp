#include "api/perform.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "api/authorize_call.h"

namespace writ::api {
namespace {

/// How often a call may begin anew because somebody else was faster.
constexpr int attempts_max = 8;

constexpr const char* concurrent_modification = "ConcurrentModification";

/// Nothing: try again.
using Attempt = std::optional<Result<Output>>;

std::unexpected<Error> store_failure(const store::Failure& failure, RequestRecord& record) {
    record.defect = std::string(store::name(failure.kind)) + ": " + failure.detail;
    return std::unexpected(directory::to_error(failure));
}

directory::AccountView view(store::Reader& reader, const Call& call) {
    return {reader, call.account(), call.at.environment};
}

Result<void> check_refused_parameters(const Operation& operation, const Call& call) {
    const auto refused = std::ranges::find_if(operation.refused_parameters, [&](std::string_view name) {
        return !name.empty() && call.input.has(name);
    });
    if (refused == operation.refused_parameters.end()) return {};
    return fail("NotImplemented", 501,
                "The parameter " + std::string(*refused) + " of " + std::string(operation.name) +
                    " is not implemented.");
}

Result<Target> find_target(const Operation& operation, const Call& call, RequestRecord& record) {
    if (const auto* rule = std::get_if<TargetOfCall>(&operation.target)) return (*rule)(call);
    if (const auto* rule = std::get_if<TargetInStore>(&operation.target)) {
        auto reader = call.at.store.read();
        if (!reader) return store_failure(reader.error(), record);
        return (*rule)(view(**reader, call), call);
    }
    return Target{};
}

bool is_unchanged(const Operation& operation, const Call& call, const Target& authorized,
                  const directory::AccountView& account) {
    const auto* rule = std::get_if<TargetInStore>(&operation.target);
    if (rule == nullptr) return true;
    const auto now = (*rule)(account, call);
    return now && *now == authorized;
}

/// What is told must be what was authorized: an entity of that name may have come in the meantime.
Attempt try_to_read(const Operation& operation, ReadHandler handler, const Call& call,
                    const Target& authorized, RequestRecord& record) {
    auto reader = call.at.store.read();
    if (!reader) return store_failure(reader.error(), record);
    const directory::AccountView account = view(**reader, call);
    if (!is_unchanged(operation, call, authorized, account)) return std::nullopt;
    return handler(account, call);
}

template <class Write>
Attempt try_to_write(const Operation& operation, const Call& call, const Target& authorized,
                     RequestRecord& record, const Write& write) {
    const auto failed = [&](const store::Failure& failure) -> Attempt {
        Result<Output> answer = store_failure(failure, record);
        if (failure.kind == store::FailureKind::retry) return std::nullopt;
        return answer;
    };
    auto transaction = call.at.store.write();
    if (!transaction) return failed(transaction.error());
    directory::AccountEdit account(**transaction, call.account(), call.at.environment);
    if (!is_unchanged(operation, call, authorized, account)) return std::nullopt;
    Result<Output> answer = write(account);
    const bool keeps = answer || (operation.refusals_leave_a_trace && answer.error().http_status < 500);
    if (!keeps) return answer;
    if (auto committed = (*transaction)->commit(); !committed) return failed(committed.error());
    record.defect.clear();
    return answer;
}

/// Reads and works first, and holds the reader no longer than that.
Attempt try_slowly(const Operation& operation, SlowHandler handler, const Call& call,
                   const Target& authorized, RequestRecord& record) {
    auto reader = call.at.store.read();
    if (!reader) return store_failure(reader.error(), record);
    const directory::AccountView account = view(**reader, call);
    if (!is_unchanged(operation, call, authorized, account)) return std::nullopt;
    const Result<Completion> completion = handler(account, call);
    if (!completion) return std::unexpected(completion.error());
    reader->reset();
    auto answer = try_to_write(operation, call, authorized, record, *completion);
    if (answer && !*answer && answer->error().code == concurrent_modification) return std::nullopt;
    return answer;
}

/// One pass from the target to the answer.
Attempt attempt(const Operation& operation, const Call& call, RequestRecord& record) {
    const auto target = find_target(operation, call, record);
    if (!target) return std::unexpected(target.error());
    if (auto allowed = authorize_call(operation, call, *target, record); !allowed) {
        return std::unexpected(allowed.error());
    }
    if (const auto* read = std::get_if<ReadHandler>(&operation.handler)) {
        return try_to_read(operation, *read, call, *target, record);
    }
    if (const auto* plain = std::get_if<PlainHandler>(&operation.handler)) return (*plain)(call, *target);
    if (const auto* slow = std::get_if<SlowHandler>(&operation.handler)) {
        return try_slowly(operation, *slow, call, *target, record);
    }
    const auto write = [&, handler = std::get<WriteHandler>(operation.handler)](
                           directory::AccountEdit& edit) { return handler(edit, call); };
    return try_to_write(operation, call, *target, record, write);
}

}  // namespace

Result<Output> perform(const Operation& operation, const Call& call, RequestRecord& record) {
    if (auto accepted = check_refused_parameters(operation, call); !accepted) {
        return std::unexpected(accepted.error());
    }
    if (operation.check != nullptr) {
        if (auto accepted = operation.check(call); !accepted) return std::unexpected(accepted.error());
    }
    for (int tries = 0; tries < attempts_max; ++tries) {
        auto answer = attempt(operation, call, record);
        if (!answer) continue;
        if (!*answer && answer->error().http_status >= 500 && record.defect.empty()) {
            record.defect = answer->error().code + " in " + std::string(operation.action);
        }
        return std::move(*answer);
    }
    return fail(concurrent_modification, 409,
                "The request was rejected because multiple requests to change this object were submitted "
                "simultaneously. Wait a few minutes and submit your request again.");
}

}  // namespace writ::api
