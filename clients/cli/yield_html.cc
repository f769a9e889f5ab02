#include "clients/cli/yield_html.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/words.h"

namespace assay::cli {
namespace {

constexpr size_t kGroupsShownMax = 500;

// One colour a verdict: gold for what is kept, greys where nothing was said.
constexpr const char* kColours[] = {"#000",    "#c9971c", "#8c4a3c", "#a9745a",
                                    "#5b6f8f", "#7d5a8c", "#4c8c86", "#3f7a5a",
                                    "#7c8c4c", "#b03030", "#b9b9b9", "#dddddd"};

constexpr char kHead[] = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Assay: yield</title>
<style>
body{font:15px/1.5 Georgia,serif;color:#222;max-width:62rem;margin:3rem auto;
padding:0 1rem}
h1{font-weight:normal}table{border-collapse:collapse;width:100%}
th,td{text-align:right;padding:.25rem .6rem;border-bottom:1px solid #eee;
font-variant-numeric:tabular-nums}
th:first-child,td:first-child{text-align:left}
td.bar{width:40%}.bar div{display:flex;height:1rem}
.key span{margin-right:1.2rem;white-space:nowrap}
.key i{display:inline-block;width:.8rem;height:.8rem;margin-right:.3rem}
.all td{border-top:2px solid #222;font-weight:bold}small{color:#777}
</style></head><body><h1>Yield</h1>
)";

std::string Escape(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return escaped;
}

std::string Bar(const Tally& tally) {
  std::string bar = "<div>";
  for (size_t i = 1; i < tally.by_verdict.size(); ++i) {
    if (tally.by_verdict[i] == 0) continue;
    absl::StrAppend(
        &bar,
        absl::StrFormat(
            "<span style=\"flex:%d;background:%s\" title=\"%s %d\"></span>",
            tally.by_verdict[i], kColours[i],
            VerdictName(static_cast<v1::Verdict>(i)), tally.by_verdict[i]));
  }
  return bar + "</div>";
}

std::string Row(const std::string& name, const Tally& tally, bool all) {
  const Interval interval =
      Wilson(tally.accepted_count(), tally.judged_count());
  const std::string yield =
      tally.judged_count() == 0
          ? "-"
          : absl::StrFormat("%.1f&#8239;%% <small>%.0f&ndash;%.0f</small>",
                            100 * tally.Share(), 100 * interval.low,
                            100 * interval.high);
  return absl::StrFormat(
      "<tr%s><td>%s</td><td>%d</td><td>%d</td><td>%s</td>"
      "<td class=\"bar\">%s</td><td>%.3f</td></tr>\n",
      all ? " class=\"all\"" : "", Escape(name), tally.samples_count(),
      tally.accepted_count(), yield, Bar(tally), tally.CpuSecondsPerAccepted());
}

std::string Key(const Tally& total) {
  std::string key = "<p class=\"key\">";
  for (size_t i = 1; i < total.by_verdict.size(); ++i) {
    if (total.by_verdict[i] == 0) continue;
    absl::StrAppend(&key, "<span><i style=\"background:", kColours[i],
                    "\"></i>", VerdictName(static_cast<v1::Verdict>(i)), " ",
                    total.by_verdict[i], "</span> ");
  }
  return key + "</p>\n";
}

std::string Agreed(const Agreement& agreement) {
  if (agreement.labelled_count == 0) return "";
  return absl::StrFormat(
      "<p>Agreement with <code>labels.expected</code>: %d of %d; wrongly "
      "accepted %d, wrongly refused %d, refused otherwise %d, not judged "
      "%d.</p>\n",
      agreement.agree_count, agreement.labelled_count,
      agreement.wrongly_accepted_count, agreement.wrongly_refused_count,
      agreement.other_count, agreement.unjudged_count);
}

}  // namespace

std::string YieldHtml(const Yield& yield, const std::string& by) {
  std::string page = kHead;
  absl::StrAppend(&page, Key(yield.total()), "<table><tr><th>", Escape(by),
                  "</th><th>samples</th><th>accepted</th>"
                  "<th>yield, 95&#8239;%</th><th></th>"
                  "<th>CPU s / accepted</th></tr>\n");
  size_t shown = 0;
  for (const auto& [name, tally] : yield.groups()) {
    if (++shown > kGroupsShownMax) break;
    page += Row(name, tally, /*all=*/false);
  }
  absl::StrAppend(&page, Row("all", yield.total(), /*all=*/true), "</table>\n",
                  Agreed(yield.agreement()));
  if (!yield.problems().empty()) {
    const Yield::MeanPass pass = yield.PassAt(1);
    absl::StrAppend(
        &page,
        absl::StrFormat(
            "<p>%d problems; pass@1 %.3f over those with a judged candidate."
            "</p>\n",
            yield.problems().size(), pass.mean));
  }
  page +=
      "<p><small>Yield is the accepted share of the judged samples; "
      "UNDECIDED and NO_VERDICT are not judged.</small></p>"
      "</body></html>\n";
  return page;
}

}  // namespace assay::cli
