#pragma once
#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/claims/prover/box.hpp"
#include "shatterproof/claims/prover/witness.hpp"
#include "shatterproof/core/verdict.hpp"

namespace shatterproof::prover {

/// "for all ranges, if given then claim".
struct Statement {
  std::vector<expression::Range> ranges;
  std::optional<expression::Claim> given;
  expression::Claim claim;
  std::optional<expression::Claim> trivial_when;
};

/// How far a proof has got, to be read from another thread while it runs.
struct Counts {
  std::atomic<long> instances{0};  ///< in all
  std::atomic<long> done{0};       ///< boxes examined
  std::atomic<long> waiting{0};    ///< boxes that are known to be left
};

struct Effort {
  long boxes = 20000;        ///< most boxes of one instance
  Bits precision = 1024;     ///< most bits
  Counts* counts = nullptr;  ///< kept up to date if given; without influence on the result
};

/// The outcome; the same for any number of threads.
struct Proof {
  Verdict verdict = Verdict::undecided;
  long instances = 0;
  long boxes = 0;                            ///< examined in all; 0 when a sample point refuted the claim at once
  long by_algebra = 0;                       ///< parts of the claim settled for one instance each by exact polynomials
  Bits bits = 0;                             ///< the highest precision used
  std::optional<Witness> witness;            ///< of a refuted claim
  std::string vacuous;                       ///< why it is vacuous: which instances
  long remaining = 0;                        ///< boxes that were not decided
  std::vector<std::string> first_remaining;  ///< the first few of them
  std::string needed;                        ///< what would decide them
};

/// Proves or refutes the statement by adaptive subdivision in ball arithmetic.
/// Guarantee  proved: it holds at every point of the ranges that satisfies `given`; refuted: the witness lies in the
///            ranges, certainly satisfies `given` and certainly fails. vacuous: proved, and either no point was found
///            that satisfies `given`, or for some instance trivial_when is proved for all its points that do.
/// Errors     PreconditionError for empty ranges, bounds that are no exact numbers, and where the claim is undefined at
/// a
///            point that satisfies `given`.
[[nodiscard]] Proof prove(const Statement& statement, const Effort& effort = {});

}  // namespace shatterproof::prover
