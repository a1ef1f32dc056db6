#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/numeric/bpsk.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

namespace shatterproof::expression {
namespace {

namespace ub = uniform_ball;

/// f(d, h) with 0 <= h <= kMost.
template <Ball (*kFunction)(long, const Ball&), long kMost = 2>
Value of_depth(const Arguments& a) {
  const long d = a.integer(0, 1);
  return kFunction(d, a.within(1, 0, kMost));
}

template <Ball (*kFunction)(long), long kLeast = 1>
Value of_dimension(const Arguments& a) {
  return kFunction(a.integer(0, kLeast));
}

Ball c7(long d) { return sqrt(ub::c7_squared(d)); }
Ball c8(long d) { return sqrt(ub::c8_squared(d)); }

Value cap_area_fraction(const Arguments& a) {
  const long d = a.integer(0, 1);
  return ub::cap_area_fraction(d, a.within(1, 0, Ball::pi(), "pi"));
}

Value levenshtein(const Arguments& a) {
  const long d = a.integer(0, 2);
  const Ball s = a.at_least(1, -1);
  if (a[1].exact() ? *a[1].exact() >= 1 : certainly_less_or_equal(Ball(1), s)) a.reject(1, "< 1");
  // Rational arithmetic settles its sign tests at once and tells that the bound is 240, say, and not nearly so.
  const bool simple =
      a[1].exact() && *a[1].exact() <= Rational(9, 10) && mpz_sizeinbase(a[1].exact()->get_den_mpz_t(), 2) < 64;
  return simple && d <= 1000 ? Value(levenshtein_exact(d, *a[1].exact())) : Value(levenshtein_bound(d, s));
}

Value mmse(const Arguments& a) { return bpsk_mmse(a.at_least(0, 0)); }

}  // namespace

// X is uniform on the closed unit ball of R^d, u a unit vector, h = 1 - t the depth.
std::vector<Function> uniform_ball_functions() {
  return {
      {"ball_tail", {"d", "h"}, "Q = P(X.u > 1-h), 0 <= h <= 2", "Prop. E.2", of_depth<ub::tail>},
      {"ball_first_moment",
       {"d", "h"},
       "N = E[X.u ; X.u > 1-h], 0 <= h <= 2",
       "Appendix E.1",
       of_depth<ub::first_moment>},
      {"ball_tail_mean",
       {"d", "h"},
       "E = E[X.u | X.u > 1-h], 0 <= h <= 2; 1 at h = 0",
       "Prop. E.3",
       of_depth<ub::tail_mean>},
      {"ball_excess", {"d", "h"}, "s = E[(X.u - (1-h))_+], 0 <= h <= 2", "Appendix E.1", of_depth<ub::excess>},
      {"ball_weight_plus",
       {"d", "h"},
       "g+ = s sqrt(Q^2 + N^2), the one-sided weight, 0 <= h <= 2",
       "(6), Prop. E.4",
       of_depth<ub::weight_plus>},
      {"ball_weight",
       {"d", "h"},
       "g_P = g+(1-|1-h|), the weight (the smaller side), 0 <= h <= 2",
       "(6), Prop. E.4",
       of_depth<ub::weight>},
      {"ball_weight_ratio",
       {"d", "h"},
       "rho = g+/h^(d+2), its limit at h = 0, 0 <= h <= 2",
       "Prop. E.4",
       of_depth<ub::weight_ratio>},
      {"ball_weight_limit",
       {"d"},
       "kappa_d = rho(0) = sqrt(2) 2^(d+2) c1^2/((d+1)^2 (d+3))",
       "Prop. E.4'",
       of_dimension<ub::weight_limit>},
      {"ball_volume",
       {"d"},
       "v_d, Lebesgue measure of the unit ball of R^d, d >= 0",
       "Appendix H",
       of_dimension<ub::volume, 0>},
      {"cap_mass", {"d", "h"}, "p = P(X.u >= 1-h), 0 <= h <= 2", "(129)", of_depth<ub::cap_mass>},
      {"cap_mass_lower", {"d"}, "L_d = 2 c1/(d+1): L_d h^((d+1)/2) <= p", "(129)", of_dimension<ub::cap_mass_lower>},
      {"cap_mass_upper",
       {"d"},
       "U_d = 2^((d+1)/2) c1/(d+1): p <= U_d h^((d+1)/2)",
       "(129)",
       of_dimension<ub::cap_mass_upper>},
      {"cap_area_fraction",
       {"d", "theta"},
       "sigma_d, share of the sphere S^(d-1) within the angle theta of u, 0 <= theta <= pi",
       "Lemma H.3",
       cap_area_fraction},
      {"atom_norm2",
       {"d", "h"},
       "a = E[Phi(X)^2], Phi(x) = relu(u.x-(1-h))/h, 0 <= h <= 1",
       "Lemma H.1",
       of_depth<ub::atom_norm2, 1>},
      {"atom_norm2_lebesgue",
       {"d", "h"},
       "int over the unit ball of Phi^2 = v_d a, 0 <= h <= 1",
       "Lemma H.1",
       of_depth<ub::atom_norm2_lebesgue, 1>},
      {"c1",
       {"d"},
       "Gamma(d/2+1)/(sqrt(pi) Gamma((d+1)/2)), the density of X.u at 0",
       "Prop. E.1",
       of_dimension<ub::c1>},
      {"c2", {"d"}, "c1/(d+1) (7/4)^((d+1)/2)", "Prop. E.2", of_dimension<ub::c2>},
      {"c3", {"d"}, "c1/(d+1) 2^((d+2)/2)", "Prop. E.2", of_dimension<ub::c3>},
      {"c4", {"d"}, "(d+1)/(d+3) (7/8)^((d-1)/2)/sqrt(2)", "Prop. E.3", of_dimension<ub::c4>},
      {"c5", {"d"}, "(d+1)/(d+3) (8/7)^((d+1)/2)", "Prop. E.3", of_dimension<ub::c5>},
      {"c7",
       {"d"},
       "sqrt(c7_squared(d)): c7 eps^((d+1)/2) <= ||Phi||_Leb for h = eps^2 <= 1/4",
       "Lemma H.1",
       of_dimension<c7>},
      {"c8", {"d"}, "sqrt(c8_squared(d)): ||Phi||_Leb <= c8 eps^((d+1)/2)", "Lemma H.1", of_dimension<c8>},
      {"c7_squared", {"d"}, "v_(d-1) (7/4)^((d-1)/2) B((d+1)/2, 3)", "Lemma H.1", of_dimension<ub::c7_squared>},
      {"c8_squared", {"d"}, "v_(d-1) 2^((d-1)/2) B((d+1)/2, 3)", "Lemma H.1", of_dimension<ub::c8_squared>},
      {"levenshtein",
       {"d", "s"},
       "upper bound on codes in S^(d-1) with inner products <= s, -1 <= s < 1",
       "Levenshtein 1979; Lemma H.3",
       levenshtein},
      {"bpsk_mmse",
       {"s"},
       "1 - E tanh(s + sqrt(s) Z), error of a fair sign in Gaussian noise, s >= 0",
       "Appendix H (Bayes risk)",
       mmse},
  };
}

}  // namespace shatterproof::expression
