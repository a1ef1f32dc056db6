#pragma once
#include "shatterproof/claims/prover/examine.hpp"
#include "shatterproof/claims/prover/prove.hpp"

namespace shatterproof::prover {

/// What became of one conjunct of the claim on one box.
struct PieceResult {
  long boxes = 0;
  Bits bits = 0;
  bool met_hypothesis = false;  ///< some point of it certainly satisfies the hypothesis
  bool tied = false;            ///< a box was left because its sides agree to all bits allowed
  std::optional<Witness> witness;
  std::vector<Box> remaining;
  [[nodiscard]] bool proved() const { return !witness && remaining.empty(); }
};

/// Proves "given implies the statement at `goal`" on the box by subdivision, depth first; stops at the first witness
/// against the whole claim.
[[nodiscard]] PieceResult prove_piece(const Statement& statement, const expression::NodePointer& goal, const Box& box,
                                      const Effort& effort);

}  // namespace shatterproof::prover
