#include "shatterproof/network/forward_pass.hpp"

#include <limits>
#include <mutex>
#include <utility>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/parallel.hpp"
#include "shatterproof/network/activation.hpp"
#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr Index kBlock = 2 * kLanes;  // neurons side by side
constexpr Index kGroup = 8;           // samples of one byte

/// The network with neurons side by side, filled up with neurons that are never active.
struct SideBySide {
  Index neurons, dimension;
  AlignedVector<double> weights, thresholds, outputs, tolerances;  // weights: component by component

  SideBySide(const Network<double>& network, const Vector<double>& tolerance)
      : neurons((network.neurons() + kBlock - 1) / kBlock * kBlock), dimension(network.dimension()) {
    const auto size = static_cast<std::size_t>(neurons);
    weights.assign(size * static_cast<std::size_t>(dimension), 0);
    thresholds.assign(size, 1);
    outputs.assign(size, 0);
    tolerances.assign(size, 0);
    for (Index j = 0; j < dimension; ++j)
      std::copy_n(network.W.data() + j * network.neurons(), network.neurons(), weights.data() + j * neurons);
    std::copy_n(network.b.data(), network.neurons(), thresholds.data());
    std::copy_n(network.v.data(), network.neurons(), outputs.data());
    std::copy_n(tolerance.data(), network.neurons(), tolerances.data());
  }
};

/// What a group of up to eight samples adds up to.
struct GroupResult {
  double outputs[kGroup];  // without beta
  double squares;
  bool doubtful;  // some value is at most its tolerance
  Index settled = 0;
  double settled_outputs = 0;
};

/// |a|: the sign bit cleared.
SHATTERPROOF_INLINE Lanes<double> absolute(const Lanes<double>& a) {
  using Bits = Lanes<std::int64_t>;
  return reinterpret_cast<Lanes<double>>(reinterpret_cast<Bits>(a) & std::numeric_limits<std::int64_t>::max());
}

/// R samples of a group from its sample `first` on against sixteen neurons.
template <int R>
SHATTERPROOF_INLINE void run_tile(const SideBySide& network, Index neuron, const double* samples, int first,
                                  Lanes<double>* sums, Lanes<double>& squares, Lanes<double>& least,
                                  std::uint8_t* bytes) {
  Lanes<double> a[R][2];
  for (int h = 0; h < 2; ++h) {
    const Lanes<double> start = -load_lanes(&network.thresholds[static_cast<std::size_t>(neuron + h * kLanes)]);
    for (int s = 0; s < R; ++s) a[s][h] = start;
  }
  for (Index j = 0; j < network.dimension; ++j)
    for (int h = 0; h < 2; ++h) {
      const Lanes<double> w = load_lanes(network.weights.data() + j * network.neurons + neuron + h * kLanes);
      for (int s = 0; s < R; ++s) a[s][h] += w * samples[s * network.dimension + j];
    }
  for (int h = 0; h < 2; ++h) {
    const Index at = neuron + h * kLanes;
    const Lanes<double> v = load_lanes(network.outputs.data() + at);
    Lanes<double> smallest = absolute(a[0][h]);
    Lanes<std::int64_t> bits = {};
    for (int s = 0; s < R; ++s) {
      const Lanes<double> size = absolute(a[s][h]);
      smallest = size < smallest ? size : smallest;
      const Lanes<std::int64_t> on = a[s][h] > 0;
      bits |= on & (std::int64_t(1) << (first + s));
      const auto hidden = reinterpret_cast<Lanes<double>>(on & reinterpret_cast<Lanes<std::int64_t>>(a[s][h]));
      sums[s] += v * hidden;
      squares += hidden * hidden;
    }
    const Lanes<double> margin = smallest - load_lanes(network.tolerances.data() + at);
    least = margin < least ? margin : least;
    const auto narrow = __builtin_convertvector(bits, Lanes<std::uint8_t>);
    const auto before = load_lanes(bytes + at);
    store_lanes<std::uint8_t>(bytes + at, before | narrow);
  }
}

template <int R>
SHATTERPROOF_INLINE void run_rows(const SideBySide& network, const double* samples, int first, GroupResult& result,
                                  std::uint8_t* bytes) {
  Lanes<double> sums[R] = {}, squares = {};
  Lanes<double> least = sums[0] + 1;  // of |value| - tolerance
  for (Index neuron = 0; neuron < network.neurons; neuron += kBlock)
    run_tile<R>(network, neuron, samples, first, sums, squares, least, bytes);
  for (int s = 0; s < R; ++s) result.outputs[first + s] = sum_of<double>(sums[s]);
  result.squares += sum_of<double>(squares);
  for (int lane = 0; lane < kLanes; ++lane) result.doubtful = result.doubtful || !(least[lane] > 0);
}

/// `count` samples, row by row; `bytes` has room for every neuron side by side.
SHATTERPROOF_CLONES void run_group(const SideBySide& network, const double* samples, Index count, GroupResult& result,
                                   std::uint8_t* bytes) {
  result = {};
  if (count == kGroup) return run_rows<kGroup>(network, samples, 0, result, bytes);
  for (int s = 0; s < count; ++s) run_rows<1>(network, samples + s * network.dimension, s, result, bytes);
}

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

}  // namespace

bool is_moderate(const Problem<double>& problem) {
  const auto& [network, data] = problem;
  return is_moderate_array(network.W) && is_moderate_array(network.b) && is_moderate_array(network.v) &&
         std::abs(network.beta) <= kLargestInput && is_moderate_array(data.X) && is_moderate_array(data.y);
}

ForwardSums forward_bounds(const Problem<double>& problem) {
  const Network<double>& network = problem.network;
  const DataSet<double>& data = problem.data;
  const Index n = data.samples(), K = network.neurons(), d = network.dimension();
  require(is_moderate(problem), "forward_pass: a number is not finite or too large");
  require(data.X.cols() == d && data.y.size() == n && network.b.size() == K && network.v.size() == K,
          "forward_pass: the arrays do not fit together");
  ForwardSums result;
  result.outputs.resize(n);
  result.neuron_norms = lifted_norms(network.W, network.b);
  result.sample_norms = lifted_norms(data.X, Vector<double>::Ones(n));
  // Products that underflow lose at most 1e-300 together.
  result.tolerances = rounding::kSlack * (rounding::gamma(static_cast<double>(d) + 6) * largest(result.sample_norms) *
                                              result.neuron_norms.array() +
                                          1e-300);
  return result;
}

ForwardPass forward_pass(const Problem<double>& problem, const SettleSign& settle) {
  const Network<double>& network = problem.network;
  const DataSet<double>& data = problem.data;
  const Index n = data.samples(), K = network.neurons(), d = network.dimension();
  ForwardPass result{forward_bounds(problem), BitMatrix(n, K)};
  result.output_depth = static_cast<double>(K) / 8;
  const SideBySide packed(network, result.tolerances);
  const Matrix<double> samples = data.X.transpose();  // sample by sample in memory
  const Index groups = result.active.groups();
  std::vector<GroupResult> parts(static_cast<std::size_t>(groups));
  std::mutex settling;
  const auto run = [&](Index g) {
    const Index first = g * kGroup, count = std::min(kGroup, n - first);
    AlignedVector<std::uint8_t> bytes(static_cast<std::size_t>(packed.neurons));
    GroupResult& part = parts[static_cast<std::size_t>(g)];
    run_group(packed, samples.data() + first * d, count, part, bytes.data());
    std::copy_n(bytes.data(), K, result.active.group(g));
    for (Index s = 0; s < count; ++s) result.outputs(first + s) = part.outputs[s] + network.beta;
    if (!part.doubtful) return;
    const std::lock_guard lock(settling);
    for (Index i = first; i < first + count; ++i)
      for (Index k = 0; k < K; ++k) {
        double a = -network.b(k);
        for (Index j = 0; j < d; ++j) a += network.W(k, j) * data.X(i, j);
        if (std::abs(a) > 3 * result.tolerances(k)) continue;
        result.active.set(i, k, settle(i, k));
        ++part.settled;
        part.settled_outputs += std::abs(network.v(k)) * result.tolerances(k);
      }
  };
  const bool large = n * K * (d + 1) > 1000000 && thread_count() > 1;
  const Index tasks = large ? std::min<Index>(groups, 4 * thread_count()) : 1;
  const auto task = [&](std::size_t t) {
    const auto at = [&](std::size_t s) { return groups * static_cast<Index>(s) / tasks; };
    for (Index g = at(t); g < at(t + 1); ++g) run(g);
  };
  if (tasks == 1)
    task(0);
  else
    parallel_for(static_cast<std::size_t>(tasks), task);
  // In order, so that the result does not depend on the threads.
  for (const GroupResult& part : parts) {
    result.hidden_squares += part.squares;
    result.settled += part.settled;
    result.settled_outputs += part.settled_outputs;
  }
  return result;
}

SettleSign settle_exactly(const Problem<double>& problem) {
  return [&problem](Index i, Index k) { return is_active_exactly(problem, i, k); };
}

}  // namespace shatterproof
