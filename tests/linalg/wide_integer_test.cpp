#include "shatterproof/linalg/wide_integer.hpp"

#include <catch2/catch.hpp>

#include "shatterproof/core/random.hpp"
#include "shatterproof/numeric/rational.hpp"

using namespace shatterproof;

namespace {

constexpr int kFraction = 150;

template <int W>
Rational value_of(const WideInteger<W>& x) {
  Integer integer;
  mpz_import(integer.get_mpz_t(), W, -1, 8, 0, 0, x.words().data());
  if (x.is_negative()) integer -= Integer(1) << (64 * W);
  return Rational(integer) / power(Rational(2), kFraction);
}

/// Doubles of many sizes, both signs, short and long mantissas, zeros and denormal numbers.
double number(Random& random) {
  const auto kind = random.below(12);
  if (kind == 0) return 0;
  if (kind == 1) return random.below(2) == 0 ? 5e-324 : -2.3e-310;
  if (kind == 2) return std::ldexp(random.below(2) == 0 ? 1 : -1, static_cast<int>(random.below(60)) - 40);
  return std::ldexp(random.normal(), static_cast<int>(random.below(80)) - 60);
}

bool is_within_a_unit(const Rational& a, const Rational& b) {
  return abs(Rational(a - b)) < 1 / power(Rational(2), kFraction);
}

/// Every operation against rationals.
template <int W>
void check(Random& random) {
  WideInteger<W> sum;
  Rational exact = 0;
  for (int step = 0; step < 40; ++step) {
    const double x = number(random), y = number(random);
    WideInteger<W> added = sum;
    added.add(x, kFraction);
    REQUIRE(is_within_a_unit(value_of(added), value_of(sum) + exact_rational(x)));
    WideInteger<W> with_product = sum;
    with_product.add_product(x, y, kFraction);
    REQUIRE(is_within_a_unit(value_of(with_product), value_of(sum) + exact_rational(x) * exact_rational(y)));
    WideInteger<W> scaled = sum;
    scaled.add_scaled(added, std::ldexp(random.normal(), -static_cast<int>(random.below(90))));
    sum = added;
    const double rounded = sum.to_double(kFraction);
    const Rational error = abs(Rational(exact_rational(rounded) - value_of(sum)));
    REQUIRE(error <= abs(value_of(sum)) / power(Rational(2), 51));
  }
}

}  // namespace

TEST_CASE("wide integers: sums and products are within a unit of the rationals") {
  Random random(3);
  for (int round = 0; round < 60; ++round) {
    check<4>(random);
    check<5>(random);
    check<8>(random);
  }
}

TEST_CASE("wide integers: a multiple of another, for all signs and shifts") {
  Random random(4);
  for (int round = 0; round < 4000; ++round) {
    WideInteger<4> x, sum;
    x.add(number(random), kFraction);
    x.add_product(random.normal(), random.normal(), kFraction);
    sum.add(number(random), kFraction);
    const double factor = std::ldexp(random.normal(), 20 - static_cast<int>(random.below(400)));
    WideInteger<4> result = sum;
    result.add_scaled(x, factor);
    if (std::abs(value_of(x).get_d() * factor) > 1e25) continue;  // beyond the range
    REQUIRE(is_within_a_unit(value_of(result), value_of(sum) + value_of(x) * exact_rational(factor)));
  }
}

TEST_CASE("wide integers: what lies on the grid is added exactly") {
  WideInteger<3> x;
  x.add(0.375, 100);
  x.add_product(-3, 0x1p-90, 100);
  x.add_scaled(x, -0.5);
  CHECK(value_of(x) * power(Rational(2), 50) == (Rational(3, 8) - 3 / power(Rational(2), 90)) / 2);
  x.add_digit(-5, 70);
  x.add_digit(5, 70);
  CHECK(value_of(x) * power(Rational(2), 50) == (Rational(3, 8) - 3 / power(Rational(2), 90)) / 2);
}

TEST_CASE("wide integers: digits make up the number again") {
  Random random(5);
  for (int round = 0; round < 2000; ++round) {
    WideInteger<4> x, again;
    x.add(number(random) * 0x1p-4, kFraction);
    x.add_product(random.normal(), number(random), kFraction);
    constexpr int kBits = 47, kDigits = 5;
    if (abs(value_of(x)) >= power(Rational(2), kBits * kDigits - 1 - kFraction)) continue;
    for (int c = 0; c < kDigits; ++c) {
      const std::int64_t digit = x.bits_from(c * kBits), mask = (std::int64_t(1) << kBits) - 1;
      again.add_digit(c + 1 < kDigits ? digit & mask : digit, c * kBits);
    }
    REQUIRE(again.words() == x.words());
  }
}
