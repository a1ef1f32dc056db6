#include "shatterproof/claims/prover/signs.hpp"

namespace shatterproof::prover {

using expression::LocalForm;
using expression::Value;

Sign sign_of(const Value& value) {
  Sign sign;
  if (value.exact()) {
    const int s = sgn(*value.exact());
    sign.nonnegative = s >= 0, sign.nonpositive = s <= 0, sign.positive = s > 0, sign.negative = s < 0;
    return sign;
  }
  const Ball ball = value.ball();
  sign.positive = certainly_positive(ball), sign.negative = certainly_negative(ball);
  sign.nonnegative = certainly_less_or_equal(Ball(0), ball), sign.nonpositive = certainly_less_or_equal(ball, Ball(0));
  return sign;
}

Rational power_of(const LocalForm& form, const std::string& variable) {
  const auto found = form.powers.find(variable);
  return found == form.powers.end() ? Rational(0) : found->second;
}

bool same_powers(const LocalForm& a, const LocalForm& b) {
  const auto contained = [](const LocalForm& x, const LocalForm& y) {
    for (const auto& [variable, power] : x.powers) {
      const auto found = y.powers.find(variable);
      if (found == y.powers.end() ? power != 0 : power != found->second) return false;
    }
    return true;
  };
  return contained(a, b) && contained(b, a);
}

Profile::Profile(const FormOf& form_of, const Box& box, std::size_t cell, int order)
    : form_of_(form_of), box_(box), cell_(cell), order_(order), form_(form_of(box, box.cells[cell].variable, order)) {}

const std::optional<LocalForm>& Profile::end(bool high) {
  std::optional<LocalForm>& result = ends_[high ? 1 : 0];
  if (computed_[high ? 1 : 0]) return result;
  computed_[high ? 1 : 0] = true;
  Box at_end = box_;
  Cell& cell = at_end.cells[cell_];
  (high ? cell.low : cell.high) = high ? cell.high : cell.low;
  result = form_of_(at_end, cell.variable, order_);
  if (!same_powers(*result, form_)) result.reset();
  return result;
}

Sign Profile::at_end(bool high, int k) {
  const auto& form = end(high);
  return form ? sign_of(form->series[static_cast<std::size_t>(k)]) : Sign{};
}

bool Profile::has_limit() { return end(false).has_value(); }

namespace {

Sign at_least_zero(bool strictly) { return {.nonnegative = true, .positive = strictly}; }
Sign at_most_zero(bool strictly) { return {.nonpositive = true, .negative = strictly}; }

}  // namespace

Sign Profile::by_next(int k) {
  const Sign next = sign(k + 1);
  if (next.nonnegative || next.nonpositive) {
    const bool strict = next.positive || next.negative;
    const Sign least = at_end(next.nonpositive, k);
    if (least.nonnegative) return at_least_zero(least.positive || strict);
    const Sign greatest = at_end(next.nonnegative, k);
    if (greatest.nonpositive) return at_most_zero(greatest.negative || strict);
    return {};
  }
  if (k + 2 > order_) return {};
  const Sign bend = sign(k + 2);
  if (!bend.nonnegative && !bend.nonpositive) return {};
  const Sign low = at_end(false, k), high = at_end(true, k);
  if (bend.nonpositive && low.nonnegative && high.nonnegative)
    return at_least_zero(low.positive || high.positive || bend.negative);
  if (bend.nonnegative && low.nonpositive && high.nonpositive)
    return at_most_zero(low.negative || high.negative || bend.positive);
  return {};
}

Sign Profile::sign(int k) {
  Sign sign = sign_of(form_.series[static_cast<std::size_t>(k)]);
  if (k == order_ || sign.positive || sign.negative) return sign;
  const Sign more = by_next(k);
  sign.nonnegative |= more.nonnegative, sign.nonpositive |= more.nonpositive;
  sign.positive |= more.positive, sign.negative |= more.negative;
  return sign;
}

}  // namespace shatterproof::prover
