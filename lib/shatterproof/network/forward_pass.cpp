#include "shatterproof/network/forward_pass.hpp"

#include <algorithm>
#include <mutex>
#include <optional>
#include <vector>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/parallel.hpp"
#include "shatterproof/network/activation.hpp"
#include "shatterproof/network/side_by_side.hpp"
#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr Index kGroup = 8;            // samples of one byte
constexpr double kLargestFloat = 1e6;  // of a norm, so that no float overflows
constexpr Index kLeastForFloat = 64;   // neurons; fewer are done in double before they are copied in float
// More than a value is off by because something that it is made of, or its square, underflows.
constexpr double kDoubleUnderflow = 1e-300, kFloatUnderflow = 1e-18;

double largest(const Vector<double>& x) { return x.size() == 0 ? 0 : x.maxCoeff<Eigen::PropagateNaN>(); }

template <class Array>
bool is_moderate_array(const Array& array) {
  return array.size() == 0 || array.cwiseAbs().template maxCoeff<Eigen::PropagateNaN>() <= kLargestInput;
}

Vector<double> lifted_norms(const Matrix<double>& rows, const Vector<double>& last) {
  Vector<double> norms = last.cwiseAbs2();
  for (Index j = 0; j < rows.cols(); ++j) norms += rows.col(j).cwiseAbs2();
  for (double& norm : norms) norm = rounding::root_above(norm);
  return norms;
}

/// gamma_{m} |(w_k; b_k)| max|z_i| and what underflows.
Vector<double> tolerances_of(const ForwardBounds& bounds, double roundings, double unit, double underflow) {
  const double factor = rounding::gamma(roundings, unit) * largest(bounds.sample_norms);
  return rounding::kSlack * (factor * bounds.neuron_norms.array() + underflow);
}

/// The signs of all pre-activations, a group of samples at a time.
class Signs {
 public:
  Signs(const Problem<double>& problem, const SettleSign& settle, const ForwardBounds& bounds)
      : problem_(problem), settle_(settle), bounds_(bounds), doubles_(problem, bounds.tolerances) {
    const double roundings = static_cast<double>(problem.network.dimension()) + 8;
    if (problem.network.neurons() < kLeastForFloat || !(largest(bounds.neuron_norms) <= kLargestFloat) ||
        !(largest(bounds.sample_norms) <= kLargestFloat) ||
        !std::isfinite(rounding::gamma(roundings, rounding::kFloatUnit)))
      return;
    floats_.emplace(problem, tolerances_of(bounds, roundings, rounding::kFloatUnit, kFloatUnderflow));
  }

  /// Neurons filled up to whole tiles: so many bytes a group takes.
  [[nodiscard]] std::size_t bytes() const {
    return static_cast<std::size_t>(floats_ ? std::max(floats_->neurons, doubles_.neurons) : doubles_.neurons);
  }

  struct GroupResult {
    double squares = 0, error_squares = 0;  // sums over the pairs of h_ik^2 as computed, and of what it may be off by
    Index settled = 0;
  };
  GroupResult run_group(Index group, std::uint8_t* bytes) {
    GroupResult result;
    const Index sample = group * kGroup, count = std::min(kGroup, problem_.data.samples() - sample);
    for (Index first = 0; first < doubles_.neurons; first += kChunk) {
      Chunk chunk{sample, count, first, first};
      ChunkResult part{0, false};
      double errors = 0;
      const auto run = [&](const auto& network) {
        chunk.last = std::min(first + kChunk, network.neurons);
        part = run_chunk(network, chunk, bytes);
        errors = network.error_squares[static_cast<std::size_t>(first / kChunk)];
      };
      if (floats_) run(*floats_);
      if (!part.decided) run(doubles_);
      if (!part.decided) result.settled += settle(chunk, bytes);
      result.squares += part.squares;
      result.error_squares += static_cast<double>(count) * errors;
    }
    return result;
  }

 private:
  Index settle(const Chunk& chunk, std::uint8_t* bytes) {
    const auto& [network, data] = problem_;
    const std::lock_guard lock(settling_);
    Index settled = 0;
    for (Index i = chunk.sample; i < chunk.sample + chunk.count; ++i)
      for (Index k = chunk.first; k < std::min(chunk.last, network.neurons()); ++k) {
        double a = -network.b(k);
        for (Index j = 0; j < network.dimension(); ++j) a += network.W(k, j) * data.X(i, j);
        if (std::abs(a) > 3 * bounds_.tolerances(k)) continue;
        const auto bit = static_cast<std::uint8_t>(1U << (i - chunk.sample));
        bytes[k] = static_cast<std::uint8_t>(settle_(i, k) ? bytes[k] | bit : bytes[k] & ~bit);
        ++settled;
      }
    return settled;
  }

  const Problem<double>& problem_;
  const SettleSign& settle_;
  const ForwardBounds& bounds_;
  SideBySide<double> doubles_;
  std::optional<SideBySide<float>> floats_;
  std::mutex settling_;
};

}  // namespace

bool is_moderate(const Problem<double>& problem) {
  const auto& [network, data] = problem;
  return is_moderate_array(network.W) && is_moderate_array(network.b) && is_moderate_array(network.v) &&
         std::abs(network.beta) <= kLargestInput && is_moderate_array(data.X) && is_moderate_array(data.y);
}

void ForwardBounds::set_hidden_norm(double squares, double error_squares) {
  hidden_norm = rounding::root_above(squares) + rounding::root_above(error_squares);
}

ForwardBounds forward_bounds(const Problem<double>& problem) {
  const auto& [network, data] = problem;
  const Index n = data.samples(), K = network.neurons(), d = network.dimension();
  require(is_moderate(problem), "forward_pass: a number is not finite or too large");
  require(data.X.cols() == d && data.y.size() == n && network.b.size() == K && network.v.size() == K,
          "forward_pass: the arrays do not fit together");
  ForwardBounds bounds;
  bounds.neuron_norms = lifted_norms(network.W, network.b);
  bounds.sample_norms = lifted_norms(data.X, Vector<double>::Ones(n));
  bounds.tolerances = tolerances_of(bounds, static_cast<double>(d) + 6, rounding::kUnit, kDoubleUnderflow);
  return bounds;
}

ForwardPass forward_pass(const Problem<double>& problem, const SettleSign& settle) {
  const Index n = problem.data.samples(), K = problem.network.neurons(), d = problem.network.dimension();
  ForwardPass result{forward_bounds(problem), BitMatrix(n, K)};
  Signs signs(problem, settle, result);
  const Index groups = result.active.groups();
  std::vector<Signs::GroupResult> parts(static_cast<std::size_t>(groups));
  const bool large = n * K * (d + 1) > 1000000 && thread_count() > 1;
  const Index tasks = large ? std::min<Index>(groups, 4 * thread_count()) : 1;
  parallel_for(static_cast<std::size_t>(tasks), [&](std::size_t t) {
    AlignedVector<std::uint8_t> bytes(signs.bytes());
    const auto at = [&](std::size_t s) { return groups * static_cast<Index>(s) / tasks; };
    for (Index g = at(t); g < at(t + 1); ++g) {
      parts[static_cast<std::size_t>(g)] = signs.run_group(g, bytes.data());
      std::copy_n(bytes.data(), K, result.active.group(g));
    }
  });
  // In order, so that the result does not depend on the threads.
  double squares = 0, error_squares = 0;
  for (const Signs::GroupResult& part : parts) {
    squares += part.squares;
    error_squares += part.error_squares;
    result.settled += part.settled;
  }
  result.set_hidden_norm(squares, error_squares);
  return result;
}

SettleSign settle_exactly(const Problem<double>& problem) {
  return [&problem](Index i, Index k) { return is_active_exactly(problem, i, k); };
}

}  // namespace shatterproof
