#include "verifier/math/fold.h"

#include <algorithm>
#include <cstring>

#include "verifier/math/fold_table.h"
#include "verifier/math/names.h"

namespace assay::math {
namespace {

bool IsLetter(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z';
}

// Whether the text can be used as it is.
bool IsPlain(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const unsigned char c = text[i];
    if (c >= 0x80 || (c < 0x20 && c != '\n') || c == 0x7F) return false;
    if (c == '<' && i + 1 < text.size() &&
        (text[i + 1] == 's' || text[i + 1] == '/' || text[i + 1] == 'b')) {
      return false;
    }
    if (c == '&' && i + 1 < text.size() && IsLetter(text[i + 1])) return false;
    if (c == '\\' && i + 2 < text.size() && text[i + 1] == '\\') return false;
  }
  return true;
}

// Escapes that were lost on the way: "\t" + "ext" was "\text".
struct LostEscape {
  char control;
  char letter;
  std::string_view tails[8];
};
constexpr LostEscape kLostEscapes[] = {
    {'\t', 't', {"ext", "imes", "frac", "heta", "an", "au", "riangle", "o "}},
    {'\f', 'f', {"rac", "orall", "box", "loor"}},
    {'\b', 'b', {"oxed", "egin", "inom", "eta", "ar{", "mod", "ig", "f{"}},
    {'\a', 'a', {"lpha", "pprox", "ngle", "rc", "bs"}},
    {'\v', 'v', {"ec", "arphi", "ert", "ee"}},
    {'\r', 'r', {"ight", "ho", "angle", "floor", "ceil", "m{"}},
};

struct Entity {
  std::string_view name;
  std::string_view text;
};
constexpr Entity kEntities[] = {
    {"&lt;", "<"},
    {"&gt;", ">"},
    {"&amp;", "&"},
    {"&le;", "\\le "},
    {"&ge;", "\\ge "},
    {"&ne;", "\\ne "},
    {"&nbsp;", " "},
    {"&times;", "\\times "},
    {"&divide;", "\\div "},
    {"&minus;", "-"},
    {"&plusmn;", "\\pm "},
    {"&pi;", "\\pi "},
    {"&infin;", "\\infty "},
    {"&radic;", "\\sqrt "},
    {"&deg;", "^{\\circ}"},
    {"&sup2;", "^{2}"},
    {"&sup3;", "^{3}"},
    {"&middot;", "\\cdot "},
    {"&frac12;", "\\frac{1}{2}"},
    {"<sup>", "^{"},
    {"</sup>", "}"},
    {"<sub>", "_{"},
    {"</sub>", "}"},
    {"<br>", ", "},
    {"<br/>", ", "},
    {"<br />", ", "},
    {"<b>", " "},
    {"</b>", " "},
    {"<strong>", " "},
    {"</strong>", " "},
    {"</s>", " "},
    {"<s>", " "},
};

class Folder {
 public:
  Folder(std::string_view text, char* out, uint32_t* offsets)
      : text_(text), out_(out), offsets_(offsets) {}

  size_t Run();

 private:
  void Add(std::string_view piece) {
    for (char c : piece) {
      offsets_[used_] = static_cast<uint32_t>(at_);
      out_[used_++] = c;
    }
  }
  uint32_t CodePoint(size_t at, size_t* length) const;
  bool Control(char c);
  bool Markup();
  bool Backslashes();
  void Wide();
  bool Script(char (*sign)(uint32_t), const char* open);
  bool IsDoubled() const;

  std::string_view text_;
  char* out_;
  uint32_t* offsets_;
  size_t at_ = 0;
  size_t used_ = 0;
  bool doubled_ = false;
};

// The code point at `at`; bytes that are no UTF-8 stand for 0xFFFD.
uint32_t Folder::CodePoint(size_t at, size_t* length) const {
  const unsigned char first = text_[at];
  size_t count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
  *length = 1;
  if (first < 0x80) return first;
  if (count == 1 || first > 0xF4 || at + count > text_.size()) return 0xFFFD;
  uint32_t c = first & (0xFF >> (count + 1));
  for (size_t i = 1; i < count; ++i) {
    const unsigned char next = text_[at + i];
    if ((next & 0xC0) != 0x80) return 0xFFFD;
    c = (c << 6) | (next & 0x3F);
  }
  *length = count;
  return c;
}

bool Folder::Control(char c) {
  for (const LostEscape& lost : kLostEscapes) {
    if (lost.control != c) continue;
    for (std::string_view tail : lost.tails) {
      if (tail.empty() || text_.compare(at_ + 1, tail.size(), tail) != 0) {
        continue;
      }
      const char escape[] = {'\\', lost.letter};
      Add({escape, 2});
      ++at_;
      return true;
    }
  }
  Add(" ");
  ++at_;
  return true;
}

bool Folder::Markup() {
  for (const Entity& entity : kEntities) {
    if (text_.compare(at_, entity.name.size(), entity.name) == 0) {
      Add(entity.text);
      at_ += entity.name.size();
      return true;
    }
  }
  return false;
}

// Whether commands are written with two backslashes throughout.
bool Folder::IsDoubled() const {
  bool doubled = false;
  for (size_t i = 0; i + 1 < text_.size(); ++i) {
    if (text_[i] != '\\') continue;
    size_t run = 1;
    while (i + run < text_.size() && text_[i + run] == '\\') ++run;
    size_t end = i + run;
    while (end < text_.size() && IsLetter(text_[end])) ++end;
    const std::string_view name = text_.substr(i + run, end - i - run);
    const bool command = name.size() >= 2 && FindCommand(name) != nullptr;
    if (command && run == 2) doubled = true;
    i += run - 1;
  }
  return doubled;
}

// "\\frac" becomes "\frac" where commands are doubled and no environment
// needs its row ends, or the row ends are doubled too.
bool Folder::Backslashes() {
  if (!doubled_) return false;
  size_t run = 1;
  while (at_ + run < text_.size() && text_[at_ + run] == '\\') ++run;
  if (run == 1) return false;
  const char next = at_ + run < text_.size() ? text_[at_ + run] : ' ';
  const bool row_end =
      run == 2 && !IsLetter(next) &&
      std::string_view("{}[]()|,;!:%$_").find(next) == std::string_view::npos;
  for (size_t i = 0; i < (row_end ? 2 : (run + 1) / 2); ++i) Add("\\");
  at_ += run;
  return true;
}

bool Folder::Script(char (*sign)(uint32_t), const char* open) {
  size_t length = 0;
  char c = sign(CodePoint(at_, &length));
  if (c == '\0') return false;
  Add(open);
  while (c != '\0') {
    Add({&c, 1});
    at_ += length;
    c = at_ < text_.size() ? sign(CodePoint(at_, &length)) : '\0';
  }
  Add("}");
  return true;
}

void Folder::Wide() {
  if (Script(SuperscriptOf, "^{") || Script(SubscriptOf, "_{")) return;
  size_t length = 0;
  const uint32_t c = CodePoint(at_, &length);
  const int digit = FoldDigit(c);
  const std::string_view sign = FoldSign(c);
  if (digit >= 0) {
    const char d = static_cast<char>('0' + digit);
    Add({&d, 1});
  } else if (sign.data() != nullptr) {
    Add(sign);
  } else if (c >= 0xFF01 && c <= 0xFF5E) {  // Full-width ASCII.
    const char ascii = static_cast<char>(c - 0xFEE0);
    Add({&ascii, 1});
  } else if (c == 0xFFFD) {
    Add("?");
  } else {
    Add(text_.substr(at_, length));
  }
  at_ += length;
}

size_t Folder::Run() {
  doubled_ = IsDoubled();
  while (at_ < text_.size()) {
    const unsigned char c = text_[at_];
    if (c >= 0x80) {
      Wide();
    } else if (c < 0x20 || c == 0x7F) {
      Control(static_cast<char>(c));
    } else if ((c == '<' || c == '&') && Markup()) {
    } else if (c == '\\' && Backslashes()) {
    } else {
      Add(text_.substr(at_, 1));
      ++at_;
    }
  }
  offsets_[used_] = static_cast<uint32_t>(at_);
  return used_;
}

}  // namespace

bool Fold(std::string_view text, Arena* arena, Folded* folded) {
  folded->text = text;
  folded->offsets = nullptr;
  if (IsPlain(text)) return true;
  const size_t capacity = text.size() * kFoldFactor + 16;
  char* out = arena->AllocateBytes(capacity);
  char* offsets = arena->AllocateBytes((capacity + 1) * sizeof(uint32_t) +
                                       alignof(uint32_t));
  if (out == nullptr || offsets == nullptr) return false;
  const size_t shift =
      (alignof(uint32_t) - reinterpret_cast<uintptr_t>(offsets)) &
      (alignof(uint32_t) - 1);
  uint32_t* aligned = reinterpret_cast<uint32_t*>(offsets + shift);
  const size_t used = Folder(text, out, aligned).Run();
  folded->text = {out, used};
  folded->offsets = aligned;
  return true;
}

}  // namespace assay::math
