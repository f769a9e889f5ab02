#include "verifier/math/answer_judge.h"

#include <vector>

#include "verifier/math/order_guard.h"
#include "verifier/math/parse.h"
#include "verifier/math/parts.h"
#include "verifier/math/prose.h"
#include "verifier/math/quick_numbers.h"
#include "verifier/math/rewrite.h"
#include "verifier/math/structure.h"
#include "verifier/math/words.h"

namespace assay::math {
namespace {

constexpr uint64_t kQuickOperations = 4;

Extraction ExtractFrom(std::string_view text, bool bare, bool choice,
                       bool quick) {
  if (quick && bare && !choice && IsPlainAnswer(text)) {
    Extraction whole;
    whole.found = true;
    whole.mark = "whole text";
    whole.end_bytes = text.size();
    whole.text = std::string(text);
    return whole;
  }
  ExtractOptions options;
  options.bare = bare;
  options.choice = choice;
  return Extract(text, options);
}

// The letter or the option's text.
Finding Choice(const Question& question, std::string_view gold,
               std::string_view answer, Explanation* explain) {
  auto index = [&question](std::string_view text) {
    const int option = OptionOf(text, question.options);
    return option >= 0 ? option : ChoiceLetter(text);
  };
  const int g = index(gold), a = index(answer);
  if (g < 0 || a < 0) {
    if (NormalizedWords(gold) == NormalizedWords(answer)) {
      return Finding::Equal(Proof::kIdentical, "text");
    }
    return Finding::Different("not the gold's choice");
  }
  explain->Line("choice: " + std::string(1, static_cast<char>('A' + g)) +
                " and " + std::string(1, static_cast<char>('A' + a)));
  if (g == a) return Finding::Equal(Proof::kIdentical, "text");
  return Finding::Different("another choice");
}

// What was found of all golds.
void Conclude(bool answer_unreadable, const std::string& invalid_gold,
              Decision* decision) {
  const std::optional<Finding>& best = decision->finding;
  if (!best && !invalid_gold.empty()) {
    decision->verdict = Verdict::kNoVerdict;
    decision->cause = Cause::kInvalidGold;
    decision->reason = invalid_gold;
  } else if (!best) {
    decision->verdict = Verdict::kNoAnswer;
    decision->reason = "no answer found in the response";
  } else if (best->equal()) {
    decision->verdict = Verdict::kAccepted;
    decision->reason = "equal";
  } else if (answer_unreadable) {
    decision->verdict = Verdict::kNoAnswer;
    decision->reason = "the answer cannot be parsed";
  } else {
    decision->verdict =
        best->different() ? Verdict::kWrongAnswer : Verdict::kUndecided;
    decision->reason = best->reason;
  }
}

// The items of a list or tuple of `count`, as texts; empty otherwise.
std::vector<std::string_view> ItemTexts(std::string_view text, size_t count,
                                        Arena* arena) {
  absl::StatusOr<const Expr*> e = Parse(text, ParseOptions(), arena);
  if (!e.ok() || ((*e)->kind != Kind::kList && (*e)->kind != Kind::kTuple) ||
      (*e)->children_count != count) {
    return {};
  }
  std::vector<std::string_view> items;
  for (const Expr* c : (*e)->children()) {
    if (c->begin_bytes >= c->end_bytes || c->end_bytes > text.size()) return {};
    // "(b) 3, (a) 4" has labels of its own.
    if (c->kind == Kind::kLabelled) return {};
    items.push_back(text.substr(c->begin_bytes, c->end_bytes - c->begin_bytes));
  }
  return items;
}

// |z|^2 and z^2: z, w and \psi are complex by custom, and what has an i beside
// a letter; |A| of a set or a matrix is another thing.
bool ModulusLost(const Expr& gold, const Expr& answer) {
  const bool gold_has = gold.contents.Has(Function::kAbs);
  if (gold_has == answer.contents.Has(Function::kAbs)) return false;
  const auto complex = [](const Expr& x) {
    if (x.kind == Kind::kApply) return true;
    if (x.kind != Kind::kSymbol) return false;
    const std::string_view name = x.text.substr(0, x.text.find('_'));
    return name == "z" || name == "w" || name == "psi" || name == "Psi" ||
           name == "alpha" || name == "beta" || x.text.starts_with("c_");
  };
  const Expr& e = gold_has ? gold : answer;
  const bool letters = (gold_has ? answer : gold).contents.Has(Kind::kSymbol);
  return Contains(e, [&](const Expr& x) {
    if (!IsFunction(x, Function::kAbs)) return false;
    const Expr& inside = x.child(0);
    const bool name = inside.kind == Kind::kSymbol && inside.text.size() == 1 &&
                      inside.text[0] >= 'A' && inside.text[0] <= 'Z';
    return (letters && (name || Contains(inside, complex))) ||
           (inside.contents.Has(Constant::kI) &&
            inside.contents.Has(Kind::kSymbol));
  });
}

// Whether both may be one text but for spaces and wrappers: the last sign of
// the one is that of the other.
bool MayBeSpelledAlike(std::string_view a, std::string_view b) {
  const auto last = [](std::string_view text) {
    const size_t at = text.find_last_not_of(" \t\n\r${}");
    return at == text.npos ? '\0' : text[at];
  };
  return last(a) == last(b);
}

// The text before "respectively" or "in that order" at its end.
std::string_view WithoutRespectively(std::string_view text) {
  std::string_view rest = text;
  const auto drop = [&rest](std::string_view signs) {
    const size_t last = rest.find_last_not_of(signs);
    rest = rest.substr(0, last == rest.npos ? 0 : last + 1);
  };
  drop(" .}$");
  for (std::string_view word :
       {"respectively", "in that order", "in this order", "分别"}) {
    if (!rest.ends_with(word)) continue;
    rest.remove_suffix(word.size());
    drop(" ,$~");
    // "\text{, respectively}"
    constexpr std::string_view kText = "\\text{";
    if (rest.ends_with(kText)) rest.remove_suffix(kText.size());
    drop(" ,$~\\");
    return rest;
  }
  return text;
}

}  // namespace

std::optional<Finding> AnswerJudge::CompareParts(
    const Question& question, std::string_view gold, std::string_view answer,
    Budget* budget, Explanation* explain, Fault* fault) {
  std::vector<std::string_view> g = NumberedParts(gold);
  std::vector<std::string_view> a = NumberedParts(answer);
  if (g.empty() && a.empty()) return std::nullopt;
  if (g.empty()) g = ItemTexts(gold, a.size(), &arena_);
  if (a.empty()) a = ItemTexts(answer, g.size(), &arena_);
  if (g.size() != a.size() || g.empty()) return std::nullopt;
  explain->Line("parts: " + std::to_string(g.size()) + ", one by one");
  Finding total = Finding::Equal(Proof::kIdentical, "structure");
  for (size_t i = 0; i < g.size(); ++i) {
    Finding f = CompareTexts(question, g[i], a[i], budget, explain, fault);
    if (!f.equal()) return f;
    total = Both(std::move(total), std::move(f));
  }
  return std::move(total).Note("parts of a question, in order");
}

Finding AnswerJudge::CompareTexts(const Question& question,
                                  std::string_view gold,
                                  std::string_view answer, Budget* budget,
                                  Explanation* explain, Fault* fault) {
  if (MayBeSpelledAlike(gold, answer) && !gold.empty() &&
      NormalizedFormula(gold) == NormalizedFormula(answer)) {
    explain->Line("text: the same after normalisation");
    return Finding::Equal(Proof::kIdentical, "text");
  }
  arena_.Reset();
  // "3 and 5, respectively": the order counts.
  MathPolicy policy = question.policy;
  for (std::string_view* side : {&gold, &answer}) {
    const std::string_view ordered = WithoutRespectively(*side);
    policy.ordered_lists |= ordered.size() != side->size();
    *side = ordered;
  }
  if (std::optional<Finding> f =
          CompareParts(question, gold, answer, budget, explain, fault)) {
    return *std::move(f);
  }
  const std::vector<Reading> readings = Readings(gold, answer, &arena_, fault);
  std::optional<Finding> best;
  for (const Reading& reading : readings) {
    explain->Reading(reading);
    Ladder ladder(*world_, evaluator_, policy, &arena_, budget,
                  explain->trace());
    Structure structure(&ladder, gold, answer);
    Finding f = structure.Compare(*reading.gold, *reading.answer);
    if (!reading.note.empty()) f.notes.push_back(reading.note);
    if (f.equal() && reading.doubtful) {
      return Finding::Undecided("structure", "a comma may be a decimal sign");
    }
    // Of what is neither mathematics nor prose a quotation mark or two may be
    // dropped; a row of signs is no decoration.
    constexpr size_t kDroppedMax = 2;
    if (f.equal() && *fault != Fault::kNone &&
        CountDroppedSigns(gold) + CountDroppedSigns(answer) > kDroppedMax) {
      return Finding::Different("the texts differ");
    }
    if (f.equal() && LackOtherThings(gold, answer)) {
      return Finding::Different("none of another kind");
    }
    if (f.equal() && ConnectivesDiffer(gold, answer)) {
      return Finding::Different("another connective");
    }
    if (f.equal() && ModulusLost(*reading.gold, *reading.answer)) {
      return Finding::Undecided("structure",
                                "a modulus of what may be complex");
    }
    if (f.equal() && OrdersDiffer(gold, answer)) {
      return Finding::Undecided("structure",
                                "products whose order counts are in another");
    }
    if (f.equal()) return f;
    // The first reading is the usual one; others may only find equality.
    if (!best) best = std::move(f);
  }
  const Options options = CompareOptions(gold, answer);
  if (options == Options::kSame) {
    *fault = Fault::kNone;
    return Finding::Equal(Proof::kIdentical, "text")
        .Note("options of a question");
  }
  if (options == Options::kOther) {
    *fault = Fault::kNone;
    return Finding::Different("another choice");
  }
  if (best) return *std::move(best);
  // Words on either side.
  const std::string x = NormalizedWords(gold), y = NormalizedWords(answer);
  if (!x.empty() && x == y && BracketsOf(gold) == BracketsOf(answer)) {
    *fault = Fault::kNone;
    return Finding::Equal(Proof::kIdentical, "text");
  }
  return Finding::Different("the texts differ");
}

Finding AnswerJudge::Compare(const Question& question, std::string_view gold,
                             std::string_view answer, Budget* budget,
                             Explanation* explain, Fault* fault) {
  *fault = Fault::kNone;
  if (explain->trace() != nullptr) {
    return CompareTexts(question, gold, answer, budget, explain, fault);
  }
  if (gold == answer && !gold.empty()) {
    return Finding::Equal(Proof::kIdentical, "text");
  }
  if (std::optional<Finding> f = DifferentNumbers(gold, answer)) {
    budget->Spend(kQuickOperations);
    return *std::move(f);
  }
  if (!kept_) {
    return CompareTexts(question, gold, answer, budget, explain, fault);
  }
  const std::string key = KeptFindings::Key(gold, answer, question.policy);
  if (const KeptFinding* const kept = kept_->Find(key)) {
    *fault = kept->fault;
    return kept->finding;
  }
  Finding f = CompareTexts(question, gold, answer, budget, explain, fault);
  kept_->Put(key, f, *fault);
  return f;
}

Decision AnswerJudge::Decide(const Question& question,
                             const std::atomic<bool>& cancelled,
                             Explanation* explain) {
  Decision decision;
  const bool choice = question.choice || !question.options.empty();
  const bool quick = explain->trace() == nullptr;
  decision.answer =
      ExtractFrom(question.candidate, !question.is_response, choice, quick);
  const Extraction& answer = decision.answer;
  explain->Question(question.text);
  explain->Answer(answer);
  Budget budget;
  std::optional<Finding>& best = decision.finding;
  std::string invalid_gold;
  bool answer_unreadable = false;
  for (const std::string_view text : question.golds) {
    if (cancelled.load(std::memory_order_relaxed)) {
      decision.verdict = Verdict::kNoVerdict;
      decision.cause = Cause::kCancelled;
      decision.reason = "cancelled";
      return decision;
    }
    const Extraction gold = ExtractFrom(text, true, choice, quick);
    explain->Gold(gold);
    if (!gold.found || gold.text.empty()) {
      invalid_gold = "math.gold: no answer in it";
      continue;
    }
    if (!answer.found || answer.text.empty()) continue;
    Fault fault = Fault::kNone;
    budget.limit = budget.spent + Budget::kOperationsMax;
    Finding f = choice ? Choice(question, gold.text, answer.text, explain)
                       : Compare(question, gold.text, answer.text, &budget,
                                 explain, &fault);
    explain->Found(f);
    if (fault == Fault::kGold && !f.equal()) {
      invalid_gold = "math.gold: cannot be read";
      continue;
    }
    answer_unreadable |= fault == Fault::kAnswer && !f.equal();
    const bool better =
        !best || f.equal() || (f.undecided() && best->different());
    if (better) {
      decision.gold_text = Clipped(gold.text);
      best = std::move(f);
    }
    if (best->equal()) break;
  }
  decision.operations_count = budget.spent;
  Conclude(answer_unreadable, invalid_gold, &decision);
  return decision;
}

}  // namespace assay::math
