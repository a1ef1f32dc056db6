#include "shatterproof/claims/verify.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <mutex>

#include "shatterproof/claims/expression/expression_error.hpp"
#include "shatterproof/claims/markdown_blocks.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/parallel.hpp"

namespace shatterproof {
namespace {

void run_procedure(Outcome& outcome) {
  const Claim& claim = outcome.claim;
  outcome.place = place_of(claim.file, claim.line);
  try {
    const Procedure* procedure = find_procedure(claim.procedure);
    require(procedure != nullptr, "no procedure named '" + claim.procedure + "'");
    outcome.result = procedure->run(claim.parameters);
    // Nothing was looked at, so nothing is known.
    if (outcome.result.instances <= 0) outcome.error = "the procedure checked no instance";
  } catch (const expression::ExpressionError& e) {
    outcome.error = e.what();
    outcome.malformed = true;
    if (const auto found = claim.places.find(e.source); found != claim.places.end()) {
      PlacedMessage error = placed(found->second, e);
      outcome.place = std::move(error.place), outcome.error = std::move(error.message);
    }
  } catch (const PreconditionError& e) {
    outcome.error = e.what();
    outcome.malformed = true;
  } catch (const std::exception& e) {
    outcome.error = e.what();
  }
  if (!outcome.error.empty()) outcome.result.verdict = Verdict::undecided;
}

void run(Outcome& outcome, const ResultCache* cache) {
  const auto start = std::chrono::steady_clock::now();
  run_procedure(outcome);
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (cache && outcome.error.empty()) cache->store(outcome.claim, {outcome.result, outcome.seconds, true});
}

/// A claim that has to run, with the time that it took with an older version of the program.
struct Job {
  Outcome* outcome;
  double seconds;
};

/// Fills in what the cache has; the rest are the jobs, the longest first and before them those never seen.
std::vector<Job> jobs_of(std::vector<Outcome>& outcomes, const ResultCache* cache) {
  std::vector<Job> jobs;
  for (Outcome& outcome : outcomes) {
    const auto stored = cache ? cache->find(outcome.claim) : std::nullopt;
    if (stored && stored->current) {
      outcome.result = stored->result;
      outcome.seconds = stored->seconds;
      outcome.cached = true;
    } else {
      jobs.push_back({&outcome, stored ? stored->seconds : std::numeric_limits<double>::infinity()});
    }
  }
  std::stable_sort(jobs.begin(), jobs.end(), [](const Job& a, const Job& b) { return a.seconds > b.seconds; });
  return jobs;
}

}  // namespace

std::vector<Outcome> verify(const std::vector<Claim>& claims, const VerifyOptions& options) {
  std::vector<Outcome> outcomes(claims.size());
  for (std::size_t i = 0; i < claims.size(); ++i) outcomes[i].claim = claims[i];
  const std::vector<Job> jobs = jobs_of(outcomes, options.cache);
  std::size_t done = claims.size() - jobs.size();
  std::mutex report;
  parallel_for(jobs.size(), [&](std::size_t i) {
    run(*jobs[i].outcome, options.cache);
    const std::lock_guard lock(report);
    ++done;
    if (options.progress) options.progress(done, claims.size());
  });
  return outcomes;
}

}  // namespace shatterproof
