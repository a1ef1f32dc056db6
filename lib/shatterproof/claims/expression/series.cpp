#include "shatterproof/claims/expression/series.hpp"

namespace shatterproof::expression {
namespace {

std::size_t at(int k) { return static_cast<std::size_t>(k); }

std::vector<Value> indeterminate_coefficients(int order) {
  return std::vector<Value>(at(order) + 1, Value::indeterminate());
}

}  // namespace

Series::Series(std::vector<Value> coefficients, int order) : order_(order), stored_(std::move(coefficients)) {
  if (stored_.size() > at(order) + 1) stored_.resize(at(order) + 1, 0L);
}

Series Series::variable(const Value& value, long slope, int order) {
  return {std::vector<Value>{value, Value(slope)}, order};
}

const Value& Series::operator[](int k) const {
  static const Value zero = 0L;
  return k < stored() ? stored_[at(k)] : zero;
}

std::vector<Value> Series::coefficients() const {
  std::vector<Value> all = stored_;
  all.resize(at(order_) + 1, 0L);
  return all;
}

Series Series::replaced(int k, const Value& value) const {
  Series result = *this;
  if (k < stored()) result.stored_[at(k)] = value;
  return result;
}

Series negate(const Series& a) { return multiply(Value(-1L), a); }

Series add(const Series& a, const Series& b) {
  std::vector<Value> sum;
  for (int k = 0; k < std::max(a.stored(), b.stored()); ++k)
    sum.push_back(k >= a.stored() ? b[k] : k >= b.stored() ? a[k] : add(a[k], b[k]));
  return {std::move(sum), a.order()};
}

Series subtract(const Series& a, const Series& b) { return add(a, negate(b)); }

Series multiply(const Value& a, const Series& b) {
  if (a.is_exactly(1)) return b;
  std::vector<Value> product;
  for (int k = 0; k < b.stored(); ++k) product.push_back(multiply(a, b[k]));
  return {std::move(product), b.order()};
}

Series multiply(const Series& a, const Series& b) {
  if (a.is_constant()) return multiply(a[0], b);
  if (b.is_constant()) return multiply(b[0], a);
  const int count = std::min(a.order() + 1, a.stored() + b.stored() - 1);
  std::vector<Value> product;
  for (int k = 0; k < count; ++k) {
    Value sum = 0L;
    for (int i = std::max(0, k - b.stored() + 1); i <= std::min(k, a.stored() - 1); ++i)
      sum = add(sum, multiply(a[i], b[k - i]));
    product.push_back(std::move(sum));
  }
  return {std::move(product), a.order()};
}

Series divide(const Series& a, const Series& b) {
  if (b.is_constant()) {
    std::vector<Value> quotient;
    for (int k = 0; k < a.stored(); ++k) quotient.push_back(divide(a[k], b[0]));
    return {std::move(quotient), a.order()};
  }
  if (b[0].ball().contains_zero()) return {indeterminate_coefficients(a.order()), a.order()};
  std::vector<Value> quotient;
  for (int k = 0; k <= a.order(); ++k) {
    Value rest = a[k];
    for (int i = 1; i <= std::min(k, b.stored() - 1); ++i) rest = subtract(rest, multiply(b[i], quotient[at(k - i)]));
    quotient.push_back(divide(rest, b[0]));
  }
  return {std::move(quotient), a.order()};
}

namespace {

/// (exponent choose k) * power(exponent - k) for k = 0 .. order, as far as the first factor is not 0.
template <typename Power>
std::vector<Value> binomial_coefficients(const Power& power, const Value& exponent, int order) {
  std::vector<Value> f;
  Value choose = 1L;
  for (int k = 0; k <= order && !choose.is_exactly(0); ++k) {
    const Value lowered = subtract(exponent, Value(static_cast<long>(k)));
    f.push_back(or_indeterminate([&] { return multiply(choose, power(lowered)); }));
    choose = divide(multiply(choose, lowered), Value(static_cast<long>(k + 1)));
  }
  return f;
}

}  // namespace

std::vector<Value> power_coefficients(const Value& u, const Value& exponent, int order) {
  return binomial_coefficients([&](const Value& e) { return raise(u, e); }, exponent, order);
}

std::vector<Value> nonnegative_power_coefficients(const Value& u, const Rational& exponent, int order) {
  const Ball ball = u.ball();
  if (u.exact() || !ball.is_finite() || certainly_positive(ball)) return power_coefficients(u, exponent, order);
  const Value top(ball.upper());
  const auto power = [&](const Value& e) -> Value {
    if (e.is_exactly(0)) return 1L;
    if (certainly_negative(e.ball())) return Value::indeterminate();
    return Ball::hull(Ball(0), raise(top, e).ball());
  };
  return binomial_coefficients(power, exponent, order);
}

Series raise(const Series& base, const Value& exponent) {
  const int order = base.is_constant() ? 0 : base.order();
  if (exponent.is_exactly(0) && base[0].is_finite()) return {Value(1L), base.order()};
  if (exponent.is_exactly(1)) return base;
  std::vector<Value> f = power_coefficients(base[0], exponent, order);
  f[0] = raise(base[0], exponent);  // for its errors
  return compose(f, base);
}

Series raise(const Series& base, const Series& exponent) {
  if (exponent.is_constant()) return raise(base, exponent[0]);
  // base^exponent = exp(exponent log base)
  const int order = exponent.order();
  const Value& u = base[0];
  if (!certainly_positive(u.ball())) {
    std::vector<Value> f = indeterminate_coefficients(order);
    f[0] = raise(u, exponent[0]);
    return {std::move(f), order};
  }
  std::vector<Value> logarithm{monotone([](const Ball& x) { return log(x); }, u.ball())};
  for (int k = 1; k <= order; ++k)
    logarithm.push_back(multiply(Rational(k % 2 == 1 ? 1 : -1, k), raise(u, Value(static_cast<long>(-k)))));
  const Series inner = multiply(exponent, compose(logarithm, base));
  const Value top = raise(u, exponent[0]);
  std::vector<Value> exponential{top};
  for (int k = 1; k <= order; ++k) exponential.push_back(divide(exponential.back(), Value(static_cast<long>(k))));
  return compose(exponential, inner);
}

Series compose(const std::vector<Value>& f, const Series& g) {
  const int order = g.order(), top = static_cast<int>(f.size()) - 1;
  if (g.is_constant()) return {f[0], order};
  // g - g[0] = t * shifted; power = shifted^k stands for t^k shifted^k, so that no coefficient of f touches a
  // coefficient below its own order (it may be indeterminate).
  std::vector<Value> tail;
  for (int i = 1; i < g.stored(); ++i) tail.push_back(g[i]);
  const Series shifted(std::move(tail), order);
  std::vector<Value> sum{f[0]};
  Series power(Value(1L), order);
  for (int k = 1; k <= std::min(top, order); ++k) {
    power = multiply(power, shifted);
    for (int i = 0; i < power.stored() && i + k <= order; ++i) {
      const Value term = multiply(f[at(k)], power[i]);
      if (i + k < static_cast<int>(sum.size()))
        sum[at(i + k)] = add(sum[at(i + k)], term);
      else
        sum.push_back(term);
    }
  }
  return {std::move(sum), order};
}

Series integrate(const Series& derivative, const Value& value) {
  std::vector<Value> f{value};
  for (int k = 1; k <= std::min(derivative.order(), derivative.stored()); ++k)
    f.push_back(divide(derivative[k - 1], Value(static_cast<long>(k))));
  return {std::move(f), derivative.order()};
}

}  // namespace shatterproof::expression
