// Procedure on the constant of Lemma H.3: cap_constants (the largest N eps^(d-1) that is placed, below the bounds).
#include <fmt/format.h>

#include <array>

#include "registry.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"
#include "shatterproof/sphere/packing.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

namespace shatterproof {
namespace {

/// Squares of the centre densities of the densest lattice packings known in dimension k = 1..9 (Conway and Sloane,
/// table 1.2); proved densest of all packings for k <= 3 and k = 8.
Rational squared_centre_density(long k) {
  static const std::array<Rational, 10> table{0,
                                              Rational(1, 4),
                                              Rational(1, 12),
                                              Rational(1, 32),
                                              Rational(1, 64),
                                              Rational(1, 128),
                                              Rational(1, 192),
                                              Rational(1, 256),
                                              Rational(1, 256),
                                              Rational(1, 512)};
  require(k >= 1 && k <= 9, "the asymptotic constant is tabulated for 2 <= d <= 10");
  return table[static_cast<std::size_t>(k)];
}

/// c_inf(d) = Delta_(d-1) (d/c1) 2^(-(d-1)/2), Delta = centre density times the volume of the unit ball: the limit of
/// N eps^(d-1) for caps that follow that lattice packing locally (spec lower-bounds 2).
Ball asymptotic_constant(long d) {
  const Ball density = sqrt(Ball(squared_centre_density(d - 1))) * uniform_ball::volume(d - 1);
  return density * Ball(d) / uniform_ball::c1(d) / power(sqrt(Ball(2)), d - 1);
}

struct PlacedConstant {
  Ball value = Ball(0);
  Rational eps;
  std::string family;
};

PlacedConstant largest_constant(long d, const std::vector<std::string>& texts, ProcedureResult& result) {
  PlacedConstant best;
  for (const std::string& text : texts) {
    const Rational eps = parse_rational(text);
    const Packing packing = best_packing(d, eps, {"", 20000});
    const CapCountBound upper = best_upper_bound(d, eps);
    const Ball value = Ball(Rational(packing.count * power(eps, d - 1)));
    ++result.instances;
    if (!packing.certified) result.verdict = both(result.verdict, Verdict::undecided);
    if (packing.count > upper.count) result.verdict = Verdict::refuted;
    result.table.push_back(fmt::format("d = {}, eps = {}: N = {} ({}), N eps^(d-1) = {}, at most {}", d, text,
                                       packing.count.get_str(), packing.family, to_text(value, 6).mid,
                                       to_text(Ball(Rational(upper.count * power(eps, d - 1))), 6).mid));
    if (certainly_less(best.value, value)) best = {value, eps, packing.family};
  }
  return best;
}

ProcedureResult run_cap_constants(const Parameters& parameters) {
  const PrecisionScope scope(192);
  ProcedureResult result;
  result.verdict = Verdict::proved;
  const std::vector<std::string> eps = parameters.list("eps");
  require(!eps.empty(), "parameter 'eps': no value");
  for (const long d : parameters.integers("dims")) {
    const PlacedConstant best = largest_constant(d, eps, result);
    const Ball limit = asymptotic_constant(d);
    const BallText text = to_text(best.value, 11);
    result.sharp.push_back({fmt::format("d = {}", d), text.lower, text.upper,
                            fmt::format("eps = {} ({}); {:.1f}% of c_inf = {}", to_text_exact(best.eps), best.family,
                                        100 * (best.value / limit).mid_double(), to_text(limit, 6).mid)});
  }
  result.method = "certified packings, upper bounds in exact arithmetic";
  result.detail = "the largest N eps^(d-1) over the listed eps is recorded for each d";
  return result;
}

}  // namespace

void add_cap_constants(std::vector<Procedure>& list) {
  list.push_back({"cap_constants",
                  "the largest N eps^(d-1) of the packings that can be built, tracked in the lock",
                  {"dims", "eps"},
                  run_cap_constants});
}

}  // namespace shatterproof
