#pragma once
#include <functional>
#include <vector>

#include "shatterproof/claims/note.hpp"

namespace shatterproof {

/// What came of one claim.
struct Outcome {
  Claim claim;
  ProcedureResult result;
  double seconds = 0;
  std::string error;       ///< why the procedure could not run; the verdict is undecided then
  bool malformed = false;  ///< the error lies in the claim block: a parameter that makes no sense

  [[nodiscard]] bool as_expected() const { return error.empty() && result.verdict == claim.expect; }
};

/// Called after each claim, never by two threads at once: how many are done, and of how many.
using Progress = std::function<void(std::size_t done, std::size_t all)>;

/// Runs the claims on so many threads (at least 1); outcomes come in the order of the claims.
/// A procedure that throws leaves its claim undecided with the error's text: one bad claim never hides the others.
[[nodiscard]] std::vector<Outcome> verify(const std::vector<Claim>& claims, unsigned threads,
                                          const Progress& progress = {});

}  // namespace shatterproof
