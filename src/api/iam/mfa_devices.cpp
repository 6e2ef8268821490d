#include "directory/credentials/mfa_devices.h"

#include <optional>
#include <string>
#include <utility>

#include "api/authorize_call.h"
#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/shapes.h"
#include "base/arn.h"
#include "base/text.h"
#include "crypto/one_time_code.h"
#include "crypto/qr_code.h"

namespace writ::api::iam {
namespace {

Output new_device_shape(const directory::CreatedMfaDevice& device, std::string_view name) {
    const Secret uri = crypto::provisioning_uri(name, device.account_label, device.seed);
    Output output;
    output.set("SerialNumber", device.serial_number);
    output.set("Base32StringSeed", base64_encode(as_bytes(device.seed.reveal())));
    output.set("QRCodePNG", base64_encode(as_bytes(crypto::qr_code_png(uri.reveal()))));
    set_tags(output, device.tags);
    return output;
}

/// Root has neither name nor path (spec B5).
Output assigned_user_shape(const directory::User& user) {
    if (!user.name.empty()) return user_shape(user);
    Output output;
    output.set("UserId", user.user_id);
    output.set("Arn", user.arn);
    output.set("CreateDate", user.created_at);
    return output;
}

Output virtual_device_shape(const directory::VirtualMfaDevice& device) {
    Output output;
    output.set("SerialNumber", device.serial_number);
    if (device.user) output.set("User", assigned_user_shape(*device.user));
    if (device.enabled_at) output.set("EnableDate", *device.enabled_at);
    return output;
}

Output device_shape(const directory::MfaDevice& device) {
    Output output;
    output.set("UserName", device.user_name);
    output.set("SerialNumber", device.serial_number);
    output.set("EnableDate", device.enabled_at);
    return output;
}

bool is_own(const Call& call, const directory::KeyOwner& owner) {
    if (!owner.user_name) return call.caller.is_root();
    return call.caller.is(engine::PrincipalKind::user) &&
           equals_ignoring_case(call.caller.subject->name, *owner.user_name);
}

/// Spec B15: who has a device adds and removes own ones only in a session with MFA. Sessions of AssumeRoot,
/// which have none, are made to remove it (B27).
Result<void> check_own_change(const View& account, const Call& call, std::string_view action) {
    if (call.caller.principal->assumed_root) return {};
    const directory::KeyOwner owner = mfa_owner(call);
    const bool with_mfa = call.caller.session != nullptr && call.caller.session->mfa_time.has_value();
    if (with_mfa || !is_own(call, owner)) return {};
    const auto has_one = directory::has_mfa_device(account, owner);
    if (!has_one) return std::unexpected(has_one.error());
    if (!*has_one) return {};
    return fail("AccessDenied", 403, denial_without_reason(call.caller, action, call.caller.principal->arn));
}

directory::CodePair codes_of(const Input& input) {
    return {.first = input.text("AuthenticationCode1"), .second = input.text("AuthenticationCode2")};
}

std::optional<bool> assignment_filter(const Input& input) {
    const auto status = input.maybe_text("AssignmentStatus");
    if (!status || *status == "Any") return std::nullopt;
    return *status == "Assigned";
}

}  // namespace

Result<Output> create_virtual_mfa_device(Edit& account, const Call& call) {
    const std::string name(call.input.text("VirtualMFADeviceName"));
    const auto device = directory::create_mfa_device(
        account, {.name = name, .path = path_or_root(call.input, "Path"), .tags = tags_of(call.input)});
    if (!device) return std::unexpected(device.error());
    Output output;
    output.set("VirtualMFADevice", new_device_shape(*device, name));
    return output;
}

Result<Output> list_virtual_mfa_devices(const View& account, const Call& call) {
    return answer_page(
        directory::list_virtual_mfa_devices(account, assignment_filter(call.input), page_of(call.input)),
        "VirtualMFADevices", virtual_device_shape);
}

Result<Output> enable_mfa_device(Edit& account, const Call& call) {
    if (auto may = check_own_change(account, call, "iam:EnableMFADevice"); !may) {
        return std::unexpected(may.error());
    }
    return done(directory::enable_mfa_device(account, mfa_owner(call), call.input.text("SerialNumber"),
                                             codes_of(call.input)));
}

Result<Output> resync_mfa_device(Edit& account, const Call& call) {
    return done(directory::resync_mfa_device(account, mfa_owner(call), call.input.text("SerialNumber"),
                                             codes_of(call.input)));
}

Result<Output> deactivate_mfa_device(Edit& account, const Call& call) {
    if (auto may = check_own_change(account, call, "iam:DeactivateMFADevice"); !may) {
        return std::unexpected(may.error());
    }
    return done(directory::deactivate_mfa_device(account, mfa_owner(call), call.input.text("SerialNumber")));
}

Result<Output> delete_virtual_mfa_device(Edit& account, const Call& call) {
    return done(directory::delete_mfa_device(account, call.input.text("SerialNumber")));
}

Result<Output> list_mfa_devices(const View& account, const Call& call) {
    return answer_page(directory::list_mfa_devices(account, mfa_owner(call), page_of(call.input)),
                       "MFADevices", device_shape);
}

Result<Output> get_mfa_device(const View& account, const Call& call) {
    const auto device = directory::get_mfa_device(account, mfa_owner(call), call.input.text("SerialNumber"));
    if (!device) return std::unexpected(device.error());
    // Spec B16: of FIDO security keys only, which are enrolled in a console.
    return fail("ValidationError", 400, "The MFA device " + device->serial_number + " is no security key.");
}

}  // namespace writ::api::iam
