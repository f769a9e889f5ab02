// Plain values to bytes and back: fixed-width little-endian numbers and
// length-prefixed strings.
//
//   Writer writer;
//   writer.U64(id).String(name);
//   Reader reader(writer.bytes());
//   uint64_t id = reader.U64();
//   if (!reader.Finished()) { /* malformed */ }
//
// Errors: a Reader that runs short answers zeroes and is not ok() from then.
// Threads: none shared. Bounds: no string is longer than what is left.
#ifndef SANDBOX_WIRE_CODEC_H_
#define SANDBOX_WIRE_CODEC_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::sandbox {

class Writer {
 public:
  Writer& U64(uint64_t value);
  Writer& I64(int64_t value) { return U64(static_cast<uint64_t>(value)); }
  Writer& Bool(bool value) { return U64(value ? 1 : 0); }
  Writer& String(std::string_view value);
  template <typename Strings>
  Writer& StringList(const Strings& values) {
    U64(values.size());
    for (const auto& value : values) String(value);
    return *this;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  uint64_t U64();
  int64_t I64() { return static_cast<int64_t>(U64()); }
  int Int() { return static_cast<int>(I64()); }
  bool Bool() { return U64() != 0; }
  std::string String();
  // The number of elements that follow; each takes eight bytes or more, so a
  // count that cannot be met is refused.
  uint64_t Count();
  template <typename Strings>
  void StringList(Strings* values) {
    uint64_t count = Count();
    for (uint64_t i = 0; i < count && ok_; ++i) values->push_back(String());
  }
  bool ok() const { return ok_; }
  bool Finished() const { return ok_ && bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool ok_ = true;
};

}  // namespace assay::sandbox

#endif  // SANDBOX_WIRE_CODEC_H_
