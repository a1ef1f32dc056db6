#include "shatterproof/claims/expression/jets.hpp"

namespace shatterproof::expression::jets {
namespace {

/// The series of a function that is a everywhere or b everywhere, it is not known where: its value, the hull of both
/// derivatives (it is Lipschitz with constants between them), nothing beyond.
Series either(const Series& a, const Series& b, const Value& value) {
  Values f{value};
  if (a.order() >= 1) f.emplace_back(Ball::hull(a[1].ball(), b[1].ball()));
  f.resize(static_cast<std::size_t>(a.order()) + 1, Value::indeterminate());
  return {std::move(f), a.order()};
}

template <bool kLeast>
Series extremum(const std::vector<Series>& args) {
  Series best = args[0];
  for (std::size_t i = 1; i < args.size(); ++i) {
    const Series& other = args[i];
    const bool first = certainly_less(best[0].ball(), other[0].ball());
    const bool second = certainly_less(other[0].ball(), best[0].ball());
    if (best.is_constant() && other.is_constant() && certainly_equal(best[0], other[0])) continue;
    if (first || second) {
      if (first != kLeast) best = other;
      continue;
    }
    const Ball a = best[0].ball(), b = other[0].ball();
    const Value value = certainly_equal(best[0], other[0]) ? best[0] : Value(kLeast ? min(a, b) : max(a, b));
    best = either(best, other, value);
  }
  return best;
}

}  // namespace

Series absolute(const std::vector<Series>& args, const Value& value) {
  const Series& x = args[0];
  if (certainly_positive(x[0].ball())) return x;
  if (certainly_negative(x[0].ball())) return negate(x);
  return either(x, negate(x), value);
}

Series least(const std::vector<Series>& args, const Value&) { return extremum<true>(args); }
Series largest(const std::vector<Series>& args, const Value&) { return extremum<false>(args); }

}  // namespace shatterproof::expression::jets
