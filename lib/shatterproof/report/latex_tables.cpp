#include "shatterproof/report/latex_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "shatterproof/report/latex_text.hpp"

namespace shatterproof::report {
namespace {

std::string counts_text(const Document& document) {
  std::map<Verdict, int> counts;
  for (const ClaimEntry& claim : document.claims) ++counts[claim.result.verdict];
  std::string text;
  for (const auto& [verdict, count] : counts)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, to_text(verdict));
  return text;
}

std::string verdict_text(const ClaimEntry& claim) {
  const std::string verdict(to_text(claim.result.verdict));
  return claim.as_expected ? verdict
                           : "\\textbf{" + verdict + "} (expected: " + std::string(to_text(claim.expected)) + ")";
}

std::string checked_range(const ProcedureResult& result) {
  return latex_text(result.range.empty() ? fmt::format("{} instances", result.instances) : result.range);
}

/// A few values of the variable: the first, the last and the usual ones between.
std::vector<const ConstantPoint*> shown_points(const Constant& constant) {
  std::vector<const ConstantPoint*> shown;
  for (const ConstantPoint& point : constant.points)
    if (&point == &constant.points.front() || &point == &constant.points.back() || point.value == 2 ||
        point.value == 4 || point.value == 8 || point.value == 16)
      shown.push_back(&point);
  return shown;
}

std::string constant_rows(const Constant& constant) {
  constexpr int kDigits = 6;
  std::string rows;
  for (const ConstantPoint* point : shown_points(constant)) {
    const bool first = rows.empty();
    rows += (first ? latex_code(constant.claim.substr(constant.claim.find('/') + 1)) : "") + " & " +
            fmt::format("${} = {}$ & ", latex_text(constant.variable), point->value) +
            (point->stated ? latex_interval(point->stated->lower, point->stated->upper, kDigits) : "---") + " & " +
            latex_interval(point->sharp.lower, point->sharp.upper, kDigits) + " & " +
            (point->slack ? fmt::format("\\num{{{:.4g}}}", *point->slack) : "---") + " \\\\\n";
  }
  return rows;
}

/// Up to five of the points, the first and the last among them.
std::vector<const BoundPoint*> shown_points(const Bounds& bounds) {
  constexpr std::size_t kMost = 5;
  std::vector<const BoundPoint*> shown;
  const std::size_t count = bounds.points.size(), kept = std::min(count, kMost);
  for (std::size_t i = 0; i < kept; ++i) shown.push_back(&bounds.points[kept < 2 ? i : i * (count - 1) / (kept - 1)]);
  return shown;
}

std::string bound_row(const Document& document, const Bounds& bounds, const BoundKind& kind,
                      const std::vector<const BoundPoint*>& points) {
  std::string row = latex_text(kind.label) + (kind.side == BoundKind::Side::upper ? " (upper)" : "");
  bool any = false;
  for (const BoundPoint* point : points) {
    const auto found = point->values.find(kind.key);
    any = any || found != point->values.end();
    const bool is_open = kind.side != BoundKind::Side::measured && !point->computed;
    row += found == point->values.end() ? (is_open ? " & " : " & ---")
                                        : fmt::format(" & \\num{{{:.3g}}}", found->second.value);
  }
  std::string from = "---";
  for (const NonVacuous& entry : document.nonvacuous)
    if (entry.d == bounds.d && entry.key == kind.key) from = "\\num{" + entry.n + "}", any = true;
  return any ? row + " & " + from + " \\\\\n" : "";
}

std::string bounds_of_dimension(const Document& document, const Bounds& bounds) {
  const auto points = shown_points(bounds);
  std::string rows, head = "bound";
  for (const BoundKind& kind : document.bound_kinds) rows += bound_row(document, bounds, kind, points);
  for (const BoundPoint* point : points) head += fmt::format(" & $n = \\num{{{:.3g}}}$", point->n);
  return fmt::format(
      "\\begin{{table}}\n\\centering\\footnotesize\n"
      "\\caption{{Bounds on the squared risk for $d = {0}$, $\\sigma = {1}$, $\\eta = {2}$, $|f_0|, |f|, |y| \\le B = "
      "{6}$, $|f_0|_{{V_g}} \\le C = {7}$, measure $P$; upper bounds with probability $1 - \\delta$, $\\delta = {8}$. "
      "Numerical values, rounded; --- where a bound is vacuous or was not measured, empty where it was not computed. "
      "Last column: a power of ten at which the bound is certified to say something (the search runs in floating "
      "point; lower bounds up to $10^4$).}}\n"
      "\\label{{tab:shatterproof-bounds-d{0}}}\n"
      "\\resizebox{{\\linewidth}}{{!}}{{\\begin{{tabular}}{{@{{}}l{3}r@{{}}}}\n\\toprule\n{4} & says something at $n$ "
      "\\\\\n\\midrule\n"
      "{5}\\bottomrule\n\\end{{tabular}}}}\n\\end{{table}}\n",
      bounds.d, bounds.sigma, bounds.eta, std::string(points.size(), 'r'), head, rows, bounds.sup, bounds.seminorm,
      bounds.delta);
}

}  // namespace

std::string status_table(const Document& document) {
  if (document.claims.empty()) return "";
  const std::string head = "\\toprule\nclaim & statement & verdict & range \\\\\n\\midrule\n";
  std::string text =
      "{\\footnotesize\\setlength{\\tabcolsep}{4pt}\n"
      "\\begin{longtable}{@{}>{\\raggedright\\arraybackslash}p{0.24\\linewidth}"
      ">{\\raggedright\\arraybackslash}p{0.36\\linewidth}>{\\raggedright\\arraybackslash}p{0.12\\linewidth}"
      ">{\\raggedright\\arraybackslash}p{0.2\\linewidth}@{}}\n"
      "\\caption{Every claim with its machine-checked verdict: " +
      counts_text(document) +
      ". Supported: numerical evidence, no proof; refuted: a certified "
      "counterexample.}\\label{tab:shatterproof-status}\\\\\n" +
      head + "\\endfirsthead\n" + head + "\\endhead\n\\bottomrule\n\\endfoot\n";
  for (const ClaimEntry& claim : document.claims)
    text += latex_code(claim.id) + " & " + latex_text(claim.statement) + " & " + verdict_text(claim) + " & " +
            checked_range(claim.result) + " \\\\\n";
  return text + "\\end{longtable}}\n";
}

std::string constants_table(const Document& document) {
  std::string rows;
  for (const Constant& constant : document.constants)
    rows += (rows.empty() ? "" : "\\addlinespace\n") + constant_rows(constant);
  if (rows.empty()) return "";
  const std::string head = "\\toprule\nclaim & at & stated & best possible & slack \\\\\n\\midrule\n";
  return "{\\footnotesize\\setlength{\\tabcolsep}{4pt}\n"
         "\\begin{longtable}{@{}>{\\raggedright\\arraybackslash}p{0.2\\linewidth}lllr@{}}\n"
         "\\caption{Constants: the stated ones and enclosures of the best possible ones, ends rounded outward. The "
         "slack "
         "is their ratio.}\\label{tab:shatterproof-constants}\\\\\n" +
         head + "\\endfirsthead\n" + head + "\\endhead\n\\bottomrule\n\\endfoot\n" + rows + "\\end{longtable}}\n";
}

std::string bounds_table(const Document& document) {
  std::string text;
  for (const Bounds& bounds : document.bounds)
    text += (text.empty() ? "" : "\n") + bounds_of_dimension(document, bounds);
  return text;
}

std::string formula_list(const Document& document) {
  std::string text;
  for (const ClaimEntry& claim : document.claims)
    if (!claim.formula.empty())
      text += "\\item[" + latex_code(claim.id) + "] " + latex_text(claim.statement) + " (" + verdict_text(claim) +
              ")\\\\\n\\sbox0{$\\displaystyle " + claim.formula +
              "$}\\ifdim\\wd0>\\linewidth\\resizebox{\\linewidth}{!}{\\usebox0}\\else\\usebox0\\fi\n";
  return text.empty() ? "" : "\\begin{description}\n" + text + "\\end{description}\n";
}

}  // namespace shatterproof::report
