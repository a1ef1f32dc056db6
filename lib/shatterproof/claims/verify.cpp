#include "shatterproof/claims/verify.hpp"

#include <flint/flint.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

Outcome run(const Claim& claim) {
  Outcome outcome;
  outcome.claim = claim;
  const auto start = std::chrono::steady_clock::now();
  try {
    const auto& all = procedures();
    const auto procedure =
        std::find_if(all.begin(), all.end(), [&](const Procedure& p) { return p.name == claim.procedure; });
    require(procedure != all.end(), "no procedure named '" + claim.procedure + "'");
    outcome.result = procedure->run(claim.parameters);
    // Nothing was looked at, so nothing is known.
    if (outcome.result.instances <= 0) outcome.error = "the procedure checked no instance";
  } catch (const PreconditionError& e) {
    outcome.error = e.what();
    outcome.malformed = true;
  } catch (const std::exception& e) {
    outcome.error = e.what();
  }
  if (!outcome.error.empty()) outcome.result.verdict = Verdict::undecided;
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return outcome;
}

}  // namespace

std::vector<Outcome> verify(const std::vector<Claim>& claims, unsigned threads, const Progress& progress) {
  require(threads >= 1, "verify needs at least one thread");
  std::vector<Outcome> outcomes(claims.size());
  std::atomic<std::size_t> next{0};
  std::size_t done = 0;
  std::mutex report;
  const auto work = [&] {
    for (std::size_t i = next++; i < claims.size(); i = next++) {
      outcomes[i] = run(claims[i]);
      const std::lock_guard lock(report);
      if (progress) progress(++done, claims.size());
    }
    flint_cleanup();  // Arb keeps caches per thread
  };
  std::vector<std::jthread> pool;
  for (unsigned t = 1; t < std::min<std::size_t>(threads, claims.size()); ++t) pool.emplace_back(work);
  work();
  pool.clear();
  return outcomes;
}

}  // namespace shatterproof
