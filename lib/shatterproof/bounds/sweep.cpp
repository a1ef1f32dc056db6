#include "shatterproof/bounds/sweep.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

std::string rate_text(const char* formula, const Rational& value) {
  char number[32];
  std::snprintf(number, sizeof number, "%.4f", value.get_d());
  return std::string(formula) + " = " + number;
}

// The exponent of n that is stated or proved for each family of bounds; for d = 1 the cube of Theorem 3.7 has no rate.
std::string stated_rate(const std::string& name, long d) {
  if (name.rfind("slab", 0) == 0) return rate_text("-4/(3d+5)", Rational(-4, 3 * d + 5));
  if (name.rfind("explicit", 0) == 0) {
    return rate_text("-2/(3d+7)", Rational(-2, 3 * d + 7)) + "; paper " +
           rate_text("-1/(2d+4)", Rational(-1, 2 * d + 4));
  }
  return rate_text("-2/(d+1)", Rational(-2, d + 1));
}

Integer sweep_end(const std::string& text, const std::string& part) {
  try {
    const Rational value = parse_rational(part);
    if (value.get_den() == 1 && value >= 1) return value.get_num();
  } catch (const PreconditionError&) {
  }
  throw PreconditionError("sweep '" + text + "': found '" + part + "', expected a whole number >= 1");
}

double explicit_value(ExplicitChain chain, ExplicitChain::Kind kind, const Integer& n) {
  chain.kind = kind, chain.samples = n;
  const double value = approx_best_explicit(chain).value;
  return value < chain.trivial().mid_double() ? value : std::nan("");
}

}  // namespace

std::vector<Integer> parse_sweep(const std::string& text) {
  const auto dots = text.find("..");
  if (text.rfind("n=", 0) != 0 || dots == std::string::npos) {
    throw PreconditionError("sweep: found '" + text + "', expected the form n=1e2..1e8");
  }
  const Integer first = sweep_end(text, text.substr(2, dots - 2)), last = sweep_end(text, text.substr(dots + 2));
  require(first <= last, "sweep '" + text + "': the end is below the start");
  std::vector<Integer> values;
  for (Integer n = first; n <= last; n *= 10) {
    require(values.size() < 60, "sweep '" + text + "': more than 60 values of n");
    values.push_back(n);
  }
  return values;
}

std::vector<SweptBound> sweep_bounds(const MinimaxProblem& problem, const ExplicitChain& chain,
                                     const std::vector<Integer>& samples) {
  require_valid(problem);
  require_valid(chain);
  std::vector<SweptBound> swept;
  std::vector<double> n;
  const auto append = [&](const std::string& name, double value) {
    const auto same = [&](const SweptBound& bound) { return bound.name == name; };
    auto row = std::find_if(swept.begin(), swept.end(), same);
    if (row == swept.end()) row = swept.insert(swept.end(), {name, {}, 0, stated_rate(name, problem.dimension)});
    row->values.push_back(value > 0 ? value : std::nan(""));
  };
  for (const Integer& count : samples) {
    MinimaxProblem here = problem;
    here.samples = count;
    n.push_back(count.get_d());
    for (const ChosenBound& chosen : approx_best_lower_bounds(here)) {
      append(chosen.bound.name, chosen.bound.value.mid_double());
    }
    append("explicit_gap_sharp", explicit_value(chain, ExplicitChain::Kind::gap, count));
    append("explicit_mse_sharp", explicit_value(chain, ExplicitChain::Kind::mse, count));
  }
  for (SweptBound& bound : swept) bound.slope = log_log_slope(n, bound.values);
  return swept;
}

}  // namespace shatterproof
