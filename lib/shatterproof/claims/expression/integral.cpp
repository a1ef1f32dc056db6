#include "shatterproof/claims/expression/integral.hpp"

#include <algorithm>
#include <functional>

#include "shatterproof/claims/expression/quadrature.hpp"

namespace shatterproof::expression {
namespace {

/// An end of an integral: a number, or -1 or 1 times infinity.
struct End {
  int infinite = 0;
  Value value = 0L;
};

int infinity_of(const Node& node) {
  if (node.kind == NodeKind::infinity) return 1;
  return node.kind == NodeKind::negate && node.operands[0]->kind == NodeKind::infinity ? -1 : 0;
}

/// A stretch of the integral seen from one of its ends: scale * integral over 0 < t < length.
struct Stretch {
  Axis axis;
  Value scale;
  Rational length;
};

Rational beyond(const Value& value) {
  const Ball b = value.ball();
  if (!b.is_finite()) return 1;
  const Integer next = floor(value.exact() ? *value.exact() : b.upper_rational()) + 2;
  return next > 1 ? Rational(next) : Rational(1);
}

/// From a finite end to another, each half from its own end.
void add_finite(const Value& low, const Value& high, std::vector<Stretch>& all) {
  const Value width = subtract(high, low);
  if (width.is_exactly(0)) return;
  const Rational half(1, 2);
  all.push_back({{false, low, width}, width, half});
  all.push_back({{false, high, negate(width)}, width, half});
}

/// The stretch to an infinite end, x = sign/t.
void add_infinite(const Rational& from, long sign, std::vector<Stretch>& all) {
  const Rational length = 1 / from;
  all.push_back({{true, 0L, sign}, 1L, length});
}

std::vector<Stretch> stretches(const End& low, const End& high) {
  if (low.infinite > 0 || high.infinite < 0)
    throw DomainError{"integral: from the smaller end to the larger one, please"};
  std::vector<Stretch> all;
  const Value zero = 0L;
  const Value from =
      low.infinite != 0 ? Value(Rational(-beyond(high.infinite != 0 ? zero : negate(high.value)))) : low.value;
  const Value to = high.infinite != 0 ? Value(beyond(low.infinite != 0 ? zero : low.value)) : high.value;
  if (low.infinite != 0) add_infinite(Rational(-*from.exact()), -1, all);
  add_finite(from, to, all);
  if (high.infinite != 0) add_infinite(*to.exact(), 1, all);
  return all;
}

/// The integral over all stretches; the outer variables, if any, are those of the axes.
Value enclose(const Node& node, const End& low, const End& high, const Axes& outer, Evaluator& constants) {
  Value total = 0L;
  for (const Stretch& stretch : stretches(low, high)) {
    const Integrand f = [&](const Axis& axis, int order) {
      Axes axes = outer;
      axes.insert_or_assign(node.name, axis);
      LocalEvaluator evaluator(axes, constants, node.name, order);
      Local form = evaluator.form(*node.operands[2]);
      EndForm result{0, Series(0L, order)};
      const auto own = form.powers.find(node.name);
      if (own != form.powers.end()) {
        result.power = own->second;
        form.powers.erase(own);
      }
      result.series = evaluator.arithmetic().folded(form);
      return result;
    };
    total = add(total, multiply(stretch.scale, integrate_from_end(f, stretch.axis, stretch.length)));
  }
  return total;
}

Series unknown(int order) {
  return {std::vector<Value>(static_cast<std::size_t>(order) + 1, Value::indeterminate()), order};
}

/// Integral of the derivatives of the integrand in the outer variable, with finite ends: sums over boxes.
Series under_the_integral(const Node& node, const End& low, const End& high, const LocalArithmetic& outer,
                          Evaluator& constants) {
  constexpr long kBoxes = 64;
  Series total(0L, outer.order());
  if (low.infinite != 0 || high.infinite != 0) return unknown(outer.order());
  for (const Stretch& stretch : stretches(low, high)) {
    for (long i = 0; i < kBoxes / 2; ++i) {
      Axes axes = outer.axes();
      Axis axis = stretch.axis;
      axis.t = Ball::hull(Ball(Rational(i, kBoxes)), Ball(Rational(i + 1, kBoxes)));
      axes.insert_or_assign(node.name, axis);
      LocalEvaluator evaluator(axes, constants, outer.variable(), outer.order());
      const Series f = evaluator.arithmetic().folded(evaluator.form(*node.operands[2]));
      total = add(total, multiply(multiply(stretch.scale, Rational(1, kBoxes)), f));
    }
  }
  return total;
}

/// (f at the end) * (derivative of the end), integrated: the share of an end that moves.
Series share_of_end(const Node& node, const Node& end, LocalEvaluator& outer) {
  const LocalArithmetic& arithmetic = outer.arithmetic();
  const int order = arithmetic.order();
  const Local position = outer.form(end);
  LocalEvaluator inner(outer, node.name, position);
  const Series f = arithmetic.folded(inner.form(*node.operands[2])), x = arithmetic.folded(position);
  std::vector<Value> speed;
  for (int k = 1; k < std::max(2, x.stored()); ++k) speed.push_back(multiply(Value(static_cast<long>(k)), x[k]));
  return integrate(multiply(f, Series(std::move(speed), order)), 0L);
}

}  // namespace

Value integral_value(const Node& node, Evaluator& constants) {
  const auto end = [&](const Node& operand) {
    const int infinite = infinity_of(operand);
    return End{infinite, infinite != 0 ? Value(0L) : constants.value(operand)};
  };
  return enclose(node, end(*node.operands[0]), end(*node.operands[1]), {}, constants);
}

Local integral_form(const Node& node, LocalEvaluator& outer) {
  const LocalArithmetic& arithmetic = outer.arithmetic();
  const int order = arithmetic.order();
  if (!outer.all_bound_are_constant()) return arithmetic.unknown();
  const auto end = [&](const Node& operand) {
    const int infinite = infinity_of(operand);
    return End{infinite, infinite != 0 ? Value(0L) : arithmetic.folded(outer.form(operand))[0]};
  };
  const Node &first = *node.operands[0], &last = *node.operands[1], &body = *node.operands[2];
  const End low = end(first), high = end(last);
  const Value value = enclose(node, low, high, arithmetic.axes(), outer.constants());
  const bool ends_move = first.depends_on(arithmetic.variable()) || last.depends_on(arithmetic.variable());
  const bool body_moves = body.depends_on(arithmetic.variable());
  if (order == 0 || (!ends_move && !body_moves)) return arithmetic.constant(value);
  Series sum(0L, order);
  if (body_moves) sum = under_the_integral(node, low, high, arithmetic, outer.constants());
  if (last.depends_on(arithmetic.variable())) sum = add(sum, share_of_end(node, last, outer));
  if (first.depends_on(arithmetic.variable())) sum = subtract(sum, share_of_end(node, first, outer));
  std::vector<Value> coefficients = sum.coefficients();
  coefficients[0] = value;
  // Mixed second derivatives are not followed up.
  if (ends_move && body_moves)
    for (std::size_t k = 2; k < coefficients.size(); ++k) coefficients[k] = Value::indeterminate();
  return {{}, Series(std::move(coefficients), order)};
}

}  // namespace shatterproof::expression
