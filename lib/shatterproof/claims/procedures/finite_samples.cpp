// Procedure on Theorem 3.7 and Theorem S: finite_samples (a printed table of lower bounds, met or improved).
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <sstream>

#include "registry.hpp"
#include "shatterproof/bounds/lower_bounds.hpp"
#include "shatterproof/bounds/search.hpp"
#include "shatterproof/bounds/slab.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

/// One printed row: d, n and the three values, each of four significant digits.
struct PrintedRow {
  MinimaxProblem problem;
  Rational exact, sigma_free, slab;
};

PrintedRow printed_row(const std::string& text) {
  std::istringstream words(text);
  std::string d, n, exact, sigma_free, slab, more;
  words >> d >> n >> exact >> sigma_free >> slab;
  require(!slab.empty() && !(words >> more), "parameter 'rows': found '" + text + "', expected \"d n X E S\"");
  const Rational samples = parse_rational(n), dimension = parse_rational(d);
  require(samples.get_den() == 1 && samples >= 1 && dimension.get_den() == 1 && dimension >= 1 && dimension <= 100,
          "parameter 'rows': found '" + text + "', expected whole numbers d and n");
  PrintedRow row;
  row.problem = {dimension.get_num().get_si(), samples.get_num(), 1, 1, 1};
  row.exact = parse_rational(exact), row.sigma_free = parse_rational(sigma_free), row.slab = parse_rational(slab);
  return row;
}

const ChosenBound& chosen(const std::vector<ChosenBound>& bounds, const std::string& name) {
  return *std::find_if(bounds.begin(), bounds.end(), [&](const ChosenBound& b) { return b.bound.name == name; });
}

struct Comparison {
  bool met = true;
  long improved = 0, compared = 0;
  std::string line;
};

/// The value printed is rounded to four digits, so half a unit of the last one is allowed.
void compare(Comparison& comparison, const char* column, const RiskBound& found, const Rational& printed,
             const std::string& where) {
  const Ball least(Rational(printed * Rational(9995, 10000))), more(Rational(printed * Rational(1001, 1000)));
  const bool met = found.status == BoundStatus::certified && certainly_less(least, found.value);
  const bool improved = met && certainly_less(more, found.value);
  comparison.met = comparison.met && met;
  comparison.improved += improved ? 1 : 0;
  ++comparison.compared;
  comparison.line +=
      fmt::format("  {} {:.4g} {}{}", column, found.value.mid_double(), where,
                  improved ? fmt::format(" (+{:.1f}%)", 100 * (found.value.mid_double() / printed.get_d() - 1))
                  : met    ? ""
                           : " NOT MET");
}

Comparison compare_row(const PrintedRow& row) {
  const MinimaxProblem& problem = row.problem;
  const std::vector<ChosenBound> found = approx_best_lower_bounds(problem);
  const ChosenBound &cube = chosen(found, "bayes_exact"), &empty = chosen(found, "empty_caps"),
                    &slab = chosen(found, "slab_mmse");
  Comparison comparison;
  comparison.line = fmt::format("d = {}, n = {:.0e}:", problem.dimension, problem.samples.get_d());
  compare(comparison, "X", bayes_exact(make_cube_prior(problem, cube.eps, cube.caps)), row.exact,
          fmt::format("({:.4f}, {})", cube.eps.get_d(), cube.caps.get_str()));
  compare(comparison, "E", empty_caps(make_cube_prior(problem, empty.eps, empty.caps)), row.sigma_free,
          fmt::format("({:.4f}, {})", empty.eps.get_d(), empty.caps.get_str()));
  const SlabFamily family = make_slab_family(problem, slab.eps * slab.eps, slab.slabs, slab.caps);
  compare(comparison, "S", slab_mmse(family), row.slab,
          fmt::format("({:.4f}, {}, {})", family.depth.get_d(), family.slabs, family.caps.get_str()));
  return comparison;
}

ProcedureResult run_finite_samples(const Parameters& parameters) {
  const PrecisionScope scope(40);
  ProcedureResult result;
  result.verdict = Verdict::proved;
  long improved = 0, compared = 0;
  for (const std::string& text : parameters.list("rows")) {
    const Comparison comparison = compare_row(printed_row(text));
    ++result.instances;
    improved += comparison.improved, compared += comparison.compared;
    result.table.push_back(comparison.line);
    if (comparison.met) continue;
    result.verdict = both(result.verdict, Verdict::undecided);  // a better construction may exist
    if (result.detail.empty()) result.detail = comparison.line;
  }
  require(compared > 0, "parameter 'rows': no row");
  result.slack = fmt::format("{} of {} values improved by more than 0.1%", improved, compared);
  result.method = "search in floating point, values in ball arithmetic";
  if (result.detail.empty()) result.detail = "every printed value is reached by a certified lower bound";
  return result;
}

}  // namespace

void add_finite_samples(std::vector<Procedure>& list) {
  list.push_back({"finite_samples",
                  "a printed table of lower bounds at finite n (sigma = B = C = 1), each value reached or improved",
                  {"rows"},
                  run_finite_samples,
                  [](const Parameters& p) {
                    for (const std::string& text : p.list("rows")) static_cast<void>(printed_row(text));
                  }});
}

}  // namespace shatterproof
