#include "questions/native/compact_form.h"

#include <array>
#include <cbor.h>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "base/text.h"
#include "engine/decide.h"

// The only file of the server that knows libcbor.
namespace writ::questions::internal {
namespace {

using compact_form::Member;

struct NamedMember {
    Member number;
    std::string_view name;
};
constexpr auto request_members = std::to_array<NamedMember>({
    {Member::principal, "principal"},
    {Member::action, "action"},
    {Member::resource, "resource"},
    {Member::resource_account, "resource_account"},
    {Member::context, "context"},
    {Member::explain, "explain"},
    {Member::questions, "questions"},
    {Member::access_key_id, "access_key_id"},
    {Member::session_token, "session_token"},
});

const NamedMember* find_member_of(std::uint64_t number) noexcept {
    for (const NamedMember& row : request_members) {
        if (static_cast<std::uint64_t>(row.number) == number) return &row;
    }
    return nullptr;
}

/// From the items that libcbor tells to the document. It never calls itself, so nesting costs no stack.
class Reader {
  public:
    explicit Reader(rapidjson::Document& document) noexcept : document_(document) {}

    /// Null: `bytes` are one map, which is on the document's stack. Else what is wrong with them.
    [[nodiscard]] const char* read(std::string_view bytes) noexcept {
        while (!done_) {
            const auto* const data = reinterpret_cast<cbor_data>(bytes.data());
            const cbor_decoder_result item = cbor_stream_decode(data, bytes.size(), &callbacks, this);
            if (item.status == CBOR_DECODER_NEDATA) return "is cut off";
            if (item.status != CBOR_DECODER_FINISHED) return "is not CBOR";
            if (fault_ != nullptr) return fault_;
            bytes.remove_prefix(item.read);
        }
        return bytes.empty() ? nullptr : "is followed by something else";
    }

  private:
    /// A map or list whose end has not come.
    struct Level {
        bool is_map = false;
        bool has_names = false;             ///< Of a map: its keys are texts, not numbers.
        bool at_value = false;              ///< Of a map: the key has come.
        std::optional<std::uint64_t> left;  ///< Values that must come; nothing: until a break.
        rapidjson::SizeType size = 0;       ///< Values in the document.
    };
    static constexpr std::size_t depth_max =
        6;  ///< Request, questions, question, context, list; one to spare.
    static constexpr std::size_t values_max = 1'000'000;
    static const cbor_callbacks callbacks;

    void refuse(const char* why) noexcept {
        if (fault_ == nullptr) fault_ = why;
    }
    [[nodiscard]] Level& top() noexcept { return levels_[depth_ - 1]; }
    [[nodiscard]] bool is_key() noexcept { return depth_ > 0 && top().is_map && !top().at_value; }

    /// Whether a value may stand here that is neither text nor a whole number.
    [[nodiscard]] bool takes_value() noexcept {
        if (is_key()) refuse("has a key that is neither a number nor a text");
        if (at_version_) refuse("has a version that is not known here");
        if (depth_ == 0) refuse("is no map");
        if (++values_ > values_max) refuse("has more than a million values");
        return fault_ == nullptr;
    }
    void end_value() noexcept {
        names_follow_ = false;
        ++top().size;
        count_down();
    }
    void count_down() noexcept {
        top().at_value = false;
        std::optional<std::uint64_t>& left = top().left;
        if (left && --*left == 0) close();
    }

    void open(bool is_map, std::optional<std::uint64_t> length) noexcept {
        if (depth_ == 0) {
            if (!is_map) return refuse("is no map");
        } else if (!takes_value()) {
            return;
        }
        if (depth_ == depth_max) return refuse("is nested deeper than questions are");
        levels_[depth_++] = {.is_map = is_map, .has_names = names_follow_, .left = length};
        names_follow_ = false;
        is_map ? document_.StartObject() : document_.StartArray();
        if (length == 0U) close();
    }
    /// Closing the last of a map or list may complete the one around it, at most depth_max times.
    void close() noexcept {
        const Level closed = levels_[--depth_];
        closed.is_map ? document_.EndObject(closed.size) : document_.EndArray(closed.size);
        if (depth_ == 0) {
            done_ = true;
        } else {
            end_value();
        }
    }
    void end_indefinite() noexcept {
        if (depth_ == 0 || top().left || top().at_value) return refuse("has a break that ends nothing");
        close();
    }

    void take_text(std::string_view text) noexcept {
        if (!count_scalars(text)) return refuse("has a text that is not UTF-8");
        const auto size = static_cast<rapidjson::SizeType>(text.size());
        if (is_key()) {
            if (!top().has_names) return refuse("has a name where members have numbers");
            // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): its size is there.
            document_.Key(text.data(), size, false);
            top().at_value = true;
        } else if (takes_value()) {
            // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): its size is there.
            document_.String(text.data(), size, false);
            end_value();
        }
    }
    void take_number(std::uint64_t number) noexcept {
        if (is_key()) return take_key(number);
        if (at_version_) {
            at_version_ = false;
            if (number != compact_form::current_version)
                return refuse("has a version that is not known here");
            return count_down();
        }
        if (!takes_value()) return;
        document_.Uint64(number);
        end_value();
    }
    void take_key(std::uint64_t number) noexcept {
        if (top().has_names) return refuse("has a condition key that is no text");
        top().at_value = true;
        if (number == static_cast<std::uint64_t>(Member::version) && depth_ == 1 && !has_version_) {
            at_version_ = has_version_ = true;
            return;
        }
        const NamedMember* row = find_member_of(number);
        if (row == nullptr) return refuse("has a member of a number that is not known here, or twice");
        document_.Key(row->name.data(), static_cast<rapidjson::SizeType>(row->name.size()), false);
        names_follow_ = row->number == Member::context;
    }
    void take_negative(std::uint64_t below_minus_one) noexcept {
        if (!takes_value()) return;
        constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        if (below_minus_one > most) return refuse("has a number that is too small");
        document_.Int64(-1 - static_cast<std::int64_t>(below_minus_one));
        end_value();
    }
    void take_double(double number) noexcept {
        if (!takes_value()) return;
        if (!std::isfinite(number)) return refuse("has a number that is none");
        document_.Double(number);
        end_value();
    }
    void take_bool(bool value) noexcept {
        if (!takes_value()) return;
        document_.Bool(value);
        end_value();
    }
    void take_null() noexcept {
        if (!takes_value()) return;
        document_.Null();
        end_value();
    }

    rapidjson::Document& document_;
    std::array<Level, depth_max> levels_{};
    std::size_t depth_ = 0, values_ = 0;
    bool names_follow_ = false;  ///< The value that comes is the context.
    bool at_version_ = false, has_version_ = false, done_ = false;
    const char* fault_ = nullptr;
};

template <auto take, class Value>
constexpr auto taking =
    [](void* reader, Value value) noexcept { (static_cast<Reader*>(reader)->*take)(value); };

const cbor_callbacks Reader::callbacks{
    .uint8 = taking<&Reader::take_number, std::uint8_t>,
    .uint16 = taking<&Reader::take_number, std::uint16_t>,
    .uint32 = taking<&Reader::take_number, std::uint32_t>,
    .uint64 = taking<&Reader::take_number, std::uint64_t>,
    .negint64 = taking<&Reader::take_negative, std::uint64_t>,
    .negint32 = taking<&Reader::take_negative, std::uint32_t>,
    .negint16 = taking<&Reader::take_negative, std::uint16_t>,
    .negint8 = taking<&Reader::take_negative, std::uint8_t>,
    .byte_string_start = [](void* reader) { static_cast<Reader*>(reader)->refuse("has a byte string"); },
    .byte_string = [](void* reader, cbor_data,
                      std::size_t) { static_cast<Reader*>(reader)->refuse("has a byte string"); },
    .string =
        [](void* reader, cbor_data data, std::size_t size) {
            static_cast<Reader*>(reader)->take_text({reinterpret_cast<const char*>(data), size});
        },
    .string_start = [](void* reader) { static_cast<Reader*>(reader)->refuse("has a text in pieces"); },
    .indef_array_start = [](void* reader) { static_cast<Reader*>(reader)->open(false, std::nullopt); },
    .array_start = [](void* reader, std::size_t size) { static_cast<Reader*>(reader)->open(false, size); },
    .indef_map_start = [](void* reader) { static_cast<Reader*>(reader)->open(true, std::nullopt); },
    .map_start = [](void* reader, std::size_t size) { static_cast<Reader*>(reader)->open(true, size); },
    .tag = [](void* reader, std::uint64_t) { static_cast<Reader*>(reader)->refuse("has a tag"); },
    .float2 = taking<&Reader::take_double, float>,
    .float4 = taking<&Reader::take_double, float>,
    .float8 = taking<&Reader::take_double, double>,
    .undefined = [](void* reader) { static_cast<Reader*>(reader)->refuse("has an undefined value"); },
    .null = [](void* reader) { static_cast<Reader*>(reader)->take_null(); },
    .boolean = taking<&Reader::take_bool, bool>,
    .indef_break = [](void* reader) { static_cast<Reader*>(reader)->end_indefinite(); },
};

compact_form::Decision decision_of(engine::Verdict verdict) noexcept {
    switch (verdict) {
        case engine::Verdict::allowed:
            return compact_form::Decision::allowed;
        case engine::Verdict::explicit_deny:
            return compact_form::Decision::explicit_deny;
        case engine::Verdict::implicit_deny:
            break;
    }
    return compact_form::Decision::implicit_deny;
}

/// What an item begins with: at most nine bytes.
template <auto encode, class Value>
void append(std::string& bytes, Value value) {
    std::array<unsigned char, 9> head{};
    const std::size_t size = encode(value, head.data(), head.size());
    bytes.append(reinterpret_cast<const char*>(head.data()), size);
}

}  // namespace

Result<void> read_compact(std::string_view bytes, rapidjson::Document& document) {
    const char* fault = nullptr;
    const auto read = [&](rapidjson::Document& into) {
        fault = Reader(into).read(bytes);
        return fault == nullptr;
    };
    document.Populate(read);
    if (fault == nullptr) return {};
    return fail("SerializationException", 400, std::string("The body of the request ") + fault + ".");
}

void CompactWriter::put_map(std::size_t members) {
    append<cbor_encode_map_start>(bytes_, members);
}

void CompactWriter::put(Member member) {
    append<cbor_encode_uint>(bytes_, static_cast<std::uint64_t>(member));
}

void CompactWriter::put(std::string_view text) {
    append<cbor_encode_string_start>(bytes_, text.size());
    bytes_.append(text);
}

void CompactWriter::start_answers(std::size_t count) {
    put_map(1);
    put(Member::answers);
    append<cbor_encode_array_start>(bytes_, count);
}

void CompactWriter::add(const Reply& reply) {
    const engine::Decision decision = reply.error ? engine::Decision{} : reply.decision;
    const bool has_message = !reply.message.empty(), has_explanation = !reply.explanation.empty();
    put_map(2 + std::size_t{reply.error.has_value()} + std::size_t{has_message} +
            std::size_t{has_explanation});
    put(Member::decision);
    append<cbor_encode_uint>(bytes_, static_cast<std::uint64_t>(decision_of(decision.verdict)));
    put(Member::decided_by);
    put(engine::name(decision.decided_by));
    if (reply.error) {
        put(Member::error);
        put(reply.error->code);
    }
    if (has_message) {
        put(Member::message);
        put(reply.message);
    }
    if (has_explanation) {
        put(Member::explanation);
        put(reply.explanation);
    }
}

}  // namespace writ::questions::internal
