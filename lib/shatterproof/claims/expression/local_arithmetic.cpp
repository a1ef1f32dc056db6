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
  const Axis& axis = axes_->at(variable);
  if (axis.infinite) return {{{variable, Rational(-1)}}, {axis.slope, order_}};
  if (axis.anchor.is_exactly(0) && !axis.plain) return {{{variable, Rational(1)}}, {axis.slope, order_}};
  const Value at = expression::add(axis.anchor, expression::multiply(axis.slope, axis.t));
  if (variable != variable_) return constant(at);
  return {{}, Series({at, axis.slope}, order_)};
}

Series LocalArithmetic::monomial(const Powers& powers) const {
  Series product(Value(1L), order_);
  for (const auto& [variable, power] : powers) {
    const Value& t = axes_->at(variable).t;
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

bool LocalArithmetic::is_at_an_end() const {
  return std::any_of(axes_->begin(), axes_->end(), [](const auto& axis) { return axis.second.t.is_exactly(0); });
}

/// At a distance that is exactly 0 a value 0 may only be a limit, and its power would be lost.
bool LocalArithmetic::vanishes_identically(const Local& a) const {
  return a.zero || (a.series.is_zero() && !is_at_an_end());
}

Local LocalArithmetic::add(const Local& a, const Local& b) const {
  if (vanishes_identically(a)) return b;
  if (vanishes_identically(b)) return a;
  std::vector<Series> rest;
  Powers common = take_out_common({a, b}, rest);
  return {std::move(common), expression::add(rest[0], rest[1])};
}

Local LocalArithmetic::multiply(const Local& a, const Local& b) const {
  if (vanishes_identically(a) && b.series[0].is_finite()) return constant(0L);
  if (vanishes_identically(b) && a.series[0].is_finite()) return constant(0L);
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
  if (constants && function.leading.power != nullptr &&
      (function.leading.everywhere ? !args.back().powers.empty() : vanishes(args.back().powers))) {
    Local whole = leading_form(function, args, folds);
    if (whole.series[0].is_finite()) return whole;
  }
  if (function.logarithmic) {
    const auto form = logarithm(args[0]);
    if (form) return *form;
  }
  if (function.beyond != nullptr && !folds[0][0].is_finite()) return at_infinity(function, args[0]);
  return {{}, expression::call(function, folds)};
}

/// f(t^p s) = (t^p s)^power rest(t^p s).
Local LocalArithmetic::leading_form(const Function& function, const std::vector<Local>& args,
                                    const std::vector<Series>& folds) const {
  std::vector<Value> constants;
  for (std::size_t i = 0; i + 1 < folds.size(); ++i) constants.push_back(folds[i][0]);
  const Local leading = raise(args.back(), constant(function.leading.power(constants)));
  return multiply(leading, {{}, call_rest(function, constants, folds.back())});
}

/// log(t^p s) = t^-b (p t^b log t + t^b log s) where t reaches 0; t^b log t lies between its least value on (0, 1),
/// attained at t = exp(-1/b), or at the largest t before it, and 0, or its value at the largest t beyond 1.
std::optional<Local> LocalArithmetic::logarithm(const Local& arg) const {
  const Rational b(1, 4);
  if (arg.powers.size() != 1 || !certainly_positive(arg.series[0].ball())) return {};
  const auto& [variable, power] = *arg.powers.begin();
  if (!axes_->at(variable).t.ball().contains_zero()) return {};
  const Ball top = axes_->at(variable).t.ball().upper();
  Value product = 0L;
  if (!axes_->at(variable).t.is_exactly(0)) {
    const Ball minimum = -(Ball(Rational(1 / b)) * exp(Ball(-1)));
    const Ball last = shatterproof::power(top, Ball(b)) * log(top);
    const bool falling = certainly_less(log(top), Ball(Rational(-1 / b)));
    product = Ball::hull(falling ? last : Ball::hull(minimum, last), Ball(0));
  }
  const Series rest = expression::call(*find_function("log"), std::vector<Series>{arg.series});
  const Series whole = expression::add({expression::multiply(Value(power), product), order_},
                                       expression::multiply(monomial({{variable, b}}), rest));
  return Local{{{variable, Rational(-b)}}, indeterminate().replaced(0, whole[0])};
}

/// The argument t^p s is unbounded and has a certain sign: |t^p s| >= least, which all powers help.
Local LocalArithmetic::at_infinity(const Function& function, const Local& arg) const {
  const Ball s = arg.series[0].ball();
  const bool above = certainly_positive(s);
  const bool unbounded = std::all_of(arg.powers.begin(), arg.powers.end(), [](const auto& p) { return p.second < 0; });
  if (!unbounded || (!above && !certainly_negative(s))) return unknown();
  const bool single = arg.powers.size() == 1;
  const Rational rate = single ? Rational(-arg.powers.begin()->second) : Rational(0);
  Ball least = above ? s.lower() : s.upper();
  bool limit = false;
  for (const auto& [variable, power] : arg.powers) {
    const Value top(axes_->at(variable).t.ball().upper());
    limit = limit || top.is_exactly(0);
    if (!limit) least *= expression::raise(top, power).ball();
  }
  least = above ? least.lower() : least.upper();
  const Beyond beyond = function.beyond(limit ? nullptr : &least, above, rate);
  Local result = unknown();
  if (beyond.decay == 0) return {{}, result.series.replaced(0, beyond.value)};
  // t^-decay f is largest at the largest t.
  const std::string& variable = arg.powers.begin()->first;
  const Value top(axes_->at(variable).t.ball().upper());
  const Value scaled =
      limit ? beyond.value : expression::multiply(beyond.value, expression::raise(top, Rational(-beyond.decay)));
  return {{{variable, beyond.decay}}, result.series.replaced(0, scaled)};
}

}  // namespace shatterproof::expression
