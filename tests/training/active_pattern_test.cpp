#include "shatterproof/training/active_pattern.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "shatterproof/core/random.hpp"

using namespace shatterproof;

namespace {

using Index = Eigen::Index;

template <class T>
LaneRows<T> random_rows(Random& random, Index rows, Index columns, double scale) {
  LaneRows<T> result(rows, columns);
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < columns; ++j) result(i, j) = static_cast<T>(scale * random.normal());
  return result;
}

/// Samples in both layouts, and a pattern of them.
template <class T>
struct Watched {
  SampleColumns<T> columns;
  LaneRows<T> rows;
  ActivePattern<T> pattern;
  explicit Watched(const Matrix<double>& X) : columns(X), rows(lifted(X)), pattern(columns, rows) {}

  void rebuild(const LaneRows<T>& weights) {
    AlignedVector<T> outputs(static_cast<std::size_t>(columns.padded()));
    pattern.rebuild(weights, AlignedVector<T>(static_cast<std::size_t>(weights.rows())), outputs);
  }

 private:
  static LaneRows<T> lifted(const Matrix<double>& X) {
    LaneRows<T> rows(X.rows(), X.cols() + 1);
    for (Index i = 0; i < X.rows(); ++i)
      for (Index j = 0; j <= X.cols(); ++j) rows(i, j) = j < X.cols() ? static_cast<T>(X(i, j)) : T(-1);
    return rows;
  }
};

Matrix<double> random_samples(Random& random, Index n, Index d) {
  Matrix<double> X(n, d);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < d; ++j) X(i, j) = random.normal();
  return X;
}

/// Each sign is that of the sum in long double, where it is not 0 to rounding.
template <class T>
void check_signs(const Watched<T>& watched, const LaneRows<T>& weights) {
  const BitMatrix& bits = watched.pattern.bits();
  Index count = 0, wrong = 0;
  for (Index i = 0; i < watched.rows.rows(); ++i)
    for (Index k = 0; k < weights.rows(); ++k) {
      long double sum = 0, size = 0;
      for (Index j = 0; j < weights.width(); ++j) {
        const long double product = static_cast<long double>(watched.rows(i, j)) * weights(k, j);
        sum += product;
        size += std::abs(product);
      }
      count += bits.at(i, k) ? 1 : 0;
      const bool decided = std::abs(sum) > 20 * static_cast<double>(std::numeric_limits<T>::epsilon()) * size;
      wrong += decided && bits.at(i, k) != (sum > 0) ? 1 : 0;
    }
  REQUIRE(wrong == 0);
  REQUIRE(watched.pattern.count() == count);
}

/// The largest distance of the sums from sums one by one.
template <class T>
double sums_error(const Watched<T>& watched, const LaneRows<T>& weights) {
  const Index n = watched.rows.rows(), K = weights.rows();
  AlignedVector<T> outputs(static_cast<std::size_t>(n), T(1)), factors;
  LaneRows<T> over_samples(K, weights.width());
  for (Index i = 0; i < n; ++i) factors.push_back(static_cast<T>(i % 7 - 3));
  watched.pattern.add_outputs(weights, outputs);
  watched.pattern.sum_over_samples(factors, over_samples);
  const auto on = [&](Index i, Index k) { return watched.pattern.bits().at(i, k) ? 1.0 : 0.0; };
  double largest = 0;
  for (Index i = 0; i < n; ++i) {
    double rest = static_cast<double>(outputs[static_cast<std::size_t>(i)]) - 1;
    for (Index k = 0; k < K; ++k)
      for (Index j = 0; j < weights.width(); ++j)
        rest -= on(i, k) * static_cast<double>(weights(k, j)) * static_cast<double>(watched.rows(i, j));
    largest = std::max(largest, std::abs(rest));
  }
  for (Index k = 0; k < K; ++k)
    for (Index j = 0; j < weights.width(); ++j) {
      double rest = over_samples(k, j);
      for (Index i = 0; i < n; ++i)
        rest -= on(i, k) * static_cast<double>(factors[static_cast<std::size_t>(i)] * watched.rows(i, j));
      largest = std::max(largest, std::abs(rest));
    }
  return largest;
}

template <class T>
constexpr double kSumsError = 1e4 * static_cast<double>(std::numeric_limits<T>::epsilon());

template <class T>
void move_randomly(double largest_step, double shift, T keep, Index n = 99, Index K = 150, Index d = 3) {
  Random random(7);
  Watched<T> watched(random_samples(random, n, d));
  LaneRows<T> weights = random_rows<T>(random, K, d + 1, 1);
  for (Index k = 0; k < K; ++k) weights(k, d) += static_cast<T>(shift);  // the threshold: how many are active
  watched.rebuild(weights);
  for (int step = 0; step < 60; ++step) {
    AlignedVector<T> distances;
    for (Index k = 0; k < K; ++k) {
      const LaneRows<T> change = random_rows<T>(random, 1, d + 1, largest_step * random.uniform());
      double norm2 = 0;
      for (Index j = 0; j <= d; ++j) {
        norm2 += static_cast<double>(change(0, j)) * static_cast<double>(change(0, j));
        weights(k, j) = keep * weights(k, j) + change(0, j);
      }
      distances.push_back(static_cast<T>(std::sqrt(norm2) * 1.001));
    }
    watched.pattern.note_step(keep, distances);
    watched.pattern.refresh(weights);
    if (step % 20 == 0) watched.pattern.choose_sums();
    check_signs(watched, weights);
    if (step % 10 == 0) REQUIRE(sums_error(watched, weights) < kSumsError<T>);
  }
  CHECK(watched.pattern.uses_lists() == (shift > 0));  // few are active
}

}  // namespace

TEST_CASE("a pattern that is kept up to date has the signs of the moment, for steps of every size") {
  for (const double shift : {-2.0, 3.0})
    for (const double step : {1e-9, 1e-4, 1e-2})
      for (const double keep : {1.0, 0.999}) {
        move_randomly<double>(step, shift, keep);
        move_randomly<float>(step, shift, static_cast<float>(keep));
      }
}

TEST_CASE("a few neurons and many samples, rows of several widths") {
  for (const Index d : {1, 9, 17, 30, 34, 41}) {
    move_randomly<double>(1e-4, -2, 1, 500, 16, d);
    move_randomly<float>(1e-4, -2, 1, 500, 21, d);
  }
}

TEST_CASE("rows that turn round in every step are followed") {
  move_randomly<double>(1e-6, 0, -1);
  move_randomly<double>(1, 0, 1);
}

TEST_CASE("a neuron that swings over one sample again and again is followed") {
  Matrix<double> X(40, 1);
  for (Index i = 0; i < 40; ++i) X(i, 0) = static_cast<double>(i) / 40;
  Watched<double> watched(X);
  LaneRows<double> weights(1, 2);
  weights(0, 0) = 1;
  weights(0, 1) = 0.51;
  watched.rebuild(weights);
  for (int step = 0; step < 50; ++step) {
    const double to = step % 2 == 0 ? 0.49 : 0.51;
    AlignedVector<double> distance;
    distance.push_back(std::abs(to - weights(0, 1)));
    watched.pattern.note_step(1, distance);
    weights(0, 1) = to;
    watched.pattern.refresh(weights);
    check_signs(watched, weights);
  }
}

TEST_CASE("neurons that are active on no sample are found, the others kept with their signs and sums") {
  Random random(3);
  Watched<double> watched(random_samples(random, 30, 18));
  LaneRows<double> weights = random_rows<double>(random, 9, 19, 1);
  for (const Index k : {0, 4, 8}) weights(k, 18) = 100;  // a threshold that nothing reaches
  watched.rebuild(weights);
  watched.pattern.choose_sums();
  const std::vector<Index> active = watched.pattern.active_neurons(weights);
  REQUIRE(active == std::vector<Index>{1, 2, 3, 5, 6, 7});
  watched.pattern.keep_neurons(active);
  LaneRows<double> kept(6, 19);
  for (Index a = 0; a < 6; ++a)
    std::copy(weights.row(active[static_cast<std::size_t>(a)]),
              weights.row(active[static_cast<std::size_t>(a)]) + weights.width(), kept.row(a));
  check_signs(watched, kept);
  CHECK(sums_error(watched, kept) < kSumsError<double>);
}

TEST_CASE("no neuron, one sample, weights of zero and weights that are no numbers") {
  Matrix<double> X(1, 1);
  X(0, 0) = 0.5;
  Watched<double> watched(X);
  watched.rebuild(LaneRows<double>(0, 2));
  watched.pattern.choose_sums();
  CHECK(watched.pattern.count() == 0);
  LaneRows<double> weights(2, 2);
  weights(1, 0) = std::nan("");
  watched.rebuild(weights);
  watched.pattern.choose_sums();
  CHECK(watched.pattern.count() == 0);
  watched.pattern.note_step(1, AlignedVector<double>(2));
  watched.pattern.refresh(weights);
  CHECK(watched.pattern.count() == 0);
}
