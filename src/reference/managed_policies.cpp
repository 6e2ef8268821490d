#include "reference/managed_policies.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <span>
#include <vector>

#include "reference/authorization.h"
#include "reference/internal/authorization_table.h"
#include "reference/internal/packed.h"

namespace writ::reference {
namespace {

using internal::Bytes;
using internal::Lists;
using internal::Numbers;
using internal::Table;

constexpr std::string_view iam_prefix = "arn:aws:iam::aws:policy";

/// The policies without their documents.
struct Listed {
    Bytes names;
    std::string arns;
    std::vector<ManagedPolicy> policies;  ///< By ARN; those of IAM come first.
    std::vector<std::uint32_t> starts;    ///< Of their documents, in bytes.
    std::size_t iam_count = 0;
};

/// The documents as tokens; data/builders/managed_policies.py describes them.
struct Documents {
    Bytes names;
    std::vector<std::string_view> literals;
    Bytes numbers;
    Lists<std::uint32_t> shapes;
    std::string_view tokens;
};

Listed load_list() {
    Listed listed{internal::unpack(Table::managed_policies, 0), {}, {}, {}, 0};
    const auto bytes = internal::unpack(Table::managed_policies, 1);
    const auto strings = internal::strings_of(listed.names);
    Numbers numbers(bytes);
    const auto text = [&] { return strings[numbers.next()]; };

    listed.policies.resize(numbers.next());
    std::vector<std::uint32_t> arn_sizes;
    std::uint32_t start = 0;
    for (auto& policy : listed.policies) {
        const auto folder = text();
        policy.name = text();
        policy.path = folder.starts_with(iam_prefix) ? folder.substr(iam_prefix.size()) : "/";
        policy.version_id = text();
        policy.created = text();
        policy.updated = text();
        if (folder.starts_with(iam_prefix)) ++listed.iam_count;
        listed.arns.append(folder).append(policy.name);
        arn_sizes.push_back(static_cast<std::uint32_t>(folder.size() + policy.name.size()));
        listed.starts.push_back(start);
        start += numbers.next();
    }
    listed.arns.shrink_to_fit();
    std::string_view rest = listed.arns;
    for (std::size_t i = 0; i < listed.policies.size(); ++i) {
        listed.policies[i].arn = rest.substr(0, arn_sizes[i]);
        rest.remove_prefix(arn_sizes[i]);
    }
    return listed;
}

const Listed& listed() {
    static const struct Holder {
        Listed list = load_list();
        // Views into short strings would not survive a move of their owner.
        Holder() = default;
        Holder(const Holder&) = delete;
    } holder;
    return holder.list;
}

Documents load_documents() {
    Documents documents{internal::unpack(Table::managed_policies, 2),
                        {},
                        internal::unpack(Table::managed_policies, 3),
                        {},
                        {}};
    documents.literals = internal::strings_of(documents.names);
    Numbers numbers(documents.numbers);
    documents.shapes = internal::read_lists<std::uint32_t>(numbers, [&] { return numbers.next(); });
    documents.tokens = numbers.rest();
    return documents;
}

const Documents& documents() {
    static const Documents documents = load_documents();
    return documents;
}

/// Writes one document.
class Printer {
  public:
    explicit Printer(std::string_view tokens) : numbers_(tokens) {}

    std::string print() {
        value();
        return {buffer_.GetString(), buffer_.GetSize()};
    }

  private:
    enum Kind : std::uint8_t { literal, action, object, other };

    void value() {
        const auto token = numbers_.next();
        const auto rest = token >> 2U;
        switch (static_cast<Kind>(token & 3U)) {
            case literal:
                return string(documents_.literals[rest]);
            case action:
                return string(actions_[rest].name);
            case object:
                return members(rest);
            case other:
                return scalar_or_array(rest);
        }
    }

    void members(std::uint32_t shape) {
        writer_.StartObject();
        for (const auto name : documents_.shapes[shape]) {
            string(documents_.literals[name]);
            value();
        }
        writer_.EndObject();
    }

    void scalar_or_array(std::uint32_t rest) {
        if (rest == 0) {
            writer_.Null();
        } else if (rest <= 2) {
            writer_.Bool(rest == 2);
        } else if (rest == 3) {
            const auto lexeme = documents_.literals[numbers_.next()];
            writer_.RawValue(lexeme.data(), lexeme.size(), rapidjson::kNumberType);
        } else {
            writer_.StartArray();
            for (auto left = rest - 4; left != 0; --left) value();
            writer_.EndArray();
        }
    }

    void string(std::string_view text) {
        writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
    }

    const Documents& documents_ = documents();
    const std::vector<Action>& actions_ = internal::authorization_table().actions;
    Numbers numbers_;
    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

}  // namespace

std::size_t managed_policy_count() noexcept {
    return listed().iam_count;
}

const ManagedPolicy& managed_policy(std::size_t index) noexcept {
    assert(index < managed_policy_count());
    return listed().policies[index];
}

const ManagedPolicy* find_managed_policy(std::string_view arn) noexcept {
    const auto& policies = listed().policies;
    const auto found = std::ranges::lower_bound(policies, arn, {}, &ManagedPolicy::arn);
    return found != policies.end() && found->arn == arn ? &*found : nullptr;
}

std::string managed_policy_document(const ManagedPolicy& policy) {
    const auto& list = listed();
    const auto index = static_cast<std::size_t>(&policy - list.policies.data());
    assert(index < list.policies.size());
    return Printer(documents().tokens.substr(list.starts[index])).print();
}

}  // namespace writ::reference
