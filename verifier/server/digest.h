// What names these bytes? Their SHA-256.
//
//   Sha256 sum;
//   sum.Add("a");
//   sum.Add("b");
//   std::string digest = Hex(sum.Finish());  // 64 lower-case digits.
//
// Threads: one at a time. Errors: none.
#ifndef VERIFIER_SERVER_DIGEST_H_
#define VERIFIER_SERVER_DIGEST_H_

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace assay::server {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void Add(std::string_view bytes);
  // The 32 bytes of the digest; nothing is added after.
  std::string Finish();

 private:
  evp_md_ctx_st* const context_;
};

// The whole of it, in hexadecimal.
std::string DigestOf(std::string_view bytes);
std::string Hex(std::string_view bytes);
// 64 lower-case hexadecimal digits.
bool IsDigest(std::string_view text);

}  // namespace assay::server

#endif  // VERIFIER_SERVER_DIGEST_H_
