#include "shatterproof/claims/expression/catalogue.hpp"

namespace shatterproof::expression {
namespace {

/// "name(args)" when all arguments are known in closed form, else empty.
std::string closed_form(const Function& function, const std::vector<Value>& values) {
  std::string list;
  for (const Value& value : values) {
    const std::string text = value.closed_form();
    if (text.empty()) return "";
    list += (list.empty() ? "" : ", ") + text;
  }
  return values.empty() ? function.name : function.name + "(" + list + ")";
}

std::vector<Value> values_of(const std::vector<Series>& series) {
  std::vector<Value> values;
  for (const Series& s : series) values.push_back(s[0]);
  return values;
}

}  // namespace

Value call(const Function& function, const std::vector<Value>& values) {
  const Value value = function.evaluate(Arguments(function, values));
  if (value.symbol() || value.exact()) return value;
  const Ball ball = value.ball();
  const int sign = certainly_positive(ball) ? 1 : certainly_negative(ball) ? -1 : 0;
  return sign == 0 ? value : Value(ball, Symbol::named(closed_form(function, values), sign));
}

Series call(const Function& function, const std::vector<Series>& series) {
  const std::vector<Value> values = values_of(series);
  const Value value = call(function, values);
  const int order = series.empty() ? 0 : series[0].order();
  std::size_t moving = 0;
  for (const Series& s : series) moving += s.is_constant() ? 0 : 1;
  if (moving == 0) return {value, order};
  if (function.series != nullptr) return function.series(series, value);
  if (function.jet == nullptr || moving > 1 || series.back().is_constant())
    throw DomainError{function.name + ": " +
                      (function.jet == nullptr ? "its arguments" : "all arguments but the last one") +
                      " must not depend on a real variable"};
  std::vector<Value> f = function.jet(values, order);
  f[0] = value;
  return compose(f, series.back());
}

namespace {

/// f(u)/u by division, for u away from 0.
Series quotient(const Function& function, const std::vector<Value>& constants, const Series& u) {
  std::vector<Series> series;
  for (const Value& c : constants) series.emplace_back(c, u.order());
  series.push_back(u);
  return divide(call(function, series), u);
}

/// f(u)/u = int_0^1 f'(u s) ds, so that its k-th coefficient is among the (k+1)-st ones of f between 0 and u.
Series mean_slope(const Function& function, const std::vector<Value>& constants, const Series& u) {
  std::vector<Value> args = constants;
  args.push_back(u[0].is_exactly(0) ? u[0] : Value(Ball::hull(Ball(0), u[0].ball())));
  std::vector<Value> f = function.jet(args, u.order() + 1);
  f.resize(static_cast<std::size_t>(u.order()) + 2, 0L);
  f.erase(f.begin());
  return compose(f, u);
}

/// The narrower enclosure of each coefficient.
Series narrower(const Series& a, const Series& b) {
  std::vector<Value> best;
  for (int k = 0; k <= a.order(); ++k) {
    const bool first = !b[k].is_finite() || a[k].exact() ||
                       (a[k].is_finite() && certainly_less(a[k].ball().radius(), b[k].ball().radius()));
    best.push_back(first ? a[k] : b[k]);
  }
  return {std::move(best), a.order()};
}

}  // namespace

Series call_rest(const Function& function, const std::vector<Value>& constants, const Series& u) {
  if (function.leading.rest != nullptr) return function.leading.rest(constants, u);
  if (u[0].ball().contains_zero()) return mean_slope(function, constants, u);
  // Division by a wide ball costs its width again with each derivative.
  if (u[0].exact()) return quotient(function, constants, u);
  return narrower(quotient(function, constants, u), mean_slope(function, constants, u));
}

}  // namespace shatterproof::expression
