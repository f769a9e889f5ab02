#include "verifier/math/lex_state.h"

namespace assay::math {

bool Lexer::Command() {
  const size_t begin = at_;
  size_t end = at_ + 1;
  while (end < text_.size() && IsAsciiLetter(text_[end])) ++end;
  if (end == at_ + 1) {
    if (end >= text_.size()) return Fail("a lone backslash");
    ++end;
  }
  std::string_view name = text_.substr(begin + 1, end - begin - 1);
  const Name* command = FindCommand(name);
  if (name == "not") {
    negate_relation_ = true;
    at_ = end;
    return true;
  }
  if (name == "color" || name == "textcolor") {
    // The colour means nothing; what it colours follows.
    at_ = end;
    SkipSpaces();
    const size_t close = Peek() == '{' ? text_.find('}', at_) : text_.npos;
    if (close == text_.npos) return Fail("a colour");
    at_ = close + 1;
    space_before_ = true;
    return true;
  }
  if (command == nullptr) {
    // \leftarrow is no \left; but \left( needs no space.
    return Fail("an unknown command");
  }
  at_ = end;
  return EmitCommand(*command, begin);
}

bool Lexer::EmitCommand(const Name& name, size_t begin) {
  switch (name.type) {
    case Tok::kSkip:
      if (name.name != "!") space_before_ = true;
      return true;
    case Tok::kSize:
      SkipSpaces();
      if (Peek() == '.') {
        ++at_;
        if (name.detail == kBarClose) {
          Emit(Tok::kNullClose, begin, at_);
          return true;
        }
        space_before_ = true;
        return true;
      }
      if (Peek() == '|' || Peek() == '\\') pending_side_ = name.detail;
      if (Peek() == '\\' && (Peek(1) == '{' || Peek(1) == '}' ||
                             Peek(1) == 'l' || Peek(1) == 'r')) {
        pending_side_ = kBarEither;
      }
      return true;
    case Tok::kUpright:
      return OpenFont(kTransparentText, begin);
    case Tok::kFont:
      return OpenFont(name.detail == 1 ? kTransparentBold : kTransparentFont,
                      begin);
    case Tok::kBlackboard:
      return Blackboard(begin);
    case Tok::kBegin:
      return Environment(begin, true);
    case Tok::kEndEnvironment:
      return Environment(begin, false);
    case Tok::kRelation: {
      uint16_t detail = name.detail;
      if (negate_relation_) {
        if (detail == static_cast<uint16_t>(Relation::kIn)) {
          detail = static_cast<uint16_t>(Relation::kNotIn);
        } else if (detail == static_cast<uint16_t>(Relation::kEqual)) {
          detail = static_cast<uint16_t>(Relation::kNotEqual);
        } else {
          return Fail("a negated relation without a name");
        }
        negate_relation_ = false;
      }
      Emit(name.type, begin, at_, detail);
      return true;
    }
    case Tok::kBar:
    case Tok::kNormBar:
      Emit(name.type, begin, at_,
           name.detail != kBarEither ? name.detail : pending_side_);
      pending_side_ = kBarEither;
      return true;
    case Tok::kOpenSet:
    case Tok::kOpenAngle:
      ++bracket_depth_;
      break;
    case Tok::kCloseSet:
    case Tok::kCloseAngle:
      --bracket_depth_;
      break;
    default:
      break;
  }
  if (name.type == Tok::kRowEnd && ContinuesEquation()) return true;
  Token& token = Emit(name.type, begin, at_, name.detail, name.text);
  token.flags |= kFromCommand;
  if (name.type == Tok::kWord) token.flags |= kLetters;
  return true;
}

// "x &= 2 \\\\ &= 3": the row goes on with the equation.
bool Lexer::ContinuesEquation() {
  if (environment_depth_ > 0) return false;
  const size_t next = text_.find_first_not_of(" \n&", at_);
  if (next == text_.npos || text_[next] != '=') return false;
  at_ = next;
  return true;
}

bool Lexer::OpenFont(Brace brace, size_t begin) {
  if (Peek() == '*') ++at_;
  const size_t before = at_;
  SkipSpaces();
  if (Peek() != '{') {
    at_ = before;
    space_before_ = true;
    return true;
  }
  const Tok last = Last();
  ++at_;
  if (last == Tok::kCaret || last == Tok::kUnderscore) {
    if (brace == kTransparentText) {
      Emit(Tok::kOpenGroup, begin, at_);
      ++upright_depth_;
      braces_.push_back(kTextGroup);
    } else {
      Emit(Tok::kOpenGroup, begin, at_);
      braces_.push_back(kGroup);
    }
    return true;
  }
  space_before_ = true;
  if (brace == kTransparentText) ++upright_depth_;
  if (brace == kTransparentBold) ++bold_depth_;
  braces_.push_back(brace);
  return true;
}

bool Lexer::Blackboard(size_t begin) {
  SkipSpaces();
  size_t at = at_;
  const bool braced = at < text_.size() && text_[at] == '{';
  if (braced) ++at;
  while (at < text_.size() && IsSpace(text_[at])) ++at;
  const char c = at < text_.size() ? text_[at] : '\0';
  ++at;
  while (braced && at < text_.size() && IsSpace(text_[at])) ++at;
  if (braced && (at >= text_.size() || text_[at] != '}')) {
    return Fail("one letter after \\mathbb");
  }
  if (braced) ++at;
  const std::optional<NamedSet> set =
      c == 'P' ? NamedSet::kPrimes : NamedSetOf(c);
  // The expectation and the probability, where they are applied.
  const char open = at < text_.size() ? text_[at] : '\0';
  const bool applied = open == '(' || open == '[' || open == '\\';
  if (c == 'E' || (c == 'P' && applied)) {
    Emit(Tok::kSymbol, begin, at, 0, text_.substr(text_.find(c, begin), 1));
    at_ = at;
    return true;
  }
  if (!set) return Fail("a known set after \\mathbb");
  at_ = at;
  Emit(Tok::kNamedSet, begin, at_, static_cast<uint16_t>(*set));
  return true;
}

bool Lexer::Environment(size_t begin, bool opening) {
  SkipSpaces();
  if (Peek() != '{') return Fail("the name of an environment");
  const size_t close = text_.find('}', at_);
  if (close == std::string_view::npos || close - at_ > 24) {
    return Fail("the name of an environment");
  }
  std::string_view name = text_.substr(at_ + 1, close - at_ - 1);
  at_ = close + 1;
  if (!name.empty() && name.back() == '*') name.remove_suffix(1);
  const bool matrix = name == "array" || name.find("matrix") != name.npos;
  const bool cases = name == "cases" || name == "dcases" || name == "rcases";
  if (!matrix && !cases) {
    space_before_ = true;  // align, equation, split, ...: transparent.
    return true;
  }
  if (!opening) {
    --environment_depth_;
    Emit(Tok::kEndEnvironment, begin, at_, 0, name);
    return true;
  }
  ++environment_depth_;
  if (name == "array" && Peek() == '{') {
    const size_t end = text_.find('}', at_);
    if (end == std::string_view::npos) return Fail("the columns of an array");
    at_ = end + 1;
  }
  Emit(Tok::kBegin, begin, at_, cases ? 1 : 0, name);
  return true;
}

}  // namespace assay::math
