#include "shatterproof/training/active_lists.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "shatterproof/core/random.hpp"

using namespace shatterproof;

namespace {

template <class T>
LaneRows<T> random_rows(Random& random, Eigen::Index rows, Eigen::Index columns, double scale) {
  LaneRows<T> result(rows, columns);
  for (Eigen::Index i = 0; i < rows; ++i)
    for (Eigen::Index j = 0; j < columns; ++j) result(i, j) = static_cast<T>(scale * random.normal());
  return result;
}

template <class T>
void check_against_new_lists(const ActiveLists<T>& lists, const LaneRows<T>& samples, const LaneRows<T>& weights) {
  ActiveLists<T> anew(samples);
  anew.rebuild(weights);
  for (Eigen::Index k = 0; k < weights.rows(); ++k) CHECK(lists.of(k) == anew.of(k));
}

template <class T>
void move_randomly(double largest_step) {
  Random random(7);
  const Eigen::Index n = 50, K = 20, width = 11;
  const LaneRows<T> samples = random_rows<T>(random, n, width, 1);
  LaneRows<T> weights = random_rows<T>(random, K, width, 1);
  ActiveLists<T> lists(samples);
  lists.rebuild(weights);
  for (int step = 0; step < 200; ++step) {
    for (Eigen::Index k = 0; k < K; ++k) {
      const LaneRows<T> change = random_rows<T>(random, 1, width, largest_step * random.uniform());
      double norm2 = 0;
      for (Eigen::Index j = 0; j < width; ++j) {
        norm2 += static_cast<double>(change(0, j)) * static_cast<double>(change(0, j));
        weights(k, j) += change(0, j);
      }
      lists.note_movement(k, static_cast<T>(std::sqrt(norm2) * 1.001));
    }
    lists.refresh(weights);
    check_against_new_lists(lists, samples, weights);
  }
}

}  // namespace

TEST_CASE("lists that are kept up to date are those made anew, for steps of every size") {
  for (const double step : {1e-9, 1e-4, 1e-2, 1.0}) {
    move_randomly<double>(step);
    move_randomly<float>(step);
  }
}

TEST_CASE("a neuron that swings over one sample again and again is followed") {
  LaneRows<double> samples(40, 2), weights(1, 2);
  for (Eigen::Index i = 0; i < 40; ++i) {
    samples(i, 0) = static_cast<double>(i) / 40;
    samples(i, 1) = -1;
  }
  weights(0, 0) = 1;
  weights(0, 1) = 0.51;
  ActiveLists<double> lists(samples);
  lists.rebuild(weights);
  for (int step = 0; step < 50; ++step) {
    const double to = step % 2 == 0 ? 0.49 : 0.51;
    lists.note_movement(0, std::abs(to - weights(0, 1)));
    weights(0, 1) = to;
    lists.refresh(weights);
    check_against_new_lists(lists, samples, weights);
  }
}

TEST_CASE("sums run over the lists") {
  Random random(3);
  const LaneRows<double> samples = random_rows<double>(random, 30, 19, 1),
                         weights = random_rows<double>(random, 9, 19, 1);
  ActiveLists<double> lists(samples);
  lists.rebuild(weights);
  LaneRows<double> over_neurons(30, 19), over_samples(9, 19);
  lists.sum_over_neurons(weights, over_neurons);
  lists.sum_over_samples(samples, over_samples);
  Eigen::Index count = 0;
  for (Eigen::Index i = 0; i < 30; ++i)
    for (Eigen::Index j = 0; j < 19; ++j) {
      double sum = 0;
      for (Eigen::Index k = 0; k < 9; ++k) {
        double margin = 0;
        for (Eigen::Index c = 0; c < 19; ++c) margin += samples(i, c) * weights(k, c);
        if (margin > 0) sum += weights(k, j);
        count += j == 0 && margin > 0;
      }
      CHECK(over_neurons(i, j) == Approx(sum).margin(1e-12));
    }
  CHECK(lists.count() == count);
  for (Eigen::Index k = 0; k < 9; ++k) {
    double sum = 0;
    for (const std::uint32_t i : lists.of(k)) sum += samples(i, 4);
    CHECK(over_samples(k, 4) == Approx(sum).margin(1e-12));
  }
}
