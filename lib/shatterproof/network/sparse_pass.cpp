#include "shatterproof/network/sparse_pass.hpp"

#include <algorithm>
#include <mutex>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/parallel.hpp"
#include "shatterproof/network/box_tree.hpp"
#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr std::size_t kMostPairs = std::size_t(1) << 30;

/// The pairs of neurons first .. last - 1.
struct Part {
  std::vector<std::uint32_t> counts, samples;
  double squares = 0;  // sum of h_ik^2
  Index settled = 0;
};

class Search {
 public:
  Search(const Problem<double>& problem, const SettleSign& settle, const Vector<double>& tolerances)
      : network_(problem.network), settle_(settle), tolerances_(tolerances), tree_(problem.data.X) {}

  [[nodiscard]] double corner_norm() const { return tree_.corner_norm(); }

  [[nodiscard]] Part run(Index first, Index last) {
    Part part;
    std::vector<std::uint32_t> found;
    Vector<double> w(network_.dimension());
    for (Index k = first; k < last; ++k) {
      w = network_.W.row(k);
      found.clear();
      tree_.for_each_near(w.data(), network_.b(k), tolerances_(k), [&](std::uint32_t i, double value) {
        bool active = value > 0;
        if (!(std::abs(value) > tolerances_(k))) active = settle(i, k, part);
        if (!active) return;
        found.push_back(i);
        part.squares += std::max(value, 0.0) * std::max(value, 0.0);
      });
      std::sort(found.begin(), found.end());
      part.counts.push_back(static_cast<std::uint32_t>(found.size()));
      part.samples.insert(part.samples.end(), found.begin(), found.end());
      if (part.samples.size() > kMostPairs) return part;
    }
    return part;
  }

 private:
  bool settle(Index i, Index k, Part& part) {
    ++part.settled;
    const std::lock_guard lock(settling_);
    return settle_(i, k);
  }

  const Network<double>& network_;
  const SettleSign& settle_;
  const Vector<double>& tolerances_;
  BoxTree tree_;
  std::mutex settling_;
};

}  // namespace

SparsePass sparse_pass(const Problem<double>& problem, const SettleSign& settle) {
  const Index n = problem.data.samples(), K = problem.network.neurons();
  SparsePass pass{forward_bounds(problem), {}};
  // A corner of a box may lie farther out than every sample.
  Search search(problem, settle, pass.tolerances);
  pass.tolerances *= std::max(1.0, search.corner_norm() / pass.sample_norms.maxCoeff()) * rounding::kSlack;
  const Index tasks = std::clamp<Index>(K / 1024, 1, 64);
  std::vector<Part> parts(static_cast<std::size_t>(tasks));
  parallel_for(parts.size(), [&](std::size_t t) {
    const auto at = [&](std::size_t s) { return K * static_cast<Index>(s) / tasks; };
    parts[t] = search.run(at(t), at(t + 1));
  });
  double squares = 0;
  pass.pairs.sample_count = n;
  pass.pairs.starts.push_back(0);
  for (const Part& part : parts) {
    require(pass.pairs.samples.size() + part.samples.size() <= kMostPairs,
            "sparse_pass: more than 2^30 pairs are active");
    for (const std::uint32_t count : part.counts) pass.pairs.starts.push_back(pass.pairs.starts.back() + count);
    pass.pairs.samples.insert(pass.pairs.samples.end(), part.samples.begin(), part.samples.end());
    squares += part.squares;
    pass.settled += part.settled;
  }
  pass.set_hidden_norm(squares, static_cast<double>(n) * pass.tolerances.squaredNorm());
  return pass;
}

}  // namespace shatterproof
