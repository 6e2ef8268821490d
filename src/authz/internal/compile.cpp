#include "authz/internal/compile.h"

#include <utility>

#include "base/arn.h"
#include "policy/parse.h"

namespace writ::authz {
namespace {

using Members = std::vector<engine::PolicySet::Member>;

std::string attached_to(const std::string& group) {
    return group.empty() ? std::string{} : "group " + group;
}

/// Spec E11, for every user alike: names hold no '/', so the last part of the resource is the whole name.
Result<engine::CompiledDocumentPtr> own_password_document() {
    static const auto document = compile_text(
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:ChangePassword","Resource":[)"
        R"("arn:*:iam::*:user/${aws:username}","arn:*:iam::*:user/*/${aws:username}"],"Condition":)"
        R"({"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}},)"
        R"({"Effect":"Allow","Action":"iam:GetAccountPasswordPolicy","Resource":"*"}]})",
        policy::PolicyType::identity);
    return document;
}

Result<Members> identity_members(const directory::PrincipalRecord& record, ManagedDocuments& documents) {
    Members members;
    for (const auto& policy : record.inline_policies) {
        auto document = compile_text(policy.document, policy::PolicyType::identity);
        if (!document) return std::unexpected(document.error());
        members.push_back({std::move(*document), {policy.name, {}, attached_to(policy.attached_to)}});
    }
    for (const auto& policy : record.managed_policies) {
        auto document = documents.get(record.account_id, policy, policy::PolicyType::identity);
        if (!document) return std::unexpected(document.error());
        members.push_back({std::move(*document), {policy.name, policy.arn, attached_to(policy.attached_to)}});
    }
    if (record.may_change_password) {
        auto document = own_password_document();
        if (!document) return std::unexpected(document.error());
        members.push_back({std::move(*document), {"AllowUsersToChangePassword", {}, "the account"}});
    }
    return members;
}

Result<void> compile_policies(const directory::PrincipalRecord& record, ManagedDocuments& documents,
                              Subject& subject) {
    auto identity = identity_members(record, documents);
    if (!identity) return std::unexpected(identity.error());
    subject.identity.emplace(std::move(*identity));
    if (record.boundary) {
        auto document = documents.get(record.account_id, *record.boundary, policy::PolicyType::boundary);
        if (!document) return std::unexpected(document.error());
        Members members;
        members.push_back({std::move(*document), {record.boundary->name, record.boundary->arn, {}}});
        subject.boundary.emplace(std::move(members));
        subject.boundary_arn = record.boundary->arn;
    }
    if (subject.kind == Subject::Kind::role) {
        auto document = compile_text(record.trust_document, policy::PolicyType::trust);
        if (!document) return std::unexpected(document.error());
        Members members;
        members.push_back({std::move(*document), {}});
        subject.trust.emplace(std::move(members));
    }
    return {};
}

engine::Principal principal_of(const Subject& subject) {
    engine::Principal principal;
    if (const auto arn = parse_arn(subject.arn)) principal.partition = arn->partition;
    principal.account = subject.account;
    principal.id = subject.id;
    if (subject.kind == Subject::Kind::user) {
        principal.kind = engine::PrincipalKind::user;
        principal.arn = subject.arn;
    } else {
        principal.kind = engine::PrincipalKind::role_session;
        principal.role_arn = subject.arn;
        principal.session_name_known = false;
        principal.service_linked = subject.path.starts_with("/aws-service-role/");
    }
    return principal;
}

}  // namespace

Result<engine::CompiledDocumentPtr> compile_text(std::string_view text, policy::PolicyType type) {
    auto document = policy::parse(
        text, {.characters_max = 1'000'000, .type = type});  // AWS's own are longer than ours may be.
    if (!document) {
        return fail(std::string(corrupt_document), 500,
                    "a stored policy cannot be read: " + document.error().message);
    }
    return engine::compile(std::move(*document), type);
}

Result<SubjectPtr> compile_subject(directory::PrincipalRecord record, ManagedDocuments& documents) {
    auto subject = std::make_shared<Subject>();
    subject->kind = record.kind == store::EntityKind::role ? Subject::Kind::role : Subject::Kind::user;
    subject->account = record.account_id;
    subject->id = record.id;
    subject->name = record.name;
    subject->path = record.path;
    subject->arn = record.arn;
    for (directory::Tag& tag : record.tags)
        subject->tags.emplace_back(std::move(tag.key), std::move(tag.value));
    subject->max_session = std::chrono::seconds(record.max_session_s);
    subject->principal = principal_of(*subject);

    if (auto done = compile_policies(record, documents, *subject); !done) {
        if (done.error().code != corrupt_document) return std::unexpected(done.error());
        subject->defect = done.error().message;
    }
    return subject;
}

std::vector<std::string> made_from(const directory::PrincipalRecord& record) {
    std::vector<std::string> ids{record.id};
    if (record.kind == store::EntityKind::user)
        ids.push_back(record.account_id);  // Its password policy, E11.
    ids.insert(ids.end(), record.group_ids.begin(), record.group_ids.end());
    for (const auto& policy : record.managed_policies) {
        if (!policy.policy_id.empty()) ids.push_back(policy.policy_id);
    }
    if (record.boundary && !record.boundary->policy_id.empty()) ids.push_back(record.boundary->policy_id);
    return ids;
}

}  // namespace writ::authz
