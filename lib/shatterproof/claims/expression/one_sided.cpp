#include "shatterproof/claims/expression/one_sided.hpp"

namespace shatterproof::expression {

Ends add(const Ends& a, const Ends& b) {
  Ends sum;
  if (a.low && b.low) sum.low = (*a.low + *b.low).lower();
  if (a.high && b.high) sum.high = (*a.high + *b.high).upper();
  return sum;
}

Ends negate(const Ends& a) {
  Ends result;
  if (a.high) result.low = -*a.high;
  if (a.low) result.high = -*a.low;
  return result;
}

namespace {

bool is_at_least_zero(const Ball& x) { return certainly_less_or_equal(Ball(0), x); }
bool is_bounded(const Ends& a) { return a.low && a.high; }

/// 0 <= factor <= most: where the other is negative the least product has the greatest factor.
Ends times_nonnegative(const Ends& factor, const Ends& other) {
  const Ball &least = *factor.low, &most = *factor.high;
  Ends product;
  if (other.low) product.low = ((is_at_least_zero(*other.low) ? least : most) * *other.low).lower();
  if (other.high) product.high = ((is_at_least_zero(*other.high) ? most : least) * *other.high).upper();
  return product;
}

Ends multiply(const Ends& a, const Ends& b) {
  if (!is_bounded(a)) return is_bounded(b) ? multiply(b, a) : Ends{};
  if (is_at_least_zero(*a.low)) return times_nonnegative(a, b);
  if (is_at_least_zero(-*a.high)) return negate(times_nonnegative(negate(a), b));
  return {};
}

/// Of what is bounded and certainly not 0.
Ends inverse(const Ends& a) {
  if (!is_bounded(a) || !(certainly_positive(*a.low) || certainly_negative(*a.high))) return {};
  return {(Ball(1) / *a.high).lower(), (Ball(1) / *a.low).upper()};
}

/// The local form is finite, so that the argument is certainly positive.
Ends logarithm(const Ends& argument) {
  Ends result;
  if (argument.high) result.high = log(*argument.high).upper();
  if (argument.low && certainly_positive(*argument.low)) result.low = log(*argument.low).lower();
  return result;
}

}  // namespace

Ends ends_of(const Node& node, LocalEvaluator& evaluator) {
  const Local form = evaluator.form(node);
  if (!form.series[0].is_finite()) return {};
  const Ball whole = evaluator.arithmetic().folded(form)[0].ball();
  if (whole.is_finite()) return {whole.lower(), whole.upper()};
  const auto part = [&](std::size_t i) { return ends_of(*node.operands[i], evaluator); };
  switch (node.kind) {
    case NodeKind::negate:
      return negate(part(0));
    case NodeKind::add:
      return add(part(0), part(1));
    case NodeKind::subtract:
      return add(part(0), negate(part(1)));
    case NodeKind::multiply:
      return multiply(part(0), part(1));
    case NodeKind::divide:
      return multiply(inverse(part(1)), part(0));
    case NodeKind::call:
      return node.function->logarithmic ? logarithm(part(0)) : Ends{};
    default:
      return {};
  }
}

}  // namespace shatterproof::expression
