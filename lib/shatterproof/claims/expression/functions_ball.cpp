#include "shatterproof/claims/expression/ball_constants.hpp"
#include "shatterproof/claims/expression/ball_jets.hpp"
#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof::expression {
namespace {

namespace ub = uniform_ball;

// Exponents of the leading powers at h = 0.
Rational half(long twice) {
  Rational q(twice, 2);
  q.canonicalize();
  return q;
}
long dimension(const std::vector<Value>& constants) { return constants[0].exact()->get_num().get_si(); }
Rational tail_power(const std::vector<Value>& d) { return half(dimension(d) + 1); }
Rational excess_power(const std::vector<Value>& d) { return half(dimension(d) + 3); }
Rational weight_power(const std::vector<Value>& d) { return dimension(d) + 2; }

/// A function of the catalogue at a series in the depth.
Series of_series(const char* name, const std::vector<Value>& d, const Series& u) {
  return call(*find_function(name), {Series(d[0], u.order()), u});
}

template <const char* const& kName>
Series rest(const std::vector<Value>& d, const Series& u) {
  return of_series(kName, d, u);
}

constexpr const char* kTail = "ball_tail_ratio";
constexpr const char* kFirstMoment = "ball_first_moment_ratio";
constexpr const char* kExcess = "ball_excess_ratio";
constexpr const char* kWeight = "ball_weight_ratio";
constexpr const char* kAtom = "atom_norm2_ratio";

/// The weight is g+ up to h = 1 only.
Series weight_rest(const std::vector<Value>& d, const Series& u) {
  if (certainly_less_or_equal(u[0].ball(), Ball(1))) return of_series(kWeight, d, u);
  return {std::vector<Value>(static_cast<std::size_t>(u.order()) + 1, Value::indeterminate()), u.order()};
}

Series atom_lebesgue_rest(const std::vector<Value>& d, const Series& u) {
  return multiply(ball::volume(dimension(d)), of_series(kAtom, d, u));
}

/// f(d, h), 0 <= h <= kMost.
template <Ball (*kFunction)(long, const Ball&), long kMost = 2>
Value of_depth(const Arguments& a) {
  const long d = a.integer(0, 1);
  return kFunction(d, a.within(1, 0, kMost));
}

/// One of the ratios: in closed form at h = 0 (and for d = 1 where it is a constant).
template <Ball (*kFunction)(long, const Ball&), Jet kJet, long kMost = 2>
Value ratio(const Arguments& a) {
  const Value value = of_depth<kFunction, kMost>(a);
  if (!a[1].is_exactly(0) && !a[0].is_exactly(1)) return value;
  const Value closed = kJet({a[0], a[1]}, 0)[0];
  return a[1].is_exactly(0) || closed.exact() ? closed : value;
}

/// f = h^power * ratio: for an exact h in these terms, so that equal numbers get equal symbols.
template <Ball (*kFunction)(long, const Ball&), Rational (*kPower)(const std::vector<Value>&),
          const char* const& kRatio, long kMost = 2>
Value through_ratio(const Arguments& a) {
  const long d = a.integer(0, 1);
  const Ball h = a.within(1, 0, kMost);
  if (!a[1].exact()) return kFunction(d, h);
  if (a[1].is_exactly(0)) return 0L;
  const Value power = raise(a[1], kPower({a[0]}));
  return multiply(call(*find_function(kRatio), std::vector<Value>{a[0], a[1]}), power);
}

Value tail_ratio(const Arguments& a) {
  const Value value = ratio<ub::tail_ratio, ball::tail_ratio>(a);
  return a[1].is_exactly(1) ? Value(Rational(1, 2)) : value;
}

Value excess_ratio(const Arguments& a) {
  const Value value = ratio<ub::excess_ratio, ball::excess_ratio>(a);
  return a[1].is_exactly(1) ? ball::density_scale(a.integer(0, 1)) : value;  // s = N at h = 1
}

Value first_moment_ratio(const Arguments& a) {
  const Value value = of_depth<ub::first_moment_ratio>(a);
  return a[1].exact() ? ball::first_moment_ratio({a[0], a[1]}, 0)[0] : value;
}

/// 1 where all of the ball counts.
template <Value (*kFunction)(const Arguments&)>
Value one_at_two(const Arguments& a) {
  const Value value = kFunction(a);
  return a[1].is_exactly(2) ? Value(1L) : value;
}

Value tail_mean(const Arguments& a) {
  const Value value = of_depth<ub::tail_mean>(a);
  return a[1].is_exactly(0) ? Value(1L) : a[1].is_exactly(2) ? Value(0L) : value;
}

/// The other side beyond h = 1.
Value weight(const Arguments& a) {
  const Value value = of_depth<ub::weight>(a);
  if (!a[1].exact()) return value;
  const Value depth = *a[1].exact() <= 1 ? a[1] : subtract(2L, a[1]);
  return call(*find_function("ball_weight_plus"), std::vector<Value>{a[0], depth});
}

Value atom_norm2_lebesgue(const Arguments& a) {
  const Value value = of_depth<ub::atom_norm2_lebesgue, 1>(a);
  if (!a[1].exact()) return value;
  return multiply(ball::volume(a.integer(0, 1)), call(*find_function("atom_norm2"), std::vector<Value>{a[0], a[1]}));
}

Value cap_area_fraction(const Arguments& a) {
  const long d = a.integer(0, 1);
  return ub::cap_area_fraction(d, a.within(1, 0, Ball::pi(), "pi"));
}

/// In an odd dimension the density (s(2-s))^((d-1)/2) at depth s is a polynomial with rational coefficients, and so are
/// its integrals: the tail and the squared norm of the atom of degree d, first moment and excess of d + 1.
template <long kMore>
std::optional<long> degree_in_odd_dimension(const std::vector<Value>& constants) {
  const long d = dimension(constants);
  return d % 2 == 1 ? std::optional<long>(d + kMore) : std::nullopt;
}

Function with_degree(Function f, std::optional<long> (*degree)(const std::vector<Value>&)) {
  f.degree = degree;
  return f;
}

constexpr auto kTailValue = one_at_two<through_ratio<ub::tail, tail_power, kTail>>;
constexpr auto kWeightPlusValue = one_at_two<through_ratio<ub::weight_plus, weight_power, kWeight>>;
constexpr auto kExcessValue = one_at_two<through_ratio<ub::excess, excess_power, kExcess>>;

}  // namespace

// X is uniform on the closed unit ball of R^d, u a unit vector, h = 1 - t the depth.
std::vector<Function> uniform_ball_functions() {
  const std::vector<std::string> dh{"d", "h"};
  return {
      with_degree({"ball_tail",
                   dh,
                   "Q = P(X.u > 1-h), 0 <= h <= 2",
                   "Prop. E.2",
                   kTailValue,
                   ball::tail,
                   nullptr,
                   {tail_power, rest<kTail>}},
                  degree_in_odd_dimension<0>),
      with_degree({"ball_first_moment",
                   dh,
                   "N = E[X.u ; X.u > 1-h], 0 <= h <= 2",
                   "Appendix E.1",
                   through_ratio<ub::first_moment, tail_power, kFirstMoment>,
                   ball::first_moment,
                   nullptr,
                   {tail_power, rest<kFirstMoment>}},
                  degree_in_odd_dimension<1>),
      {"ball_tail_mean", dh, "E = E[X.u | X.u > 1-h], 0 <= h <= 2; 1 at h = 0", "Prop. E.3", tail_mean,
       ball::tail_mean},
      with_degree({"ball_excess",
                   dh,
                   "s = E[(X.u - (1-h))_+], 0 <= h <= 2",
                   "Appendix E.1",
                   kExcessValue,
                   ball::excess,
                   nullptr,
                   {excess_power, rest<kExcess>}},
                  degree_in_odd_dimension<1>),
      {"ball_weight_plus",
       dh,
       "g+ = s sqrt(Q^2 + N^2), the one-sided weight, 0 <= h <= 2",
       "(6), Prop. E.4",
       kWeightPlusValue,
       ball::weight_plus,
       nullptr,
       {weight_power, rest<kWeight>}},
      {"ball_weight",
       dh,
       "g_P = g+(1-|1-h|), the weight (the smaller side), 0 <= h <= 2",
       "(6), Prop. E.4",
       weight,
       ball::weight,
       nullptr,
       {weight_power, weight_rest}},
      with_degree({"cap_mass",
                   dh,
                   "p = P(X.u >= 1-h), 0 <= h <= 2",
                   "(129)",
                   kTailValue,
                   ball::tail,
                   nullptr,
                   {tail_power, rest<kTail>}},
                  degree_in_odd_dimension<0>),
      {"ball_tail_ratio", dh, "Q/h^((d+1)/2), its limit at h = 0, 0 <= h <= 2", "Prop. E.2", tail_ratio,
       ball::tail_ratio},
      {"ball_first_moment_ratio", dh, "N/h^((d+1)/2), its limit at h = 0, 0 <= h <= 2", "Appendix E.1",
       first_moment_ratio, ball::first_moment_ratio},
      {"ball_excess_ratio", dh, "s/h^((d+3)/2), its limit at h = 0, 0 <= h <= 2", "Appendix E.1", excess_ratio,
       ball::excess_ratio},
      {"ball_gap_ratio", dh, "(1-E)/h, its limit (d+1)/(d+3) at h = 0, 0 <= h <= 2", "Prop. E.3",
       ratio<ub::gap_ratio, ball::gap_ratio>, ball::gap_ratio},
      {"ball_weight_ratio", dh, "rho = g+/h^(d+2), its limit at h = 0, 0 <= h <= 2", "Prop. E.4",
       ratio<ub::weight_ratio, ball::weight_ratio>, ball::weight_ratio},
      {"cap_area_fraction",
       {"d", "theta"},
       "sigma_d, share of the sphere S^(d-1) within the angle theta of u, 0 <= theta <= pi",
       "Lemma H.3",
       cap_area_fraction,
       ball::cap_area_fraction},
      with_degree({"atom_norm2",
                   dh,
                   "a = E[Phi(X)^2], Phi(x) = relu(u.x-(1-h))/h, 0 <= h <= 1",
                   "Lemma H.1",
                   through_ratio<ub::atom_norm2, tail_power, kAtom, 1>,
                   ball::atom_norm2,
                   nullptr,
                   {tail_power, rest<kAtom>}},
                  degree_in_odd_dimension<0>),
      {"atom_norm2_lebesgue",
       dh,
       "int over the unit ball of Phi^2 = v_d a, 0 <= h <= 1",
       "Lemma H.1",
       atom_norm2_lebesgue,
       ball::atom_norm2_lebesgue,
       nullptr,
       {tail_power, atom_lebesgue_rest}},
      {"atom_norm2_ratio", dh, "a/h^((d+1)/2), its limit at h = 0, 0 <= h <= 1", "Lemma H.1",
       ratio<ub::atom_norm2_ratio, ball::atom_norm2_ratio, 1>, ball::atom_norm2_ratio},
  };
}

}  // namespace shatterproof::expression
