#include "shatterproof/claims/expression/local_arithmetic.hpp"

#include <algorithm>

namespace shatterproof::expression {
namespace {

using Powers = std::map<std::string, Rational>;

Powers combined(const Powers& a, const Powers& b, long sign) {
  Powers sum = a;
  for (const auto& [variable, power] : b) {
    Rational& total = sum[variable];
    total += sign * power;
    if (total == 0) sum.erase(variable);
  }
  return sum;
}

Powers multiplied(const Powers& powers, const Rational& factor) {
  Powers result;
  if (factor != 0)
    for (const auto& [variable, power] : powers) result.emplace(variable, power * factor);
  return result;
}

Rational power_of(const Powers& powers, const std::string& variable) {
  const auto found = powers.find(variable);
  return found == powers.end() ? Rational(0) : found->second;
}

/// All powers at least 0, and not all 0.
bool vanishes(const Powers& powers) {
  return !powers.empty() && std::all_of(powers.begin(), powers.end(), [](const auto& p) { return p.second > 0; });
}

}  // namespace

Series LocalArithmetic::indeterminate() const {
  return {std::vector<Value>(static_cast<std::size_t>(order_) + 1, Value::indeterminate()), order_};
}

Local LocalArithmetic::coordinate(const std::string& variable) const {
  const Coordinate& c = chart_.at(variable);
  const bool minus = c.kind == Coordinate::Kind::below || c.kind == Coordinate::Kind::minus_infinity;
  const Value sign = minus ? -1L : 1L;
  if (c.kind == Coordinate::Kind::infinity || c.kind == Coordinate::Kind::minus_infinity)
    return {{{variable, Rational(-1)}}, {sign, order_}};
  if (c.anchor == 0) return {{{variable, Rational(1)}}, {sign, order_}};
  const Value at = expression::add(c.anchor, expression::multiply(sign, c.t));
  if (variable != variable_) return constant(at);
  return {{}, Series::variable(at, minus ? -1 : 1, order_)};
}

Series LocalArithmetic::monomial(const Powers& powers) const {
  Series product(Value(1L), order_);
  for (const auto& [variable, power] : powers) {
    const Value& t = chart_.at(variable).t;
    const int order = variable == variable_ ? order_ : 0;
    std::vector<Value> coefficients = nonnegative_power_coefficients(t, power, order);
    product = expression::multiply(product, Series(std::move(coefficients), order_));
  }
  return product;
}

LocalArithmetic::Powers LocalArithmetic::take_out_common(const std::vector<Local>& terms,
                                                         std::vector<Series>& rest) const {
  Powers common = terms[0].powers;
  for (const Local& term : terms) {
    for (auto& [variable, power] : common) power = std::min(power, power_of(term.powers, variable));
    for (const auto& [variable, power] : term.powers)
      if (common.find(variable) == common.end()) common[variable] = std::min(power, Rational(0));
  }
  for (auto p = common.begin(); p != common.end();) p = p->second == 0 ? common.erase(p) : std::next(p);
  for (const Local& term : terms) rest.push_back(folded({combined(term.powers, common, -1), term.series}));
  return common;
}

Local LocalArithmetic::add(const Local& a, const Local& b) const {
  if (a.series.is_zero()) return b;
  if (b.series.is_zero()) return a;
  std::vector<Series> rest;
  Powers common = take_out_common({a, b}, rest);
  return {std::move(common), expression::add(rest[0], rest[1])};
}

Local LocalArithmetic::multiply(const Local& a, const Local& b) const {
  if (a.series.is_zero() && b.series[0].is_finite()) return constant(0L);
  if (b.series.is_zero() && a.series[0].is_finite()) return constant(0L);
  return {combined(a.powers, b.powers, 1), expression::multiply(a.series, b.series)};
}

Local LocalArithmetic::divide(const Local& a, const Local& b) const {
  return {combined(a.powers, b.powers, -1), expression::divide(a.series, b.series)};
}

Local LocalArithmetic::raise(const Local& base, const Local& exponent) const {
  const auto& e = exponent.series[0].exact();
  const bool constant_exponent = exponent.powers.empty() && exponent.series.is_constant();
  const bool splits = e && (e->get_den() == 1 || certainly_positive(base.series[0].ball()));
  if (constant_exponent && (base.powers.empty() || splits))
    return {e ? multiplied(base.powers, *e) : Powers{}, expression::raise(base.series, exponent.series[0])};
  return {{}, expression::raise(folded(base), folded(exponent))};
}

Local LocalArithmetic::call(const Function& function, const std::vector<Local>& args) const {
  if (function.homogeneous) {
    std::vector<Series> rest;
    Powers common = take_out_common(args, rest);
    return {std::move(common), expression::call(function, rest)};
  }
  std::vector<Series> folds;
  for (const Local& arg : args) folds.push_back(folded(arg));
  const bool constants = std::all_of(folds.begin(), folds.end() - (folds.empty() ? 0 : 1),
                                     [](const Series& s) { return s.is_constant(); });
  if (function.leading.power != nullptr && constants && vanishes(args.back().powers)) {
    // f(t^p s) = (t^p s)^power rest(t^p s)
    std::vector<Value> values;
    for (std::size_t i = 0; i + 1 < folds.size(); ++i) values.push_back(folds[i][0]);
    const Rational power = function.leading.power(values);
    const Local leading = raise(args.back(), constant(power));
    const Local whole = multiply(leading, {{}, call_rest(function, values, folds.back())});
    if (whole.series[0].is_finite()) return whole;
  }
  return {{}, expression::call(function, folds)};
}

}  // namespace shatterproof::expression
