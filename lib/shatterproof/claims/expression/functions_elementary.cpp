#include "shatterproof/claims/expression/catalogue.hpp"

namespace shatterproof::expression {
namespace {

Value square_root(const Arguments& a) {
  const Ball x = a.at_least(0, 0);
  if (a[0].exact()) {
    const Rational& q = *a[0].exact();
    if (mpz_perfect_square_p(q.get_num_mpz_t()) != 0 && mpz_perfect_square_p(q.get_den_mpz_t()) != 0)
      return Rational(sqrt(q.get_num()), sqrt(q.get_den()));
  }
  return sqrt(x);
}

Value gamma_function(const Arguments& a) {
  if (a[0].is_integer() && *a[0].exact() <= 0) a.reject(0, "neither 0 nor a negative integer");
  return gamma(a.ball(0));
}

Value absolute(const Arguments& a) {
  return a[0].exact() ? Value(Rational(abs(*a[0].exact()))) : Value(abs(a.ball(0)));
}

template <bool kLeast>
Value extremum(const Arguments& a) {
  Value best = a[0];
  for (std::size_t i = 1; i < a.size(); ++i) {
    if (best.exact() && a[i].exact()) {
      if (kLeast ? *a[i].exact() < *best.exact() : *best.exact() < *a[i].exact()) best = a[i];
    } else {
      best = kLeast ? min(best.ball(), a.ball(i)) : max(best.ball(), a.ball(i));
    }
  }
  return best;
}

Value binomial(const Arguments& a) {
  constexpr long kMostExact = 100000;
  const long n = a.integer(0, 0), k = a.integer(1, 0);
  if (k > n) return Rational(0);
  if (n <= kMostExact) {
    Integer result;
    mpz_bin_uiui(result.get_mpz_t(), static_cast<unsigned long>(n), static_cast<unsigned long>(k));
    return Rational(result);
  }
  const Ball top = Ball(n) + Ball(1), chosen = Ball(k) + Ball(1);
  return exp(log_gamma(top) - log_gamma(chosen) - log_gamma(top - Ball(k)));
}

}  // namespace

std::vector<Function> elementary_functions() {
  return {
      {"pi", {}, "the circle constant 3.14159...", "", [](const Arguments&) -> Value { return Ball::pi(); }},
      {"sqrt", {"x"}, "square root, x >= 0", "", square_root},
      {"exp", {"x"}, "e^x", "", [](const Arguments& a) -> Value { return exp(a.ball(0)); }},
      {"expm1",
       {"x"},
       "e^x - 1 without cancellation",
       "",
       [](const Arguments& a) -> Value { return expm1(a.ball(0)); }},
      {"log", {"x"}, "natural logarithm, x > 0", "", [](const Arguments& a) -> Value { return log(a.above(0, 0)); }},
      {"log1p", {"x"}, "log(1 + x), x > -1", "", [](const Arguments& a) -> Value { return log1p(a.above(0, -1)); }},
      {"sin", {"x"}, "sine, radians", "", [](const Arguments& a) -> Value { return sin(a.ball(0)); }},
      {"cos", {"x"}, "cosine, radians", "", [](const Arguments& a) -> Value { return cos(a.ball(0)); }},
      {"asin",
       {"x"},
       "inverse sine, |x| <= 1",
       "",
       [](const Arguments& a) -> Value { return asin(a.within(0, -1, 1)); }},
      {"acos",
       {"x"},
       "inverse cosine, |x| <= 1",
       "",
       [](const Arguments& a) -> Value { return acos(a.within(0, -1, 1)); }},
      {"atan", {"x"}, "inverse tangent", "", [](const Arguments& a) -> Value { return atan(a.ball(0)); }},
      {"erfc",
       {"x"},
       "2/sqrt(pi) int_x^inf exp(-t^2) dt",
       "",
       [](const Arguments& a) -> Value { return erfc(a.ball(0)); }},
      {"gamma", {"x"}, "Euler's gamma function, x not 0, -1, -2, ...", "", gamma_function},
      {"lgamma",
       {"x"},
       "log(gamma(x)), x > 0",
       "",
       [](const Arguments& a) -> Value { return log_gamma(a.above(0, 0)); }},
      {"beta",
       {"a", "b"},
       "Euler's beta function, a, b > 0",
       "",
       [](const Arguments& a) -> Value { return beta(a.above(0, 0), a.above(1, 0)); }},
      {"binomial", {"n", "k"}, "n choose k, integers >= 0", "", binomial},
      {"abs", {"x"}, "|x|", "", absolute},
      {"min", {"x", "y", "..."}, "the least argument", "", extremum<true>},
      {"max", {"x", "y", "..."}, "the largest argument", "", extremum<false>},
  };
}

}  // namespace shatterproof::expression
