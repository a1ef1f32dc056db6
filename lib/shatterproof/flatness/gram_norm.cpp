#include "shatterproof/flatness/gram_norm.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "shatterproof/core/parallel.hpp"
#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr Index kColumns = 64;  // of Phi^T Phi at a time: eight groups of lanes
constexpr int kParts = kColumns / kLanes;
constexpr double kLargestFloat = 1e6;     // of an input, so that no float overflows unnoticed or underflows to effect
constexpr double kFloatUnderflow = 1e-6;  // more than that can do to an entry

/// For each sample its active neurons and h_ik.
struct ActiveLists {
  std::vector<std::uint32_t> starts, neurons;
  std::vector<float> hidden;
  Index longest = 0;
};

/// Dots of rows of z with rows of weights, in double, then rounded.
SHATTERPROOF_CLONES void hidden_values(const double* z, const double* weights, Index width,
                                       const std::uint32_t* neurons, std::size_t count, float* hidden) {
  for (std::size_t e = 0; e < count; ++e)
    hidden[e] = static_cast<float>(row_dot(z, weights + static_cast<Index>(neurons[e]) * width, width));
}

ActiveLists active_lists(const MaskedHessian<double>& hessian) {
  const BitMatrix& active = hessian.pattern().over_samples.bits();  // n x A
  const BitMatrix& by_sample = hessian.pattern().over_neurons.bits();
  ActiveLists lists;
  lists.starts.push_back(0);
  lists.neurons.reserve(static_cast<std::size_t>(hessian.pattern().over_samples.count()));
  for (Index i = 0; i < active.rows(); ++i) {
    for (Index g = 0; g < by_sample.groups(); ++g)
      for (unsigned byte = by_sample.group(g)[i]; byte != 0; byte &= byte - 1)
        lists.neurons.push_back(static_cast<std::uint32_t>(8 * g + std::countr_zero(byte)));
    lists.starts.push_back(static_cast<std::uint32_t>(lists.neurons.size()));
    lists.longest = std::max<Index>(lists.longest, lists.starts.back() - lists.starts[lists.starts.size() - 2]);
  }
  lists.hidden.resize(lists.neurons.size());
  for (Index i = 0; i < active.rows(); ++i) {
    const std::uint32_t first = lists.starts[static_cast<std::size_t>(i)];
    hidden_values(hessian.lifted_samples().row(i), hessian.weights().row(0), hessian.width(),
                  lists.neurons.data() + first, lists.starts[static_cast<std::size_t>(i) + 1] - first,
                  lists.hidden.data() + first);
  }
  return lists;
}

/// What columns first .. first + 63 of Phi^T Phi need, for the neurons active on one of those samples.
struct ColumnBlock {
  std::vector<std::int32_t> places;             // of each neuron below, or -1
  AlignedVector<float> hidden, masked, lifted;  // h_jk, v_k^2 a_jk, z_j: rows of 64 samples

  ColumnBlock(const MaskedHessian<double>& hessian, const ActiveLists& lists, Index first, Index last)
      : places(static_cast<std::size_t>(hessian.neurons()), -1) {
    const std::uint32_t begin = lists.starts[static_cast<std::size_t>(first)],
                        end = lists.starts[static_cast<std::size_t>(last)];
    std::int32_t present = 0;
    for (std::uint32_t e = begin; e < end; ++e)
      if (std::int32_t& place = places[lists.neurons[e]]; place < 0) place = static_cast<std::int32_t>(kColumns * present++);
    hidden.resize(static_cast<std::size_t>(kColumns * present));
    masked.resize(hidden.size());
    const Index lifted_dimension = hessian.lifted_dimension();
    lifted.resize(static_cast<std::size_t>(lifted_dimension * kColumns));
    for (Index j = first; j < last; ++j) {
      for (std::uint32_t e = lists.starts[static_cast<std::size_t>(j)];
           e < lists.starts[static_cast<std::size_t>(j) + 1]; ++e) {
        const std::uint32_t k = lists.neurons[e];
        const auto at = static_cast<std::size_t>(places[k] + j - first);
        hidden[at] = lists.hidden[e];
        masked[at] = static_cast<float>(hessian.outputs()[k] * hessian.outputs()[k]);
      }
      for (Index c = 0; c < lifted_dimension; ++c)
        lifted[static_cast<std::size_t>(c * kColumns + j - first)] = static_cast<float>(hessian.lifted_samples()(j, c));
    }
  }
};

struct RowOfLists {
  const std::uint32_t* neurons;
  const float* hidden;
  std::size_t count;
};

/// Entries 1 + z_i.z_j sum_k v_k^2 a_ik a_jk + sum_k h_ik h_jk of row i; returns the sum of their squares.
SHATTERPROOF_CLONES double form_row(const ColumnBlock& block, const RowOfLists& row, const float* z,
                                    Index lifted_dimension, float* entries) {
  Lanes<float> common[kParts] = {}, hidden[kParts] = {}, products[kParts] = {};
  for (std::size_t e = 0; e < row.count; ++e) {
    const std::int32_t place = block.places[row.neurons[e]];
    if (place < 0) continue;
    const float *h = block.hidden.data() + place, *m = block.masked.data() + place;
    for (int p = 0; p < kParts; ++p) {
      common[p] += load_lanes(m + p * kLanes);
      hidden[p] += row.hidden[e] * load_lanes(h + p * kLanes);
    }
  }
  for (Index c = 0; c < lifted_dimension; ++c)
    for (int p = 0; p < kParts; ++p) products[p] += z[c] * load_lanes(block.lifted.data() + c * kColumns + p * kLanes);
  Lanes<double> squares = {};
  for (int p = 0; p < kParts; ++p) {
    const Lanes<float> entry = 1 + (common[p] * products[p] + hidden[p]);
    store_lanes<float>(entries + p * kLanes, entry);
    const auto wide = __builtin_convertvector(entry, Lanes<double>);
    squares += wide * wide;
  }
  return sum_of<double>(squares);
}

/// Sum of the squares of the columns first .. first + 63 of the lower triangle, those off the diagonal twice.
double block_squares(const MaskedHessian<double>& hessian, const ActiveLists& lists, Index first) {
  const Index n = hessian.samples(), last = std::min(n, first + kColumns);
  const ColumnBlock block(hessian, lists, first, last);
  std::vector<float> z(static_cast<std::size_t>(hessian.lifted_dimension()));
  alignas(64) float entries[kColumns];
  double sum = 0;
  for (Index i = first; i < n; ++i) {
    for (std::size_t c = 0; c < z.size(); ++c)
      z[c] = static_cast<float>(hessian.lifted_samples()(i, static_cast<Index>(c)));
    const std::uint32_t start = lists.starts[static_cast<std::size_t>(i)];
    const std::size_t count = lists.starts[static_cast<std::size_t>(i) + 1] - start;
    const double all = form_row(block, {lists.neurons.data() + start, lists.hidden.data() + start, count}, z.data(),
                                hessian.lifted_dimension(), entries);
    if (i >= last) {
      sum += 2 * all;
      continue;
    }
    for (Index j = first; j <= i; ++j) {
      const auto entry = static_cast<double>(entries[j - first]);
      sum += (j < i ? 2 : 1) * entry * entry;
    }
  }
  return sum;
}

}  // namespace

double gram_norm_bound(const BoundedHessian& bounded) {
  const MaskedHessian<double>& hessian = bounded.hessian();
  const Index n = hessian.samples();
  double largest = 0;
  for (const double norm : bounded.neuron_norms()) largest = std::max(largest, norm);
  for (const double norm : bounded.sample_norms()) largest = std::max(largest, norm);
  for (const double v : hessian.outputs()) largest = std::max(largest, std::abs(v));
  // The lists count in 32 bits.
  const bool countable = hessian.pattern().over_samples.count() < std::numeric_limits<std::uint32_t>::max() &&
                         hessian.neurons() < std::numeric_limits<std::int32_t>::max() / kColumns;
  if (!(largest <= kLargestFloat) || !countable || !hessian.pattern().over_samples.has_bits())
    return std::numeric_limits<double>::infinity();

  const ActiveLists lists = active_lists(hessian);
  std::vector<double> squares(static_cast<std::size_t>((n + kColumns - 1) / kColumns));
  parallel_for(squares.size(),
               [&](std::size_t b) { squares[b] = block_squares(hessian, lists, static_cast<Index>(b) * kColumns); });
  double sum = 0;
  for (const double square : squares) sum += square;

  const auto d = static_cast<double>(hessian.lifted_dimension()), size = static_cast<double>(n);
  const double trace = size * bounded.gram_trace();
  const double forming = rounding::gamma(static_cast<double>(lists.longest) + d + 24, rounding::kFloatUnit) * trace;
  const double hidden_error = 1.01 * rounding::kFloatUnit * std::sqrt(trace) +
                              rounding::gamma(d + 16) * bounded.neuron_norms().norm() * bounded.sample_norms().norm();
  const double carried = hidden_error * (2 * std::sqrt(trace) + hidden_error);
  const double bound = (1 + 1e-6) * (std::sqrt(sum) + forming + carried + size * kFloatUnderflow) / size;
  return std::isfinite(bound) ? bound : std::numeric_limits<double>::infinity();
}

}  // namespace shatterproof
