#pragma once
#include "shatterproof/network/forward_pass.hpp"

namespace shatterproof {

/// The pairs (sample, neuron) with a_ik = 1, neuron by neuron: those of neuron k are samples[starts[k]] ..
/// samples[starts[k+1] - 1], ascending.
struct ActivePairs {
  Eigen::Index sample_count = 0;
  std::vector<std::uint32_t> starts, samples;
};

struct SparsePass : ForwardBounds {
  ActivePairs pairs;
};

/// The same as forward_pass where few neurons are active on each sample: the samples in a tree of boxes, so that the
/// cost grows with the pairs and not with n K.
/// Guarantee   as forward_pass. A box is passed by only where no sample in it can be active.
/// Requires    as forward_pass, n and the number of pairs below 2^30, else PreconditionError.
/// Source      proofs_notes/certificates/temple-ladder.md, step 2.
[[nodiscard]] SparsePass sparse_pass(const Problem<double>& problem, const SettleSign& settle);

}  // namespace shatterproof
