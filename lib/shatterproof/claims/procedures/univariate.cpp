// Procedures on H.8, H.9 (univariate_numbers) and I.3, I.4 (stable_cube_numbers).
#include "shatterproof/bounds/univariate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "constructions/empty_caps/empty_cap_count.hpp"
#include "registry.hpp"
#include "shatterproof/bounds/stable_cube.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

constexpr Bits kUnivariateBits = 64;

Integer whole(const std::string& text, const char* name) {
  const Rational n = parse_rational(text);
  require(n.get_den() == 1 && n >= 1, std::string(name) + ": found '" + text + "', expected whole numbers >= 1");
  return n.get_num();
}

/// "at least so much": proved, vacuous when there is no bound at all, undecided when the search found only less, which
/// contradicts nothing.
Verdict judge_at_least(const RiskBound& bound, const Ball& wanted) {
  if (bound.status == BoundStatus::vacuous) return Verdict::vacuous;
  return bound.status == BoundStatus::certified && certainly_less_or_equal(wanted, bound.value) ? Verdict::proved
                                                                                                : Verdict::undecided;
}

/// The best bound over a few eps at which one bump has a signal-to-noise ratio s = n m^2 c^2 I2 eps^2/(4 sigma^2) that
/// suits one of the routes (c = 1/S near 0.626, I2 = 0.133); at least 8 bumps. Every choice gives a true bound.
RiskBound best_over_eps(const MinimaxProblem& problem, RiskBound (*bound_at)(const MinimaxProblem&, const Rational&)) {
  const double unit = std::min(problem.sup_norm, problem.seminorm).get_d() * std::sqrt(problem.samples.get_d()) /
                      problem.sigma.get_d() * 0.114;  // sqrt(s)/eps
  RiskBound best;
  for (const double s : {0.01, 0.02, 0.027, 0.035, 1.0, 1.5, 2.0}) {
    const double k = std::clamp(std::ceil(unit / std::sqrt(s)), 8.0, 2e5);
    const RiskBound here = bound_at(problem, Rational(1, static_cast<long>(k)));
    const bool better = best.status != BoundStatus::certified || certainly_less(best.value, here.value);
    if (here.status == BoundStatus::certified ? better : best.status != BoundStatus::certified) best = here;
  }
  return best;
}

/// H.8 and H.9 with constants: R(n) >= share min(B, C) sigma/sqrt(n) for the listed problems, by the route named.
ProcedureResult univariate_numbers(const Parameters& p) {
  const PrecisionScope scope(kUnivariateBits);
  const std::string route = p.text("route");
  require(route == "fano" || route == "assouad", "route: found '" + route + "', expected fano or assouad");
  const auto bound_at = route == "fano" ? univariate_fano : univariate_bumps;
  const Rational share = parse_rational(p.text("share"));
  ProcedureResult result;
  result.verdict = Verdict::proved;
  double least = 1e300;
  for (const std::string& B : p.list("sup_norms"))
    for (const std::string& C : p.list("seminorms"))
      for (const std::string& sigma : p.list("sigmas"))
        for (const std::string& samples : p.list("samples")) {
          const MinimaxProblem problem{1, whole(samples, "samples"), parse_rational(sigma), parse_rational(B),
                                       parse_rational(C)};
          const RiskBound best = best_over_eps(problem, bound_at);
          const Rational m = std::min(problem.sup_norm, problem.seminorm);
          const Ball unit = Ball(Rational(m * problem.sigma)) / sqrt(Ball(problem.samples));
          ++result.instances;
          const Verdict verdict = judge_at_least(best, Ball(share) * unit);
          result.verdict = both(result.verdict, verdict);
          const std::string where =
              fmt::format("B = {}, C = {}, sigma = {}, n = {}", B, C, sigma, problem.samples.get_str());
          if (verdict != Verdict::proved) {
            if (result.detail.empty())
              result.detail = where + ": " + (best.reason.empty() ? "the value found is smaller" : best.reason);
            continue;
          }
          const double constant = (best.value / unit).lower_double();
          least = std::min(least, constant);
          result.table.push_back(
              fmt::format("{}: {:.5g}, {:.5f} m sigma/sqrt(n)", where, best.value.mid_double(), constant));
        }
  if (least < 1e300) result.slack = fmt::format("at least {:.5f} m sigma/sqrt(n)", least);
  result.method = "certified values in ball arithmetic";
  if (result.detail.empty()) result.detail = result.table.back();
  return result;
}

/// I.3 (repaired) and I.4: for the listed settings factor L^2 a m ((1-p)^n - P(G^c)) >= share L^2 n^(-2/(d+1)).
ProcedureResult stable_cube_numbers(const Parameters& p) {
  const PrecisionScope scope(kUnivariateBits);
  const Rational factor = parse_rational(p.text("factor")), share = parse_rational(p.text("share")),
                 L = parse_rational(p.text("amplitude")), eta = parse_rational(p.text("eta"));
  require(factor > 0 && share >= 0, "factor must be positive and share not negative");
  ProcedureResult result;
  result.verdict = Verdict::proved;
  double least = 1e300;
  for (const long d : p.integers("dims"))
    for (const std::string& samples : p.list("samples")) {
      const Integer n = whole(samples, "samples");
      require(n.fits_slong_p(), "samples: too many");
      const StableCube cube = make_stable_cube(d, n, default_cap_parameter(d, n.get_si()), L, eta);
      RiskBound bound = stable_cube_bound(cube);
      bound.value *= Ball(factor);
      const Ball unit = Ball(Rational(L * L)) * power(Ball(n), Ball(Rational(-2, d + 1)));
      const Verdict verdict = judge_at_least(bound, Ball(share) * unit);
      result.verdict = both(result.verdict, verdict);
      ++result.instances;
      const std::string where = fmt::format("d = {}, n = {}", d, n.get_str());
      if (verdict == Verdict::proved) {
        const double constant = (bound.value / unit).lower_double();
        least = std::min(least, constant);
        result.table.push_back(fmt::format("{}: eps = {:.4f}, m = {}, z = {}, bound {:.4g} = {:.4f} L^2 n^(-2/(d+1))",
                                           where, cube.eps.get_d(), cube.caps.get_str(), cube.allowed().get_str(),
                                           bound.value.mid_double(), constant));
      } else if (result.detail.empty()) {
        result.detail = where + ": " + (bound.reason.empty() ? "the value found is smaller" : bound.reason);
      }
    }
  if (least < 1e300) result.slack = fmt::format("at least {:.4f} L^2 n^(-2/(d+1))", least);
  result.method = "certified packings and ball arithmetic";
  if (result.detail.empty()) result.detail = result.table.back();
  return result;
}

}  // namespace

void add_univariate(std::vector<Procedure>& list) {
  list.push_back({"univariate_numbers",
                  "the lower bounds of H.8 and H.9 with constants, as certified numbers",
                  {"route", "sup_norms", "seminorms", "sigmas", "samples", "share"},
                  univariate_numbers});
  list.push_back({"stable_cube_numbers",
                  "lower bounds over stable networks (I.3 repaired, I.4), as certified numbers",
                  {"dims", "samples", "amplitude", "eta", "factor", "share"},
                  stable_cube_numbers});
}

}  // namespace shatterproof
