#include "api/perform.h"

#include <algorithm>
#include <utility>

#include "api/audit/event.h"
#include "api/audit/resources.h"
#include "api/authorize_call.h"

namespace writ::api {
namespace {

/// How often a call may begin anew because somebody else was faster.
constexpr int attempts_max = 8;

std::unexpected<Error> store_failure(const store::Failure& failure) {
    return std::unexpected(directory::to_error(failure));
}

/// Others kept changing what the call is about.
Error concurrent_modification() {
    return {.code = "ConcurrentModification",
            .http_status = 409,
            .message =
                "The request was rejected because multiple requests to change this object were submitted "
                "simultaneously. Wait a few minutes and submit your request again.",
            .may_retry = true};
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

Result<Target> find_target(const Operation& operation, const Call& call) {
    if (const auto* rule = std::get_if<TargetOfCall>(&operation.target)) return (*rule)(call);
    if (const auto* rule = std::get_if<TargetInStore>(&operation.target)) {
        auto reader = call.at.store.read();
        if (!reader) return store_failure(reader.error());
        return (*rule)(view(**reader, call), call);
    }
    return Target{};
}

/// What is told or changed must be what was authorized: an entity of that name may have come in the meantime.
Result<void> check_unchanged(const Operation& operation, const Call& call, const Target& authorized,
                             const directory::AccountView& account) {
    const auto* rule = std::get_if<TargetInStore>(&operation.target);
    if (rule == nullptr) return {};
    const auto now = (*rule)(account, call);
    if (!now) return std::unexpected(now.error());
    if (*now != authorized) return std::unexpected(concurrent_modification());
    return {};
}

Result<Output> read(const Operation& operation, ReadHandler handler, const Call& call,
                    const Target& authorized) {
    auto reader = call.at.store.read();
    if (!reader) return store_failure(reader.error());
    const directory::AccountView account = view(**reader, call);
    if (auto unchanged = check_unchanged(operation, call, authorized, account); !unchanged) {
        return std::unexpected(std::move(unchanged.error()));
    }
    return handler(account, call);
}

/// The event of a call as far as it has come.
Result<audit::Trail::Written> keep_event(store::Transaction& transaction, const Call& call,
                                         const RequestRecord& record, const Result<Output>& answer) {
    if (!call.at.audit.wants(call.service, call.model)) return {};
    audit::AuditedCall event(call.service, call.model, call.caller, call.http, &call.input, call.now);
    event.resource_arns = record.resource_arns;
    if (answer) {
        event.succeeded(*answer);
    } else {
        event.failed(answer.error());
    }
    return call.at.audit.keep(transaction, event);
}

/// The write, and its event, happen both or neither.
template <class Write>
Result<Output> in_transaction(const Operation& operation, const Call& call, const Target& authorized,
                              RequestRecord& record, const Write& write) {
    auto transaction = call.at.store.write();
    if (!transaction) return store_failure(transaction.error());
    directory::AccountEdit account(**transaction, call.account(), call.at.environment);
    if (auto unchanged = check_unchanged(operation, call, authorized, account); !unchanged) {
        return std::unexpected(std::move(unchanged.error()));
    }
    Result<Output> answer = write(account);
    const bool keeps = answer || (operation.refusals_leave_a_trace && answer.error().http_status < 500);
    if (!keeps) return answer;
    const auto events = keep_event(**transaction, call, record, answer);
    if (!events) return std::unexpected(events.error());
    if (auto committed = (*transaction)->commit(); !committed) return store_failure(committed.error());
    call.at.audit.count(*events);
    record.is_audited = true;
    return answer;
}

/// Reads and works first, and holds the reader no longer than that.
Result<Output> write_slowly(const Operation& operation, SlowHandler handler, const Call& call,
                            const Target& authorized, RequestRecord& record) {
    auto reader = call.at.store.read();
    if (!reader) return store_failure(reader.error());
    const directory::AccountView account = view(**reader, call);
    if (auto unchanged = check_unchanged(operation, call, authorized, account); !unchanged) {
        return std::unexpected(std::move(unchanged.error()));
    }
    const Result<Completion> completion = handler(account, call);
    if (!completion) return std::unexpected(completion.error());
    reader->reset();
    return in_transaction(operation, call, authorized, record, *completion);
}

/// One pass from the target to the answer.
Result<Output> attempt(const Operation& operation, const Call& call, RequestRecord& record) {
    const auto target = find_target(operation, call);
    if (!target) return std::unexpected(target.error());
    record.resource_arns = audit::arns_of(*target);
    if (auto allowed = authorize_call(operation, call, *target, record); !allowed) {
        return std::unexpected(allowed.error());
    }
    if (const auto* reads = std::get_if<ReadHandler>(&operation.handler)) {
        return read(operation, *reads, call, *target);
    }
    if (const auto* plain = std::get_if<PlainHandler>(&operation.handler)) return (*plain)(call, *target);
    if (const auto* slow = std::get_if<SlowHandler>(&operation.handler)) {
        return write_slowly(operation, *slow, call, *target, record);
    }
    return in_transaction(operation, call, *target, record,
                          [&, handler = std::get<WriteHandler>(operation.handler)](
                              directory::AccountEdit& account) { return handler(account, call); });
}

/// The outcome of the last of a bounded number of passes.
Result<Output> attempt_until_first(const Operation& operation, const Call& call, RequestRecord& record) {
    for (int tries = 1;; ++tries) {
        auto answer = attempt(operation, call, record);
        if (answer || !answer.error().may_retry) return answer;
        if (tries < attempts_max) continue;
        Error error = concurrent_modification();
        error.defect = std::move(answer.error().defect);
        return std::unexpected(std::move(error));
    }
}

}  // namespace

Result<Output> perform(const Operation& operation, const Call& call, RequestRecord& record) {
    if (auto accepted = check_refused_parameters(operation, call); !accepted) {
        return std::unexpected(accepted.error());
    }
    if (operation.check != nullptr) {
        if (auto accepted = operation.check(call); !accepted) return std::unexpected(accepted.error());
    }
    auto answer = attempt_until_first(operation, call, record);
    if (!answer && answer.error().http_status >= 500 && answer.error().defect.empty()) {
        answer.error().defect = answer.error().code + " in " + std::string(operation.action);
    }
    return answer;
}

}  // namespace writ::api
