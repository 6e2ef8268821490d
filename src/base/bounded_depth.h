#pragma once

#include <cstdint>

namespace writ {

/// Hands the events of a RapidJSON reader on to another handler, a document, as long as brackets do not stand
/// too deep inside each other; then the reader ends with kParseErrorTermination. RapidJSON reads without
/// recursion if told so, but prints with it. For one text.
template <class Handler>
class BoundedDepth {
  public:
    BoundedDepth(Handler& handler, int depth_max) : handler_(handler), depth_max_(depth_max) {}

    bool Null() { return handler_.Null(); }
    bool Bool(bool value) { return handler_.Bool(value); }
    bool Int(int number) { return handler_.Int(number); }
    bool Uint(unsigned number) { return handler_.Uint(number); }
    bool Int64(std::int64_t number) { return handler_.Int64(number); }
    bool Uint64(std::uint64_t number) { return handler_.Uint64(number); }
    bool Double(double number) { return handler_.Double(number); }
    bool RawNumber(const char* text, unsigned length, bool copy) {
        return handler_.RawNumber(text, length, copy);
    }
    bool String(const char* text, unsigned length, bool copy) { return handler_.String(text, length, copy); }
    bool Key(const char* text, unsigned length, bool copy) { return handler_.Key(text, length, copy); }
    bool StartObject() { return ++depth_ <= depth_max_ && handler_.StartObject(); }
    bool StartArray() { return ++depth_ <= depth_max_ && handler_.StartArray(); }
    bool EndObject(unsigned members) {
        --depth_;
        return handler_.EndObject(members);
    }
    bool EndArray(unsigned items) {
        --depth_;
        return handler_.EndArray(items);
    }

  private:
    Handler& handler_;
    int depth_max_;
    int depth_ = 0;
};

}  // namespace writ
