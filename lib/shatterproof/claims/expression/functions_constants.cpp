#include "shatterproof/claims/expression/ball_constants.hpp"
#include "shatterproof/claims/expression/catalogue.hpp"

namespace shatterproof::expression {
namespace {

template <Value (*kFunction)(long), long kLeast = 1>
Value of_dimension(const Arguments& a) {
  return kFunction(a.integer(0, kLeast));
}

Value c7(long d) { return raise(ball::c7_squared(d), Rational(1, 2)); }
Value c8(long d) { return raise(ball::c8_squared(d), Rational(1, 2)); }

}  // namespace

std::vector<Function> uniform_ball_constants() {
  return {
      {"ball_weight_limit",
       {"d"},
       "kappa_d = rho(0) = sqrt(2) 2^(d+2) c1^2/((d+1)^2 (d+3))",
       "Prop. E.4'",
       of_dimension<ball::weight_limit>},
      {"kappa", {"d"}, "the same as ball_weight_limit(d)", "Prop. E.4'", of_dimension<ball::weight_limit>},
      {"ball_volume",
       {"d"},
       "v_d, Lebesgue measure of the unit ball of R^d, d >= 0",
       "Appendix H",
       of_dimension<ball::volume, 0>},
      {"cap_mass_lower", {"d"}, "L_d = 2 c1/(d+1): L_d h^((d+1)/2) <= p", "(129)", of_dimension<ball::cap_mass_lower>},
      {"cap_mass_upper",
       {"d"},
       "U_d = 2^((d+1)/2) c1/(d+1): p <= U_d h^((d+1)/2)",
       "(129)",
       of_dimension<ball::cap_mass_upper>},
      {"c1",
       {"d"},
       "Gamma(d/2+1)/(sqrt(pi) Gamma((d+1)/2)), the density of X.u at 0",
       "Prop. E.1",
       of_dimension<ball::c1>},
      {"c2", {"d"}, "c1/(d+1) (7/4)^((d+1)/2)", "Prop. E.2", of_dimension<ball::c2>},
      {"c3", {"d"}, "c1/(d+1) 2^((d+2)/2)", "Prop. E.2", of_dimension<ball::c3>},
      {"c4", {"d"}, "(d+1)/(d+3) (7/8)^((d-1)/2)/sqrt(2)", "Prop. E.3", of_dimension<ball::c4>},
      {"c5", {"d"}, "(d+1)/(d+3) (8/7)^((d+1)/2)", "Prop. E.3", of_dimension<ball::c5>},
      {"c7",
       {"d"},
       "sqrt(c7_squared(d)): c7 eps^((d+1)/2) <= ||Phi||_Leb for h = eps^2 <= 1/4",
       "Lemma H.1",
       of_dimension<c7>},
      {"c8", {"d"}, "sqrt(c8_squared(d)): ||Phi||_Leb <= c8 eps^((d+1)/2)", "Lemma H.1", of_dimension<c8>},
      {"c7_squared", {"d"}, "v_(d-1) (7/4)^((d-1)/2) B((d+1)/2, 3)", "Lemma H.1", of_dimension<ball::c7_squared>},
      {"c8_squared", {"d"}, "v_(d-1) 2^((d-1)/2) B((d+1)/2, 3)", "Lemma H.1", of_dimension<ball::c8_squared>},
  };
}

}  // namespace shatterproof::expression
