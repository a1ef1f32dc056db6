#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/claims/expression/jets.hpp"

namespace shatterproof::expression {
namespace {

Value square_root(const Arguments& a) {
  (void)a.at_least(0, 0);
  if (a[0].exact()) {
    const Rational& q = *a[0].exact();
    if (mpz_perfect_square_p(q.get_num_mpz_t()) != 0 && mpz_perfect_square_p(q.get_den_mpz_t()) != 0)
      return Rational(sqrt(q.get_num()), sqrt(q.get_den()));
  }
  const auto symbol = a[0].symbol();
  return {monotone([](const Ball& x) { return sqrt(x); }, a.ball(0)),
          symbol ? raise(*symbol, Rational(1, 2)) : std::nullopt};
}

/// A monotone function, with its value at an exact point where that is rational.
template <Ball (*kFunction)(const Ball&)>
Value increasing(const Ball& x) {
  return monotone([](const Ball& y) { return kFunction(y); }, x);
}

template <Ball (*kFunction)(const Ball&), long kPoint, long kValue>
Value known_at(const Arguments& a) {
  if (a[0].is_exactly(kPoint)) return kValue;
  return increasing<kFunction>(a.ball(0));
}

Value logarithm(const Arguments& a) {
  const Ball x = a.above(0, 0);
  return a[0].is_exactly(1) ? Value(0L) : increasing<log>(x);
}

Value logarithm_of_one_plus(const Arguments& a) {
  const Ball x = a.above(0, -1);
  return a[0].is_exactly(0) ? Value(0L) : increasing<log1p>(x);
}

/// sin(x + quarter pi/2) at a multiple x of pi/2, nothing elsewhere.
std::optional<Value> sine_of_right_angles(const Value& x, long quarter) {
  static const long kSines[] = {0, 1, 0, -1};
  Rational turns = 0;
  if (!x.is_exactly(0)) {
    const auto symbol = x.symbol();
    if (!symbol || symbol->atoms != std::map<std::string, Rational>{{"pi", 1}}) return {};
    turns = 2 * symbol->factor;
  }
  if (turns.get_den() != 1) return {};
  const Integer angle = turns.get_num() + quarter;
  return Value(kSines[mpz_fdiv_ui(angle.get_mpz_t(), 4)]);
}

Value sine(const Arguments& a) {
  const auto known = sine_of_right_angles(a[0], 0);
  return known ? *known : Value(sin(a.ball(0)));
}

Value cosine(const Arguments& a) {
  const auto known = sine_of_right_angles(a[0], 1);
  return known ? *known : Value(cos(a.ball(0)));
}

Value arcsine(const Arguments& a) {
  const Ball x = a.within(0, -1, 1);
  return a[0].is_exactly(0) ? Value(0L) : increasing<asin>(x);
}

Value arccosine(const Arguments& a) {
  const Ball x = a.within(0, -1, 1);
  return a[0].is_exactly(1) ? Value(0L) : increasing<acos>(x);
}

Value gamma_function(const Arguments& a) {
  constexpr long kMostExact = 1000;
  if (a[0].is_integer() && *a[0].exact() <= 0) a.reject(0, "neither 0 nor a negative integer");
  if (!a[0].is_integer() || *a[0].exact() > kMostExact) return gamma(a.ball(0));
  Integer factorial;
  mpz_fac_ui(factorial.get_mpz_t(), a[0].exact()->get_num().get_ui() - 1);
  return Rational(factorial);
}

Value log_of_gamma(const Arguments& a) {
  const Ball x = a.above(0, 0);
  return a[0].is_exactly(1) || a[0].is_exactly(2) ? Value(0L) : Value(log_gamma(x));
}

Value absolute(const Arguments& a) {
  if (a[0].exact()) return Rational(abs(*a[0].exact()));
  const Ball x = a.ball(0);
  return certainly_positive(x) ? a[0] : certainly_negative(x) ? negate(a[0]) : Value(abs(x));
}

template <bool kLeast>
Value extremum(const Arguments& a) {
  Value best = a[0];
  for (std::size_t i = 1; i < a.size(); ++i) {
    if (kLeast ? certainly_at_most(best, a[i]) : certainly_at_most(a[i], best)) continue;
    if (kLeast ? certainly_at_most(a[i], best) : certainly_at_most(best, a[i]))
      best = a[i];
    else
      best = kLeast ? min(best.ball(), a.ball(i)) : max(best.ball(), a.ball(i));
  }
  return best;
}

// Leading powers at 0: f(u) = u rest(u), and sqrt.
Rational one(const std::vector<Value>&) { return 1; }
Rational one_half(const std::vector<Value>&) { return {1, 2}; }
Series nothing_left(const std::vector<Value>&, const Series& u) { return {Value(1L), u.order()}; }
constexpr Leading kLinear{one, nullptr};

// Where the argument is unbounded.
Value half_pi(long sign) { return multiply(Rational(sign, 2), Value(Ball::pi(), Symbol::named("pi"))); }

/// Values between f at the least argument and the limit.
Beyond between(const Ball* least, Ball (*f)(const Ball&), const Value& limit) {
  return {least == nullptr ? limit : Value(Ball::hull(f(*least), limit.ball()))};
}

/// t^-K exp(-L t^-rate) grows up to L t^-rate = K/rate.
Beyond exp_beyond(const Ball* least, bool above, const Rational& rate) {
  if (above) return {Value::indeterminate()};
  Beyond result = between(least, exp, 0L);
  const bool falls = rate > 0 && (least == nullptr || certainly_less(*least, Ball(Rational(-kDecay / rate))));
  if (falls) result.decay = kDecay;
  return result;
}

/// erfc(y) y^(K/rate) falls once 2 y^2 >= K/rate, because erfc(y) <= exp(-y^2)/(y sqrt(pi)).
Beyond erfc_beyond(const Ball* least, bool above, const Rational& rate) {
  Beyond result = between(least, erfc, above ? 0L : 2L);
  const bool falls = above && rate > 0 &&
                     (least == nullptr || certainly_less(Ball(Rational(kDecay / rate)), Ball(2) * square(*least)));
  if (falls) result.decay = kDecay;
  return result;
}

Beyond expm1_beyond(const Ball* least, bool above, const Rational&) {
  return above ? Beyond{Value::indeterminate()} : between(least, expm1, -1L);
}
Beyond atan_beyond(const Ball* least, bool above, const Rational&) {
  return between(least, atan, half_pi(above ? 1 : -1));
}
Beyond tanh_beyond(const Ball* least, bool above, const Rational&) { return between(least, tanh, above ? 1L : -1L); }

}  // namespace

std::vector<Function> elementary_functions() {
  const std::vector<std::string> x{"x"};
  return {
      {"pi",
       {},
       "the circle constant 3.14159...",
       "",
       [](const Arguments&) -> Value {
         return {Ball::pi(), Symbol::named("pi")};
       }},
      {"sqrt", x, "square root, x >= 0", "", square_root, jets::square_root, nullptr, {one_half, nothing_left, true}},
      {"exp", x, "e^x", "", known_at<exp, 0, 1>, jets::exponential, nullptr, {}, exp_beyond},
      {"expm1", x, "e^x - 1 without cancellation", "", known_at<expm1, 0, 0>, jets::exponential, nullptr, kLinear,
       expm1_beyond},
      {"log",
       x,
       "natural logarithm, x > 0",
       "",
       logarithm,
       jets::logarithm,
       nullptr,
       {},
       nullptr,
       NodeKind::call,
       false,
       true},
      {"log1p", x, "log(1 + x), x > -1", "", logarithm_of_one_plus, jets::log1p, nullptr, kLinear},
      {"sin", x, "sine, radians", "", sine, jets::sine, nullptr, kLinear},
      {"cos", x, "cosine, radians", "", cosine, jets::cosine},
      {"asin", x, "inverse sine, |x| <= 1", "", arcsine, jets::arcsine, nullptr, kLinear},
      {"acos", x, "inverse cosine, |x| <= 1", "", arccosine, jets::arccosine},
      {"atan", x, "inverse tangent", "", known_at<atan, 0, 0>, jets::arctangent, nullptr, kLinear, atan_beyond},
      {"tanh", x, "hyperbolic tangent", "", known_at<tanh, 0, 0>, jets::tanh, nullptr, kLinear, tanh_beyond},
      {"erfc", x, "2/sqrt(pi) int_x^inf exp(-t^2) dt", "", known_at<erfc, 0, 1>, jets::erfc, nullptr, {}, erfc_beyond},
      {"gamma", x, "Euler's gamma function, x not 0, -1, -2, ...", "", gamma_function, jets::gamma},
      {"lgamma", x, "log(gamma(x)), x > 0", "", log_of_gamma, jets::log_gamma},
      {"beta",
       {"a", "b"},
       "Euler's beta function, a, b > 0",
       "",
       [](const Arguments& a) -> Value { return beta(a.above(0, 0), a.above(1, 0)); },
       nullptr,
       jets::beta},
      {"abs", x, "|x|", "", absolute, nullptr, jets::absolute, {}, nullptr, NodeKind::call, true},
      {"min",
       {"x", "y", "..."},
       "the least argument",
       "",
       extremum<true>,
       nullptr,
       jets::least,
       {},
       nullptr,
       NodeKind::call,
       true},
      {"max",
       {"x", "y", "..."},
       "the largest argument",
       "",
       extremum<false>,
       nullptr,
       jets::largest,
       {},
       nullptr,
       NodeKind::call,
       true},
  };
}

}  // namespace shatterproof::expression
