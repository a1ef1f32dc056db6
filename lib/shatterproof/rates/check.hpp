#pragma once
#include <string>
#include <vector>

#include "shatterproof/core/verdict.hpp"
#include "shatterproof/rates/block.hpp"

namespace shatterproof::rates {

/// The verdict on one claim of a block.
struct ClaimResult {
  std::string claim;
  Verdict verdict = Verdict::undecided;
  std::string detail;  ///< where it holds or fails, with both sides at a point
  long cells = 0;      ///< how many cells or places were looked at
};

struct BlockResult {
  Verdict verdict = Verdict::undecided;  ///< of all claims together
  std::vector<ClaimResult> claims;
  std::vector<std::string>
      optimum;                     ///< a line for each piece of the domain with its own optimum, rate and active terms
  std::vector<std::string> shown;  ///< the values of `show`, a line each (several if they change)
  std::string domain;              ///< "all real d >= 1"
};

/// Decides every claim of the block for all values of the parameters, exactly.
/// proved   it holds at every point of the domain (or at every place of `at`).
/// refuted  it fails at a point, which is named with both sides (a rational point, or the root of a polynomial in an
///          interval).
/// undecided  a value does not exist somewhere (a pole, no minimum), or with two and more parameters a sign that
///            changes was not resolved; the detail says where.
[[nodiscard]] BlockResult check(const Block& block);

}  // namespace shatterproof::rates
