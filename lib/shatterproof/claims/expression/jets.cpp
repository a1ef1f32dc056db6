#include "shatterproof/claims/expression/jets.hpp"

#include <arb_poly.h>

#include "shatterproof/claims/expression/catalogue.hpp"

namespace shatterproof::expression::jets {
namespace {

Value number(long n) { return n; }

/// The value of the catalogue's function, with its symbol; indeterminate outside its domain.
Value at(const char* name, const Value& u) {
  return or_indeterminate([&] { return call(*find_function(name), std::vector<Value>{u}); });
}

Values divide_by_factorials(Values derivatives) {
  Value factorial = 1L;
  for (std::size_t k = 1; k < derivatives.size(); ++k) {
    factorial = multiply(factorial, number(static_cast<long>(k)));
    derivatives[k] = divide(derivatives[k], factorial);
  }
  return derivatives;
}

/// Of a function whose derivatives repeat after four.
Values cyclic(const Value (&cycle)[4], int order) {
  Values derivatives;
  for (int k = 0; k <= order; ++k) derivatives.push_back(cycle[k % 4]);
  return divide_by_factorials(std::move(derivatives));
}

/// Of a function with the given derivative; [0] is left at 0.
Values from_derivative(const Series& derivative) { return integrate(derivative, 0L).coefficients(); }

Series identity(const Value& u, int order) { return Series::variable(u, 1, order); }

/// 1 + sign u^2.
Series one_and_square(const Value& u, long sign, int order) {
  const Value square = raise(u, number(2));
  return {Values{add(1L, multiply(number(sign), square)), multiply(number(2 * sign), u), number(sign)}, order};
}

Values from_polynomial(void (*series)(arb_poly_t, const arb_poly_t, slong, slong), const Ball& u, int order) {
  arb_poly_t in, out;
  arb_poly_init(in);
  arb_poly_init(out);
  arb_poly_set_coeff_arb(in, 0, u.get());
  arb_poly_set_coeff_si(in, 1, 1);
  series(out, in, order + 1, working_precision());
  Values f;
  for (int k = 0; k <= order; ++k) {
    Ball c;
    arb_poly_get_coeff_arb(c.get(), out, k);
    f.emplace_back(std::move(c));
  }
  arb_poly_clear(in);
  arb_poly_clear(out);
  return f;
}

}  // namespace

Values square_root(const Values& args, int order) { return power_coefficients(args[0], Rational(1, 2), order); }

Values exponential(const Values& args, int order) {
  return divide_by_factorials(Values(static_cast<std::size_t>(order) + 1, at("exp", args[0])));
}

Values logarithm(const Values& args, int order) {
  if (args[0].is_exactly(0)) return Values(static_cast<std::size_t>(order) + 1, Value::indeterminate());
  return from_derivative(Series(power_coefficients(args[0], number(-1), order), order));
}

Values log1p(const Values& args, int order) { return logarithm({add(1L, args[0])}, order); }

Values sine(const Values& args, int order) {
  const Value s = at("sin", args[0]), c = at("cos", args[0]);
  return cyclic({s, c, negate(s), negate(c)}, order);
}

Values cosine(const Values& args, int order) {
  const Value s = at("sin", args[0]), c = at("cos", args[0]);
  return cyclic({c, negate(s), negate(c), s}, order);
}

Values arcsine(const Values& args, int order) {
  const Series inner = one_and_square(args[0], -1, order);
  return from_derivative(compose(power_coefficients(inner[0], Rational(-1, 2), order), inner));
}

Values arccosine(const Values& args, int order) {
  Values f = arcsine(args, order);
  for (Value& c : f) c = negate(c);
  return f;
}

Values arctangent(const Values& args, int order) {
  const Series inner = one_and_square(args[0], 1, order);
  return from_derivative(compose(power_coefficients(inner[0], number(-1), order), inner));
}

Values tanh(const Values& args, int order) {
  Values f{at("tanh", args[0])};  // f' = 1 - f^2
  for (int k = 0; k < order; ++k) {
    Value rest = k == 0 ? number(1) : number(0);
    for (int i = 0; i <= k; ++i)
      rest = subtract(rest, multiply(f[static_cast<std::size_t>(i)], f[static_cast<std::size_t>(k - i)]));
    f.push_back(divide(rest, number(k + 1)));
  }
  return f;
}

Values erfc(const Values& args, int order) {
  const Series u = identity(args[0], order);
  const Series inner = negate(Series(Values{raise(u[0], number(2)), multiply(number(2), u[0]), number(1)}, order));
  const Value scale = divide(number(-2), at("sqrt", call(*find_function("pi"), std::vector<Value>{})));
  return from_derivative(multiply(scale, compose(exponential({inner[0]}, order), inner)));
}

Values log_gamma(const Values& args, int order) {
  const Ball u = args[0].ball();
  if (!certainly_positive(u)) return Values(static_cast<std::size_t>(order) + 1, Value::indeterminate());
  if (u.is_exact() || u.accuracy_bits() > 24) return from_polynomial(arb_poly_lgamma_series, u, order);
  // The derivatives of order >= 1 are monotone for u > 0 (those of digamma have one sign).
  const Values low = from_polynomial(arb_poly_lgamma_series, u.lower(), order),
               high = from_polynomial(arb_poly_lgamma_series, u.upper(), order);
  Values f;
  for (std::size_t k = 0; k < low.size(); ++k) f.emplace_back(Ball::hull(low[k].ball(), high[k].ball()));
  f[0] = Value::indeterminate();  // log gamma itself has a minimum
  return f;
}

Values gamma(const Values& args, int order) {
  if (!certainly_positive(args[0].ball())) return from_polynomial(arb_poly_gamma_series, args[0].ball(), order);
  const Values f = log_gamma(args, order);
  Values top{at("gamma", args[0])};
  for (int k = 1; k <= order; ++k) top.push_back(divide(top.back(), number(k)));
  return compose(top, Series(f, order)).coefficients();
}

Series beta(const std::vector<Series>& args, const Value& value) {
  const int order = args[0].order();
  const auto log_of_gamma = [&](const Series& x) {
    Values f = x.is_constant() ? Values{} : log_gamma({x[0]}, order);
    f.resize(std::max<std::size_t>(1, f.size()), 0L);
    f[0] = 0L;  // only the derivatives matter
    return compose(f, x);
  };
  const Series logarithm =
      subtract(add(log_of_gamma(args[0]), log_of_gamma(args[1])), log_of_gamma(add(args[0], args[1])));
  Values top{value};
  for (int k = 1; k <= order; ++k) top.push_back(divide(top.back(), number(k)));
  return compose(top, logarithm);
}

}  // namespace shatterproof::expression::jets
