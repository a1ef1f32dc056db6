#include "shatterproof/claims/expression/sample.hpp"

#include <algorithm>

#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof::expression {
namespace {

Rational ratio(const Integer& numerator, const Integer& denominator) {
  Rational q(numerator, denominator);
  q.canonicalize();
  return q;
}

Rational exact_bound(const Range& range, const Expression& bound, const Bindings& before) {
  const Value value = evaluate(bound, before);
  require(value.exact().has_value(), "the bounds of '" + range.variable + "' must be exact numbers");
  require(!range.integers || !range.listed.empty() || value.is_integer(),
          "the bounds of '" + range.variable + "' must be integers, found " + value.text());
  return *value.exact();
}

std::vector<Rational> integer_points(const Range& range, const Bindings& before, long most) {
  std::vector<Rational> points;
  for (const Expression& item : range.listed) points.push_back(exact_bound(range, item, before));
  if (!points.empty()) return points;
  const Rational low = exact_bound(range, range.low, before), high = exact_bound(range, range.high, before);
  require(low <= high, "the range of '" + range.variable + "' is empty");
  const Integer span = high.get_num() - low.get_num();
  if (span == 0) return {low};
  const long count = span < most ? span.get_si() + 1 : most;
  for (long i = 0; i < count; ++i) points.push_back(low + floor(ratio(i * span, count - 1)));
  return points;
}

std::vector<Rational> real_points(const Range& range, const Bindings& before, long count) {
  require(!range.low_infinite && !range.high_infinite,
          "the range of '" + range.variable + "' is infinite and cannot be sampled");
  const Rational low = exact_bound(range, range.low, before), high = exact_bound(range, range.high, before);
  require(low < high || (low == high && range.low_closed && range.high_closed),
          "the range of '" + range.variable + "' is empty");
  const Rational length = high - low;
  if (length == 0) return {low};
  std::vector<Rational> points;
  if (range.low_closed) points.push_back(low);
  if (range.high_closed) points.push_back(high);
  const long quarter = std::max(1L, count / 4);
  for (long i = 1; i <= 2 * quarter; ++i) points.push_back(low + length * ratio(i, 2 * quarter + 1));
  for (long i = 1; i <= quarter; ++i) {
    const Rational step = length * power(Rational(1, 2), 1 + 99 * i / quarter);
    points.push_back(low + step);
    points.push_back(high - step);
  }
  return points;
}

/// Exact and short: the points that approach an end are powers of two, 2^-100 say.
std::string exact_text(const Rational& value) {
  const mp_bitcnt_t zeros = mpz_scan1(value.get_den_mpz_t(), 0);
  const bool power_of_two = value.get_num() == 1 && zeros > 20 && mpz_sizeinbase(value.get_den_mpz_t(), 2) == zeros + 1;
  return power_of_two ? "2^-" + std::to_string(zeros) : to_text_exact(value);
}

}  // namespace

std::vector<Bindings> sample_points(const std::vector<Range>& ranges, const SampleSize& size) {
  require(size.reals >= 4 && size.integers >= 2, "a sample needs at least 4 points in each interval");
  std::vector<Bindings> points{{}};
  for (const Range& range : ranges) {
    std::vector<Bindings> longer;
    for (const Bindings& before : points) {
      const auto values =
          range.integers ? integer_points(range, before, size.integers) : real_points(range, before, size.reals);
      for (const Rational& value : values) {
        longer.push_back(before);
        longer.back().emplace(range.variable, value);
      }
      require(static_cast<long>(longer.size()) <= size.altogether,
              "more than " + std::to_string(size.altogether) + " sample points; give fewer");
    }
    points = std::move(longer);
  }
  return points;
}

std::string text_of(const Bindings& point) {
  std::string text;
  for (const auto& [name, value] : point)
    text += (text.empty() ? "" : ", ") + name + " = " + (value.exact() ? exact_text(*value.exact()) : value.text());
  return text;
}

}  // namespace shatterproof::expression
