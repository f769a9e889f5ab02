// Changes of a text, told by offsets of the unchanged one.
//
//   Edits edits;
//   edits.Replace(begin, size, "other");
//   std::string changed = edits.Apply(text);
//
// Changes do not overlap; their order does not matter.
#ifndef VERIFIER_CODE_LIFT_EDITS_H_
#define VERIFIER_CODE_LIFT_EDITS_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace assay::code {

class Edits {
 public:
  void Replace(size_t begin, size_t size, std::string by) {
    changes_[begin] = {size, std::move(by)};
  }
  std::string Apply(std::string_view text) const {
    std::string made;
    size_t at = 0;
    for (const auto& [begin, change] : changes_) {
      made.append(text.substr(at, begin - at)).append(change.second);
      at = begin + change.first;
    }
    return made.append(text.substr(at));
  }

 private:
  std::map<size_t, std::pair<size_t, std::string>> changes_;
};

}  // namespace assay::code

#endif  // VERIFIER_CODE_LIFT_EDITS_H_
