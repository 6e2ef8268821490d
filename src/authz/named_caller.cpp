#include "authz/named_caller.h"

#include <memory>
#include <string>
#include <utility>

#include "base/arn.h"

namespace writ::authz {
namespace {

using MaybeCaller = Result<std::optional<Caller>>;

std::string_view after_last(std::string_view text, char separator) {
    return text.substr(text.rfind(separator) + 1);
}

Caller root_of(const ArnView& arn) {
    auto principal = std::make_shared<engine::Principal>();
    principal->kind = engine::PrincipalKind::root;
    principal->partition = arn.partition;
    principal->account = arn.account;
    principal->arn = "arn:" + principal->partition + ":iam::" + principal->account + ":root";
    principal->id = arn.account;
    Caller caller;
    caller.principal = std::move(principal);
    return caller;
}

Caller caller_of(SubjectPtr subject) {
    Caller caller;
    caller.principal = {subject, &subject->principal};
    caller.subject = std::move(subject);
    return caller;
}

/// The ARN of a role stands for a session whose name is not known (spec 2.4); denials name the role then.
Caller session_of(SubjectPtr role, std::string_view arn, bool is_of_session) {
    auto principal = std::make_shared<engine::Principal>(role->principal);
    principal->arn = arn;
    principal->session_name_known = is_of_session;
    Caller caller;
    caller.principal = std::move(principal);
    caller.subject = std::move(role);
    return caller;
}

MaybeCaller of_iam(Subjects& subjects, const ArnView& arn, std::string_view text) {
    if (arn.resource == "root") return root_of(arn);
    const std::string_view name = after_last(arn.resource, '/');
    const bool is_user = arn.resource.starts_with("user/");
    if (!is_user && !arn.resource.starts_with("role/")) return std::nullopt;
    auto subject =
        is_user ? subjects.user_by_name(arn.account, name) : subjects.role_by_name(arn.account, name);
    if (!subject) return std::unexpected(subject.error());
    if (*subject == nullptr || (*subject)->arn != text) return std::nullopt;
    if (is_user) return caller_of(std::move(*subject));
    return session_of(std::move(*subject), text, false);
}

/// "assumed-role/ROLE/SESSION": the path of the role is not told.
MaybeCaller of_sts(Subjects& subjects, const ArnView& arn, std::string_view text) {
    constexpr std::string_view prefix = "assumed-role/";
    if (!arn.resource.starts_with(prefix)) return std::nullopt;
    const std::string_view names = arn.resource.substr(prefix.size());
    const std::size_t slash = names.find('/');
    if (slash == std::string_view::npos || slash + 1 == names.size()) return std::nullopt;
    if (names.find('/', slash + 1) != std::string_view::npos) return std::nullopt;
    auto role = subjects.role_by_name(arn.account, names.substr(0, slash));
    if (!role) return std::unexpected(role.error());
    if (*role == nullptr) return std::nullopt;
    return session_of(std::move(*role), text, true);
}

}  // namespace

MaybeCaller caller_named(Subjects& subjects, std::string_view partition, std::string_view text) {
    const auto arn = parse_arn(text);
    if (!arn || arn->partition != partition || !arn->region.empty()) return std::nullopt;
    auto caller = MaybeCaller(std::nullopt);
    if (arn->service == "iam") caller = of_iam(subjects, *arn, text);
    if (arn->service == "sts") caller = of_sts(subjects, *arn, text);
    if (!caller || !*caller) return caller;
    auto organization = subjects.organization(arn->account);
    if (!organization) return std::unexpected(organization.error());
    (*caller)->organization = std::move(*organization);
    return caller;
}

}  // namespace writ::authz
