#pragma once
#include <functional>
#include <vector>

#include "shatterproof/claims/cache.hpp"
#include "shatterproof/claims/note.hpp"

namespace shatterproof {

/// What came of one claim.
struct Outcome {
  Claim claim;
  ProcedureResult result;
  double seconds = 0;      ///< that the procedure took, now or when the result was stored
  bool cached = false;     ///< the result comes from the cache
  std::string error;       ///< why the procedure could not run; the verdict is undecided then
  std::string place;       ///< "file:line" of the error: of the expression with the mistake, else of the block
  bool malformed = false;  ///< the error lies in the claim block: a parameter that makes no sense

  [[nodiscard]] bool as_expected() const { return error.empty() && result.verdict == claim.expect; }
};

/// Called after each claim, never by two threads at once: how many are done, and of how many.
using Progress = std::function<void(std::size_t done, std::size_t all)>;

struct VerifyOptions {
  const ResultCache* cache = nullptr;  ///< finished results are taken from it and put into it
  Progress progress = {};
};

/// Runs the claims with parallel_for; outcomes come in the order of the claims, whatever ran first. A procedure that
/// throws leaves its claim undecided with the error's text: one bad claim never hides the others.
[[nodiscard]] std::vector<Outcome> verify(const std::vector<Claim>& claims, const VerifyOptions& options = {});

}  // namespace shatterproof
