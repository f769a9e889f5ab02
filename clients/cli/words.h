// The words of a report as people write them: names without the enum's
// prefix, the two letters of the field, and what a label expects.
//
//   VerdictName(v1::VERDICT_ACCEPTED);      // "ACCEPTED"
//   ParseVerdict("VERDICT_ACCEPTED");       // VERDICT_ACCEPTED; so "ACCEPTED"
//   Meets("FAIL", v1::VERDICT_WRONG_ANSWER) // true
//
// Threads: pure functions.
#ifndef CLIENTS_CLI_WORDS_H_
#define CLIENTS_CLI_WORDS_H_

#include <optional>
#include <string>
#include <string_view>

#include "proto/assay/v1/report.pb.h"

namespace assay::cli {

std::string VerdictName(v1::Verdict verdict);
// "AC", "WA", ...; "--" where there is none.
std::string_view VerdictCode(v1::Verdict verdict);
std::string CauseName(v1::Cause cause);
std::string IntegrityName(v1::Integrity integrity);

// With or without the prefix, or the two letters. Nothing: no such verdict.
std::optional<v1::Verdict> ParseVerdict(std::string_view text);

// Whether a sample was judged: UNDECIDED and NO_VERDICT are not.
bool IsJudged(v1::Verdict verdict);

// Whether our side failed the sample, so that sending it again may help.
bool IsOurs(v1::Cause cause);

// What a sample's label expects of its verdict.
//   PASS, FAIL                    ACCEPTED; any other verdict that was judged
//   a verdict's name or letters   that one; TLE, MLE, OLE and SECURITY too
// and alternatives between `|` or `,`. Nothing: the label says none of these.
std::optional<bool> Meets(std::string_view expected, v1::Verdict verdict);

// Whether a label expects ACCEPTED, and nothing else. Nothing: not readable.
std::optional<bool> ExpectsPass(std::string_view expected);

}  // namespace assay::cli

#endif  // CLIENTS_CLI_WORDS_H_
