#include "shatterproof/network/sparse_pass.hpp"

#include <catch2/catch.hpp>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"

using namespace shatterproof;

namespace {

using Index = Eigen::Index;

/// Thresholds as given: 0 for half of the activations on, larger for few.
Problem<double> problem_of(Index n, Index K, Index d, double threshold, std::uint64_t seed) {
  Random random(seed);
  Problem<double> p{{Matrix<double>(K, d), Vector<double>(K), Vector<double>(K), 0.5},
                    {Matrix<double>(n, d), Vector<double>(n), 1}};
  for (double& x : p.data.X.reshaped()) x = random.normal();
  for (double& w : p.network.W.reshaped()) w = random.normal();
  for (double& v : p.network.v) v = random.normal();
  for (double& b : p.network.b) b = threshold + 0.1 * random.normal();
  p.data.y.setZero();
  return p;
}

bool is_active(const ActivePairs& pairs, Index i, Index k) {
  const auto first = pairs.samples.begin() + pairs.starts[static_cast<std::size_t>(k)],
             last = pairs.samples.begin() + pairs.starts[static_cast<std::size_t>(k) + 1];
  return std::binary_search(first, last, static_cast<std::uint32_t>(i));
}

}  // namespace

TEST_CASE("the tree of boxes finds the same pairs as all pairs one by one") {
  for (const auto& [n, K, d] :
       {std::tuple<Index, Index, Index>{1, 1, 1}, {9, 5, 2}, {40, 30, 1}, {300, 70, 3}, {500, 40, 7}})
    for (const double threshold : {-3.0, 0.0, 2.0}) {
      CAPTURE(n, K, d, threshold);
      const Problem<double> p = problem_of(n, K, d, threshold, static_cast<std::uint64_t>(n + K));
      const SettleSign settle = settle_exactly(p);
      const SparsePass sparse = sparse_pass(p, settle);
      const ForwardPass dense = forward_pass(p, settle);
      Index differences = 0;
      for (Index i = 0; i < n; ++i)
        for (Index k = 0; k < K; ++k) differences += is_active(sparse.pairs, i, k) == dense.active.at(i, k) ? 0 : 1;
      CHECK(differences == 0);
      // From 64 neurons on the tolerances of float enter the dense bound.
      CHECK(sparse.hidden_norm == Approx(dense.hidden_norm).epsilon(K < 64 ? 1e-11 : 2e-5).margin(1e-12));
    }
}

TEST_CASE("samples next to a hyperplane are settled exactly, also through the boxes") {
  // w.x - b = +-2^-60 for two of many samples, far below what doubles see; the rest lies well inside.
  Problem<double> p = problem_of(200, 3, 2, 40, 5);
  p.network.W.row(1) << 1 + 0x1p-30, 1;
  p.network.b(1) = 40;
  p.data.X.row(17) << 20 * (1 - 0x1p-30), 20;
  p.data.X.row(18) << 20 * (1 - 0x1p-30), 20 + 0x1p-48;
  const SparsePass sparse = sparse_pass(p, settle_exactly(p));
  CHECK(sparse.settled >= 1);
  CHECK_FALSE(is_active(sparse.pairs, 17, 1));  // 20 (1 - 2^-60) + 20 - 40 < 0
  CHECK(is_active(sparse.pairs, 18, 1));
  // Open signs are those that `settle` tells, whatever they are.
  const SparsePass other = sparse_pass(p, [](Index, Index) { return true; });
  CHECK(is_active(other.pairs, 17, 1));
}

TEST_CASE("a tie, NaN and infinity are refused by the tree too") {
  Problem<double> p = problem_of(50, 3, 2, 10, 6);
  p.network.W.row(0) << 1, 0;
  p.network.b(0) = 8;
  p.data.X.row(30) << 8, 1;
  CHECK_THROWS_AS(sparse_pass(p, settle_exactly(p)), PreconditionError);
  for (const double bad : {std::nan(""), HUGE_VAL, 1e100}) {
    Problem<double> q = problem_of(50, 3, 2, 10, 7);
    q.data.X(3, 1) = bad;
    CHECK_THROWS_AS(sparse_pass(q, settle_exactly(q)), PreconditionError);
  }
}

TEST_CASE("equal samples and a dimension of no extent") {
  Problem<double> p = problem_of(100, 20, 3, 1, 8);
  for (Index i = 0; i < 100; ++i) p.data.X.row(i) = p.data.X.row(i % 3);
  p.data.X.col(2).setConstant(0.25);
  const SettleSign settle = settle_exactly(p);
  const SparsePass sparse = sparse_pass(p, settle);
  const ForwardPass dense = forward_pass(p, settle);
  for (Index i = 0; i < 100; ++i)
    for (Index k = 0; k < 20; ++k) REQUIRE(is_active(sparse.pairs, i, k) == dense.active.at(i, k));
}
