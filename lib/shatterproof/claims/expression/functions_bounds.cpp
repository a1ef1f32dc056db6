#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/numeric/bpsk.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

namespace shatterproof::expression {
namespace {

Value levenshtein(const Arguments& a) {
  const long d = a.integer(0, 2);
  const Ball s = a.at_least(1, -1);
  if (a[1].exact() ? *a[1].exact() >= 1 : certainly_less_or_equal(Ball(1), s)) a.reject(1, "< 1");
  // Rational arithmetic settles its sign tests at once and tells that the bound is 240, say, and not nearly so.
  const bool simple =
      a[1].exact() && *a[1].exact() <= Rational(9, 10) && mpz_sizeinbase(a[1].exact()->get_den_mpz_t(), 2) < 64;
  return simple && d <= 1000 ? Value(levenshtein_exact(d, *a[1].exact())) : Value(levenshtein_bound(d, s));
}

std::vector<Value> no_derivatives(const std::vector<Value>&, int order) {
  return std::vector<Value>(static_cast<std::size_t>(order) + 1, Value::indeterminate());
}

Value mmse(const Arguments& a) {
  if (a[0].is_exactly(0)) return 1L;
  return bpsk_mmse(a.at_least(0, 0));
}

/// The function is convex and falls from 1 with slope -1 at 0: its derivative lies between difference quotients.
std::vector<Value> mmse_jet(const std::vector<Value>& args, int order) {
  std::vector<Value> f = no_derivatives(args, order);
  const Ball s = args[0].ball();
  if (order < 1 || !s.is_finite()) return f;
  const PrecisionScope guard(2 * working_precision());
  Ball step = 1;
  arb_mul_2exp_si(step.get(), step.get(), -working_precision() / 4);
  const Ball low = s.lower(), high = s.upper(), before = low - step;
  const Ball least = certainly_positive(before) ? (bpsk_mmse(low) - bpsk_mmse(before)) / step : Ball(-1);
  const Ball most = (bpsk_mmse(high + step) - bpsk_mmse(high)) / step;
  f[1] = Ball::hull(least, most);
  return f;
}

}  // namespace

std::vector<Function> bound_functions() {
  return {
      {"levenshtein",
       {"d", "s"},
       "upper bound on codes in S^(d-1) with inner products <= s, -1 <= s < 1; no derivative",
       "Levenshtein 1979; Lemma H.3",
       levenshtein,
       no_derivatives},
      {"bpsk_mmse",
       {"s"},
       "1 - E tanh(s + sqrt(s) Z), error of a fair sign in Gaussian noise, s >= 0; first derivative only",
       "Appendix H (Bayes risk)",
       mmse,
       mmse_jet},
  };
}

}  // namespace shatterproof::expression
