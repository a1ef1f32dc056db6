#include "shatterproof/linalg/masked_sum.hpp"

#include <catch2/catch.hpp>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/linalg/bit_products.hpp"
#include "shatterproof/linalg/lower_products.hpp"

using namespace shatterproof;

namespace {

using Index = Eigen::Index;

BitMatrix random_bits(Index rows, Index columns, double density, Random& random) {
  BitMatrix bits(rows, columns);
  for (Index r = 0; r < rows; ++r)
    for (Index c = 0; c < columns; ++c) bits.set(r, c, random.uniform() < density);
  return bits;
}

/// Integers, so that every order of summation is exact.
template <class T>
void check_sums(const BitMatrix& bits, Index width, Random& random) {
  LaneRows<T> in(bits.rows(), width), out(bits.columns(), width);
  for (Index r = 0; r < in.rows(); ++r)
    for (Index j = 0; j < in.width(); ++j) in(r, j) = static_cast<T>(random.below(1000));
  MaskedSum(bits).apply(in, out);
  for (Index c = 0; c < bits.columns(); ++c)
    for (Index j = 0; j < in.width(); ++j) {
      T sum = 0;
      for (Index r = 0; r < bits.rows(); ++r)
        if (bits.at(r, c)) sum += in(r, j);
      REQUIRE(out(c, j) == sum);
    }
}

}  // namespace

TEST_CASE("masked sums by tables and by lists agree with sums one by one") {
  Random random(1);
  int lists = 0, tables = 0;
  for (const double density : {0.0, 0.02, 0.5, 1.0})
    for (const auto& [rows, columns] : {std::pair{1, 1}, {7, 9}, {8, 16}, {70, 513}, {129, 300}}) {
      const BitMatrix bits = random_bits(rows, columns, density, random);
      (MaskedSum(bits).uses_lists() ? lists : tables) += 1;
      for (const Index width : {1, 8, 13, 24, 32, 40, 70}) {
        check_sums<double>(bits, width, random);
        check_sums<float>(bits, width, random);
        check_sums<std::int64_t>(bits, width, random);
      }
    }
  CHECK(lists > 0);
  CHECK(tables > 0);
}

TEST_CASE("masked sums made from lists, without bits") {
  Random random(7);
  const BitMatrix bits = random_bits(50, 33, 0.1, random);
  std::vector<std::uint32_t> starts{0}, list;
  for (Index c = 0; c < 33; ++c) {
    for (Index r = 0; r < 50; ++r)
      if (bits.at(r, c)) list.push_back(static_cast<std::uint32_t>(r));
    starts.push_back(static_cast<std::uint32_t>(list.size()));
  }
  const MaskedSum by_bits(bits), by_lists(50, starts, list);
  CHECK(by_lists.uses_lists());
  CHECK_FALSE(by_lists.has_bits());
  CHECK(by_bits.has_bits());
  CHECK(by_lists.count() == by_bits.count());
  LaneRows<std::int64_t> in(50, 8), a(33, 8), b(33, 8);
  for (Index r = 0; r < 50; ++r)
    for (Index j = 0; j < 8; ++j) in(r, j) = static_cast<std::int64_t>(random.below(1000));
  by_bits.apply(in, a);
  by_lists.apply(in, b);
  for (Index c = 0; c < 33; ++c)
    for (Index j = 0; j < 8; ++j) REQUIRE(a(c, j) == b(c, j));
  list[3] = 50;
  CHECK_THROWS_AS(MaskedSum(50, starts, list), PreconditionError);
  starts.back() += 1;
  CHECK_THROWS_AS(MaskedSum(50, starts, list), PreconditionError);
}

TEST_CASE("products of rows: the lower triangle of A A^T, for sizes that fill no tile") {
  Random random(9);
  for (const auto& [n, width] : {std::pair<Index, Index>{1, 1}, {4, 8}, {7, 13}, {30, 600}, {9, 1100}, {131, 70}}) {
    LaneRows<double> A(n, width);
    for (Index i = 0; i < n; ++i)
      for (Index j = 0; j < width; ++j) A(i, j) = static_cast<double>(random.below(1000)) - 500;
    const LaneRows<double> products = lower_products(A);
    for (Index i = 0; i < n; ++i)
      for (Index j = 0; j <= i; ++j) {
        double sum = 0;  // integers, so exact
        for (Index k = 0; k < width; ++k) sum += A(i, k) * A(j, k);
        REQUIRE(products(i, j) == sum);
      }
  }
}

TEST_CASE("a floating factor of a positive definite matrix, and the product of a factor with its transpose") {
  Random random(4);
  for (const Index n : {1, 2, 7, 8, 63, 64, 65, 130, 200}) {
    CAPTURE(n);
    LaneRows<double> B(n, n + 3);
    for (Index i = 0; i < n; ++i)
      for (Index j = 0; j < n + 3; ++j) B(i, j) = random.normal();
    LaneRows<double> A = lower_products(B);
    for (Index i = 0; i < n; ++i)
      for (Index j = i + 1; j < n; ++j) A(i, j) = std::nan("");  // not read
    const LaneRows<double> L = approx_cholesky(A), products = lower_products_of_factor(L), all = lower_products(L);
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j <= i; ++j) {
        REQUIRE(std::abs(products(i, j) - A(i, j)) < 1e-11 * static_cast<double>(n));
        REQUIRE(std::abs(products(i, j) - all(i, j)) < 1e-12 * static_cast<double>(n));
      }
      for (Index j = i + 1; j < n; ++j) REQUIRE(L(i, j) == 0);
    }
    A(n - 1, n - 1) = -1;
    CHECK_FALSE(std::isfinite(approx_cholesky(A)(n - 1, n - 1)));
  }
}

TEST_CASE("products and factors where bits are set, 0 elsewhere whatever stands there") {
  Random random(6);
  for (const auto& [n, A] : {std::pair<Index, Index>{1, 1}, {9, 17}, {40, 8}, {33, 70}}) {
    const BitMatrix bits = random_bits(n, A, 0.4, random), by_sample = bits.transposed();
    LaneRows<double> x(n, 5), y(A, 5);
    AlignedVector<double> factors(static_cast<std::size_t>(A));
    for (Index i = 0; i < n; ++i)
      for (Index j = 0; j < 5; ++j) x(i, j) = static_cast<double>(random.below(100)) - 50;
    for (Index k = 0; k < A; ++k) {
      factors[static_cast<std::size_t>(k)] = static_cast<double>(k + 1);
      for (Index j = 0; j < 5; ++j) y(k, j) = static_cast<double>(random.below(100)) - 50;
    }
    LaneRows<double> columns(4, A);
    for (Index k = 0; k < A; ++k)
      for (Index j = 0; j < 4; ++j) columns(j, k) = y(k, j);
    x(n - 1, 4) = HUGE_VAL;  // beyond the components asked for
    LaneRows<double> products(n, 16), spread(A, 16);
    for (Index first = 0; first < std::max(n, A); first += 16) {
      if (first < A) masked_products(x, columns, by_sample, first / kLanes, products);
      if (first < n) masked_factors(factors, bits, first / kLanes, spread);
      for (Index i = 0; i < n; ++i)
        for (Index k = first; k < std::min(A, first + 16); ++k) {
          double dot = 0;
          for (Index j = 0; j < 4; ++j) dot += x(i, j) * y(k, j);
          REQUIRE(products(i, k - first) == (bits.at(i, k) ? dot : 0));
        }
      for (Index k = 0; k < A; ++k)
        for (Index i = first; i < std::min(n, first + 16); ++i)
          REQUIRE(spread(k, i - first) == (bits.at(i, k) ? static_cast<double>(k + 1) : 0));
    }
    LaneRows<double> other(n + 1, 16);
    CHECK_THROWS_AS(masked_products(x, columns, by_sample, 0, other), PreconditionError);
    LaneRows<double> wrong(A + 1, 16);
    CHECK_THROWS_AS(masked_factors(factors, bits, 0, wrong), PreconditionError);
  }
}

TEST_CASE("no rounding error of a masked sum exceeds what its depth allows") {
  Random random(2);
  for (const double density : {0.05, 0.6}) {
    const BitMatrix bits = random_bits(203, 400, density, random);
    const MaskedSum sum(bits);
    LaneRows<double> in(203, 8), out(400, 8);
    for (Index r = 0; r < 203; ++r)
      for (Index j = 0; j < 8; ++j) in(r, j) = random.normal();
    sum.apply(in, out);
    for (Index c = 0; c < 400; ++c)
      for (Index j = 0; j < 8; ++j) {
        Rational exact, size;
        for (Index r = 0; r < 203; ++r) {
          if (!bits.at(r, c)) continue;
          exact += exact_rational(in(r, j));
          size += abs(exact_rational(in(r, j)));
        }
        const Rational allowed = size * sum.depth() * exact_rational(0x1p-53) * Rational(1001, 1000);
        REQUIRE(abs(exact - exact_rational(out(c, j))) <= allowed);
      }
  }
}

TEST_CASE("bits are transposed, counted and chosen") {
  Random random(3);
  for (const auto& [rows, columns] : {std::pair{1, 1}, {9, 70}, {300, 17}}) {
    const BitMatrix bits = random_bits(rows, columns, 0.4, random), other = bits.transposed();
    const auto counts = bits.column_counts();
    for (Index c = 0; c < columns; ++c) {
      Index count = 0;
      for (Index r = 0; r < rows; ++r) {
        count += bits.at(r, c);
        REQUIRE(other.at(c, r) == bits.at(r, c));
      }
      REQUIRE(counts.at(static_cast<std::size_t>(c)) == count);
    }
    const BitMatrix last = bits.with_columns({columns - 1});
    for (Index r = 0; r < rows; ++r) REQUIRE(last.at(r, 0) == bits.at(r, columns - 1));
  }
}
