#include "verifier/math/fold_table.h"

#include <algorithm>
#include <iterator>

namespace assay::math {
namespace {

struct Sign {
  uint32_t code_point;
  std::string_view text;
};

// Sorted by code point.
constexpr Sign kSigns[] = {
    {0x00A0, " "},
    {0x00A2, "\\text{ cents}"},
    {0x00A3, "\\pounds "},
    {0x00A5, "\\yen "},
    {0x00AC, "\\lnot "},
    {0x00AD, ""},
    {0x00B0, "^{\\circ}"},
    {0x00B1, "\\pm "},
    {0x00B4, "'"},
    {0x00B5, "\\mu "},
    {0x00B7, "\\cdot "},
    {0x00BA, "^{\\circ}"},
    {0x00BC, "\\frac{1}{4}"},
    {0x00BD, "\\frac{1}{2}"},
    {0x00BE, "\\frac{3}{4}"},
    {0x00D7, "\\times "},
    {0x00F7, "\\div "},
    {0x02DA, "^{\\circ}"},
    {0x0338, ""},
    {0x0393, "\\Gamma "},
    {0x0394, "\\Delta "},
    {0x0398, "\\Theta "},
    {0x039B, "\\Lambda "},
    {0x039E, "\\Xi "},
    {0x03A0, "\\Pi "},
    {0x03A3, "\\Sigma "},
    {0x03A5, "\\Upsilon "},
    {0x03A6, "\\Phi "},
    {0x03A8, "\\Psi "},
    {0x03A9, "\\Omega "},
    {0x03B1, "\\alpha "},
    {0x03B2, "\\beta "},
    {0x03B3, "\\gamma "},
    {0x03B4, "\\delta "},
    {0x03B5, "\\epsilon "},
    {0x03B6, "\\zeta "},
    {0x03B7, "\\eta "},
    {0x03B8, "\\theta "},
    {0x03B9, "\\iota "},
    {0x03BA, "\\kappa "},
    {0x03BB, "\\lambda "},
    {0x03BC, "\\mu "},
    {0x03BD, "\\nu "},
    {0x03BE, "\\xi "},
    {0x03BF, "\\omicron "},
    {0x03C0, "\\pi "},
    {0x03C1, "\\rho "},
    {0x03C2, "\\sigma "},
    {0x03C3, "\\sigma "},
    {0x03C4, "\\tau "},
    {0x03C5, "\\upsilon "},
    {0x03C6, "\\phi "},
    {0x03C7, "\\chi "},
    {0x03C8, "\\psi "},
    {0x03C9, "\\omega "},
    {0x03D1, "\\theta "},
    {0x03D5, "\\phi "},
    {0x03F5, "\\epsilon "},
    {0x060C, ","},
    {0x061B, ";"},
    {0x066A, "\\%"},
    {0x066B, "."},
    {0x066C, ","},
    {0x2002, " "},
    {0x2003, " "},
    {0x2004, " "},
    {0x2005, " "},
    {0x2006, " "},
    {0x2007, " "},
    {0x2008, " "},
    {0x2009, " "},
    {0x200A, " "},
    {0x200B, ""},
    {0x200C, ""},
    {0x200D, ""},
    {0x200E, ""},
    {0x200F, ""},
    {0x2012, "-"},
    {0x2013, "-"},
    {0x2014, "-"},
    {0x2016, "\\| "},
    {0x2018, "'"},
    {0x2019, "'"},
    {0x201C, "\""},
    {0x201D, "\""},
    {0x201E, "\""},
    {0x2022, "\\cdot "},
    {0x2026, "\\ldots "},
    {0x2027, "\\cdot "},
    {0x202A, ""},
    {0x202B, ""},
    {0x202C, ""},
    {0x202D, ""},
    {0x202E, ""},
    {0x202F, " "},
    {0x2030, "\\permille "},
    {0x2032, "'"},
    {0x2033, "\""},
    {0x2043, "-"},
    {0x2044, "/"},
    {0x204E, "*"},
    {0x2060, ""},
    {0x2061, ""},
    {0x2062, ""},
    {0x2063, ""},
    {0x2066, ""},
    {0x2067, ""},
    {0x2068, ""},
    {0x2069, ""},
    {0x2093, "_{x}"},
    {0x20AC, "\\euro "},
    {0x20B9, "\\rupee "},
    {0x20BD, "\\ruble "},
    {0x2102, "\\mathbb{C}"},
    {0x2103, "^{\\circ}\\text{C}"},
    {0x2109, "^{\\circ}\\text{F}"},
    {0x210E, "h"},
    {0x210F, "\\hbar "},
    {0x2113, "\\ell "},
    {0x2115, "\\mathbb{N}"},
    {0x2119, "\\mathbb{P}"},
    {0x211A, "\\mathbb{Q}"},
    {0x211D, "\\mathbb{R}"},
    {0x2124, "\\mathbb{Z}"},
    {0x212F, "e"},
    {0x2146, "d"},
    {0x2147, "e"},
    {0x2148, "i"},
    {0x2150, "\\frac{1}{7}"},
    {0x2151, "\\frac{1}{9}"},
    {0x2152, "\\frac{1}{10}"},
    {0x2153, "\\frac{1}{3}"},
    {0x2154, "\\frac{2}{3}"},
    {0x2155, "\\frac{1}{5}"},
    {0x2156, "\\frac{2}{5}"},
    {0x2157, "\\frac{3}{5}"},
    {0x2158, "\\frac{4}{5}"},
    {0x2159, "\\frac{1}{6}"},
    {0x215A, "\\frac{5}{6}"},
    {0x215B, "\\frac{1}{8}"},
    {0x215C, "\\frac{3}{8}"},
    {0x215D, "\\frac{5}{8}"},
    {0x215E, "\\frac{7}{8}"},
    {0x2192, "\\to "},
    {0x21A6, "\\mapsto "},
    {0x21D2, "\\Rightarrow "},
    {0x21D4, "\\iff "},
    {0x2200, "\\forall "},
    {0x2201, "\\complement "},
    {0x2202, "\\partial "},
    {0x2203, "\\exists "},
    {0x2205, "\\emptyset "},
    {0x2206, "\\Delta "},
    {0x2207, "\\nabla "},
    {0x2208, "\\in "},
    {0x2209, "\\notin "},
    {0x220A, "\\in "},
    {0x220F, "\\prod "},
    {0x2211, "\\sum "},
    {0x2212, "-"},
    {0x2213, "\\mp "},
    {0x2215, "/"},
    {0x2216, "\\setminus "},
    {0x2217, "*"},
    {0x2219, "\\cdot "},
    {0x221A, "\\sqrt "},
    {0x221B, "\\sqrt[3]"},
    {0x221C, "\\sqrt[4]"},
    {0x221D, "\\propto "},
    {0x221E, "\\infty "},
    {0x2220, "\\angle "},
    {0x2223, "|"},
    {0x2225, "\\parallel "},
    {0x2227, "\\land "},
    {0x2228, "\\lor "},
    {0x2229, "\\cap "},
    {0x222A, "\\cup "},
    {0x222B, "\\int "},
    {0x2236, ":"},
    {0x223C, "\\approx "},
    {0x2243, "\\approx "},
    {0x2245, "\\approx "},
    {0x2248, "\\approx "},
    {0x2252, "\\approx "},
    {0x2254, ":="},
    {0x2260, "\\ne "},
    {0x2261, "\\equiv "},
    {0x2264, "\\le "},
    {0x2265, "\\ge "},
    {0x2266, "\\le "},
    {0x2267, "\\ge "},
    {0x2282, "\\subset "},
    {0x2286, "\\subseteq "},
    {0x22A5, "\\perp "},
    {0x22C2, "\\cap "},
    {0x22C3, "\\cup "},
    {0x22C5, "\\cdot "},
    {0x22EF, "\\ldots "},
    {0x2300, "\\emptyset "},
    {0x2308, "\\lceil "},
    {0x2309, "\\rceil "},
    {0x230A, "\\lfloor "},
    {0x230B, "\\rfloor "},
    {0x25B3, "\\triangle "},
    {0x2715, "\\times "},
    {0x27C2, "\\perp "},
    {0x27E8, "\\langle "},
    {0x27E9, "\\rangle "},
    {0x27F6, "\\to "},
    {0x27F9, "\\Rightarrow "},
    {0x27FA, "\\iff "},
    {0x2A2F, "\\times "},
    {0x2A7D, "\\le "},
    {0x2A7E, "\\ge "},
    {0x3000, " "},
    {0x3001, ","},
    {0x3002, "."},
    {0x3008, "\\langle "},
    {0x3009, "\\rangle "},
    {0x3010, "["},
    {0x3011, "]"},
    {0x3014, "["},
    {0x3015, "]"},
    {0x30FB, "\\cdot "},
    {0x4E14, " and "},  // Chinese.
    {0x6216, " or "},
    {0xFE0E, ""},
    {0xFE0F, ""},
    {0xFE50, ","},
    {0xFE63, "-"},
    {0xFE64, "<"},
    {0xFEFF, ""},
    {0xFF01, "!"},
    {0xFF04, "\\$"},
    {0xFF05, "\\%"},
    {0xFF0A, "*"},
    {0xFF0B, "+"},
    {0xFF0C, ","},
    {0xFF0D, "-"},
    {0xFF0E, "."},
    {0xFF0F, "/"},
    {0xFF1A, ":"},
    {0xFF1B, ";"},
    {0xFF1C, "<"},
    {0xFF1D, "="},
    {0xFF1E, ">"},
    {0xFF1F, " "},
    {0xFF5B, "{"},
    {0xFF5D, "}"},
    {0xFF64, ","},
    {0xFFE1, "\\pounds "},
    {0xFFE5, "\\yen "},
    {0x1D6D1, "\\pi "},
    {0x1D70B, "\\pi "},
};

// Where runs of ten digits begin, 0 first.
constexpr uint32_t kDigitRuns[] = {
    0x0660, 0x06F0, 0x07C0, 0x0966,  0x09E6,  0x0A66,  0x0AE6,  0x0B66,
    0x0BE6, 0x0C66, 0x0CE6, 0x0D66,  0x0E50,  0x0ED0,  0x0F20,  0x1040,
    0x17E0, 0x1810, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6,
};

}  // namespace

std::string_view FoldSign(uint32_t code_point) {
  const Sign* end = std::end(kSigns);
  const Sign* hit = std::lower_bound(
      std::begin(kSigns), end, code_point,
      [](const Sign& sign, uint32_t c) { return sign.code_point < c; });
  if (hit == end || hit->code_point != code_point) return {};
  return hit->text;
}

int FoldDigit(uint32_t code_point) {
  for (uint32_t zero : kDigitRuns) {
    if (code_point >= zero && code_point < zero + 10) {
      return static_cast<int>(code_point - zero);
    }
  }
  return -1;
}

char SuperscriptOf(uint32_t code_point) {
  switch (code_point) {
    case 0x00B9:
      return '1';
    case 0x00B2:
      return '2';
    case 0x00B3:
      return '3';
    case 0x207A:
      return '+';
    case 0x207B:
      return '-';
    case 0x207D:
      return '(';
    case 0x207E:
      return ')';
    case 0x207F:
      return 'n';
    case 0x2071:
      return 'i';
    case 0x02E3:
      return 'x';
    case 0x1D4F:
      return 'k';
    case 0x1D50:
      return 'm';
    default:
      break;
  }
  const bool digit =
      code_point == 0x2070 || (code_point >= 0x2074 && code_point <= 0x2079);
  return digit ? static_cast<char>('0' + (code_point - 0x2070)) : '\0';
}

char SubscriptOf(uint32_t code_point) {
  if (code_point >= 0x2080 && code_point <= 0x2089) {
    return static_cast<char>('0' + (code_point - 0x2080));
  }
  switch (code_point) {
    case 0x208A:
      return '+';
    case 0x208B:
      return '-';
    case 0x2090:
      return 'a';
    case 0x2099:
      return 'n';
    case 0x2098:
      return 'm';
    case 0x2096:
      return 'k';
    case 0x1D62:
      return 'i';
    case 0x2C7C:
      return 'j';
    default:
      return '\0';
  }
}

}  // namespace assay::math
