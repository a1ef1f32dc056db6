#include "shatterproof/claims/expression/local_evaluator.hpp"
#include "shatterproof/claims/expression/one_sided.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof::expression {
namespace {

Axes axes_of(const Chart& chart, const std::string& variable, int order) {
  require(order >= 0, "the order of a series must be at least 0");
  require(chart.count(variable) == 1, "the variable '" + variable + "' is not one of the chart");
  Axes axes;
  for (const auto& [name, c] : chart) {
    const bool minus = c.kind == Coordinate::Kind::below || c.kind == Coordinate::Kind::minus_infinity;
    const bool infinite = c.kind == Coordinate::Kind::infinity || c.kind == Coordinate::Kind::minus_infinity;
    axes.emplace(name, Axis{infinite, infinite ? Value(0L) : Value(c.anchor), minus ? -1L : 1L, c.t});
  }
  return axes;
}

LocalForm result_of(const Local& local, int order) {
  std::vector<Value> series = local.series.coefficients();
  series.resize(static_cast<std::size_t>(order) + 1, Value::indeterminate());
  return {local.powers, std::move(series)};
}

}  // namespace

LocalForm local_form(const Expression& expression, const Chart& chart, const Bindings& constants,
                     const std::string& variable, int order) {
  const Axes axes = axes_of(chart, variable, order);
  Evaluator values(constants);
  return result_of(LocalEvaluator(axes, values, variable, order).form(*expression.root), order);
}

LocalForm local_difference(const Expression& left, const Expression& right, const Chart& chart,
                           const Bindings& constants, const std::string& variable, int order) {
  const Axes axes = axes_of(chart, variable, order);
  Evaluator values(constants);
  LocalEvaluator evaluator(axes, values, variable, order);
  const Local low = evaluator.form(*left.root), high = evaluator.form(*right.root);
  return result_of(evaluator.arithmetic().add(high, evaluator.arithmetic().negate(low)), order);
}

std::optional<Ball> lower_bound_of_difference(const Expression& left, const Expression& right, const Chart& chart,
                                              const Bindings& constants) {
  const Axes axes = axes_of(chart, chart.begin()->first, 0);
  Evaluator values(constants);
  LocalEvaluator evaluator(axes, values, chart.begin()->first, 0);
  if (evaluator.arithmetic().is_at_an_end()) return {};
  const Ends low = ends_of(*left.root, evaluator), high = ends_of(*right.root, evaluator);
  return add(high, negate(low)).low;
}

}  // namespace shatterproof::expression
