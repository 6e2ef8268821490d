#include "gateway/observed/change_log.h"

#include <algorithm>
#include <utility>

#include "gateway/observed/policy_text.h"

namespace writ::gateway {
namespace {

using directory::AccountEdit;

constexpr int tries_max = 5;  // Of a transaction that loses against others.

/// The policy of a resource without its statement of that Sid, or with another in its place.
template <class Change>
Result<void> change_statements(AccountEdit& account, const std::string& arn, const Change& change) {
    const auto present = directory::find_resource_policy(account, arn);
    if (!present) return std::unexpected(present.error());
    const auto& policy = *present;
    if (policy && policy->document.empty()) return {};  // Distrusted: what the whole says is not known.
    auto document = change(policy ? std::string_view(policy->document) : std::string_view());
    if (!document) return std::unexpected(std::move(document.error()));
    return document->empty() ? directory::delete_resource_policy(account, arn)
                             : directory::put_resource_policy(account, arn, *document);
}

/// Writes one change into the transaction of `account`, its owner.
struct Writer {
    AccountEdit& account;

    Result<void> operator()(const PutPolicy& change) const {
        return directory::put_resource_policy(account, change.arn, change.document);
    }
    Result<void> operator()(const DeletePolicy& change) const {
        return directory::delete_resource_policy(account, change.arn);
    }
    Result<void> operator()(const AddStatement& change) const {
        return change_statements(account, change.arn, [&](std::string_view document) {
            return with_statement(document, change.sid, change.statement);
        });
    }
    Result<void> operator()(const RemoveStatement& change) const {
        return change_statements(account, change.arn, [&](std::string_view document) {
            return without_statement(document, change.sid);
        });
    }
    Result<void> operator()(const SetTags& change) const {
        return directory::set_resource_tags(account, change.arn, change.tags, change.replace_all);
    }
    Result<void> operator()(const CopyTags& change) const {
        const directory::AccountView source{account.records, change.source_account, account.environment};
        const auto tags = directory::resource_tags(source, change.source_arn);
        if (!tags) return std::unexpected(tags.error());
        return directory::set_resource_tags(account, change.arn, *tags, true);
    }
    Result<void> operator()(const RemoveTags& change) const {
        auto keys = change.keys;
        if (!change.exact.empty()) {
            const auto present = directory::resource_tags(account, change.arn);
            if (!present) return std::unexpected(present.error());
            for (const auto& tag : change.exact)
                if (std::ranges::find(*present, tag) != present->end()) keys.push_back(tag.first);
        }
        return directory::remove_resource_tags(account, change.arn, keys);
    }
    Result<void> operator()(const ForgetResource& change) const {
        return directory::forget_resource(account, change.arn);
    }
    Result<void> operator()(const LearnFact& change) const {
        std::optional<Instant> expires_at;
        if (change.lifetime) expires_at = account.environment.clock.now() + *change.lifetime;
        return directory::learn_fact(account, change.kind, change.name, change.value, expires_at);
    }
    Result<void> operator()(const ForgetFact& change) const {
        return directory::forget_fact(account, change.kind, change.name);
    }
};

bool is_policy_change(const ResourceChange& change) {
    return std::holds_alternative<PutPolicy>(change.what) ||
           std::holds_alternative<AddStatement>(change.what) ||
           std::holds_alternative<RemoveStatement>(change.what);
}

/// Whoever does not find it asks again.
bool may_be_lost(const ResourceChange& change) {
    const auto* fact = std::get_if<LearnFact>(&change.what);
    return fact != nullptr && fact->lifetime.has_value();
}

bool will_never_do(const Error& error) {
    return error.http_status < 500;
}

}  // namespace

ChangeLog::ChangeLog(store::Store& store, const directory::Environment& environment,
                     authz::Resources& resources)
    : store_(store), environment_(environment), resources_(resources) {}

Result<void> ChangeLog::apply(const ResourceChanges& changes) {
    ResourceChanges fresh;
    std::ranges::copy_if(changes, std::back_inserter(fresh),
                         [this](const ResourceChange& change) { return !is_known(change); });
    if (fresh.empty()) return {};
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) {
        if (auto written = write(fresh); written) return {};
    }
    return write_each(fresh);
}

void ChangeLog::retry() {
    if (waiting_count_ == 0) return;
    const std::lock_guard lock(mutex_);
    const ResourceChanges again = std::exchange(waiting_, {});
    (void)write_each(again);  // What still fails waits on.
    waiting_count_ = waiting_.size();
}

bool ChangeLog::is_known(const ResourceChange& change) const {
    const auto* fact = std::get_if<LearnFact>(&change.what);
    if (fact == nullptr || fact->lifetime || is_in_doubt(fact->name)) return false;
    const auto known = resources_.fact(change.account, fact->kind, fact->name);
    return known && *known == fact->value;
}

Result<void> ChangeLog::write(const ResourceChanges& changes) {
    Result<void> written;
    for (int tried = 0; tried < tries_max; ++tried) {
        written = write_once(changes);
        if (written || !written.error().may_retry) break;
    }
    return written;
}

Result<void> ChangeLog::write_once(const ResourceChanges& changes) {
    auto transaction = store_.write();
    if (!transaction) return std::unexpected(directory::to_error(transaction.error()));
    for (const ResourceChange& change : changes) {
        AccountEdit account(**transaction, change.account, environment_);
        if (auto written = std::visit(Writer{account}, change.what); !written) return written;
    }
    const auto committed = (*transaction)->commit();
    if (!committed) return std::unexpected(directory::to_error(committed.error()));
    return {};
}

/// One by one, so that what can be written is; the error is that of the first that cannot.
Result<void> ChangeLog::write_each(const ResourceChanges& changes) {
    Result<void> all;
    for (const ResourceChange& change : changes) {
        Result<void> written;
        if (waits(subject_of(change))) {  // Not before the one that waits.
            let_wait(change);
            written = fail("ServiceFailure", 500, "An earlier change waits to be written.");
        } else if (written = write({change}); !written) {
            written = settle(change, std::move(written.error()));
        }
        if (all && !written) all = std::move(written);
    }
    return all;
}

/// What becomes of a change that could not be written.
Result<void> ChangeLog::settle(const ResourceChange& change, Error error) {
    if (!will_never_do(error)) {
        if (!may_be_lost(change)) let_wait(change);
        return std::unexpected(std::move(error));
    }
    if (is_policy_change(change)) {
        auto transaction = store_.write();
        bool is_done = transaction.has_value();
        if (is_done) {
            AccountEdit account(**transaction, change.account, environment_);
            is_done =
                directory::distrust_resource_policy(account, subject_of(change)) && (*transaction)->commit();
        }
        if (!is_done) let_wait(change);
    }
    return std::unexpected(std::move(error));
}

void ChangeLog::let_wait(const ResourceChange& change) {
    waiting_.push_back(change);
    waiting_count_ = waiting_.size();
}

bool ChangeLog::waits(std::string_view subject) const {
    return std::ranges::any_of(waiting_, [&](const ResourceChange& change) {
        const std::string& waiting = subject_of(change);
        return subject.starts_with(waiting) &&
               (subject.size() == waiting.size() || subject[waiting.size()] == '/' ||
                subject[waiting.size()] == ':');
    });
}

bool ChangeLog::is_in_doubt(std::string_view arn_or_name) const {
    if (waiting_count_ == 0) return false;
    const std::lock_guard lock(mutex_);
    return waits(arn_or_name);
}

}  // namespace writ::gateway
