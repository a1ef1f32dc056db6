// Every proved inequality of the notes, changed in one place: none of the false versions may be proved.
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <thread>

#include "mutants.hpp"
#include "shatterproof/claims/note.hpp"
#include "shatterproof/claims/procedures/prove.hpp"
#include "shatterproof/core/parallel.hpp"

using namespace soundness;
using namespace shatterproof;

namespace {

constexpr std::size_t kMostPerClaim = 10;
constexpr prover::Effort kEffort{.boxes = 60, .precision = 128};

struct Threads {
  Threads() { set_thread_count(std::max(1U, std::thread::hardware_concurrency())); }
} const threads;

struct Original {
  std::string id;
  prover::Task task;
};

std::vector<Original> proved_claims() {
  std::vector<Original> originals;
  for (const Claim& claim : read_notes(std::string(std::getenv("SHATTERPROOF_SOURCE")) + "/proofs_notes"))
    if (claim.procedure == "prove" && claim.expect == Verdict::proved)
      originals.push_back({claim.id, prover::parse_question(question_of(claim.parameters))});
  return originals;
}

/// At most kMostPerClaim of them, evenly chosen over changes and instances, so that every claim gets its share.
std::vector<Mutant> some_mutants(const Statement& statement) {
  std::vector<Mutant> all, some;
  for (const Statement& instance : instances_apart(statement))
    for (Mutant& mutant : mutants_of(instance)) all.push_back(std::move(mutant));
  const std::size_t count = std::min(all.size(), kMostPerClaim);
  for (std::size_t i = 0; i < count; ++i) some.push_back(std::move(all[i * all.size() / count]));
  return some;
}

struct Trial {
  std::string id;
  Mutant mutant;
};

struct Result {
  Verdict verdict = Verdict::undecided;
  bool refused = false;        ///< the change made it undefined somewhere, or a range empty
  std::string counterexample;  ///< against a mutant that was proved
};

bool certifies(Verdict verdict) { return verdict == Verdict::proved || verdict == Verdict::vacuous; }

Result run(const Trial& trial, std::uint64_t seed) {
  Result result;
  try {
    const prover::Proof proof = prover::prove(trial.mutant.statement, kEffort);
    result.verdict = proof.verdict;
  } catch (const std::exception&) {
    result.refused = true;
  }
  if (certifies(result.verdict)) result.counterexample = counterexample(trial.mutant.statement, seed, 100);
  return result;
}

std::vector<Result> run_all(const std::vector<Trial>& trials) {
  std::vector<Result> results(trials.size());
  parallel_for(trials.size(), [&](std::size_t i) { results[i] = run(trials[i], i + 1); });
  return results;
}

void print_counts(const char* title, const std::vector<Trial>& trials, const std::vector<Result>& results) {
  struct Counts {
    int all = 0, refuted = 0, undecided = 0, refused = 0, stand = 0, false_proofs = 0;
  };
  std::map<std::string, Counts> rows;
  for (std::size_t i = 0; i < trials.size(); ++i)
    for (const std::string& name :
         {trials[i].mutant.change.substr(0, trials[i].mutant.change.find(" of ")), std::string("~ all")}) {
      Counts& row = rows[name];
      ++row.all;
      row.refused += results[i].refused;
      row.refuted += results[i].verdict == Verdict::refuted;
      row.undecided += results[i].verdict == Verdict::undecided && !results[i].refused;
      row.stand += certifies(results[i].verdict) && results[i].counterexample.empty();
      row.false_proofs += !results[i].counterexample.empty();
    }
  std::printf("%s\n%-24s %6s %8s %10s %8s %12s %13s\n", title, "change", "all", "refuted", "undecided", "refused",
              "proved, true", "proved, FALSE");
  for (const auto& [name, row] : rows)
    std::printf("%-24s %6d %8d %10d %8d %12d %13d\n", name.c_str(), row.all, row.refuted, row.undecided, row.refused,
                row.stand, row.false_proofs);
}

}  // namespace

TEST_CASE("no false mutant of a proved claim is proved") {
  std::vector<Trial> trials;
  for (const Original& original : proved_claims())
    for (Mutant& mutant : some_mutants(original.task.statement)) trials.push_back({original.id, std::move(mutant)});
  const auto results = run_all(trials);
  print_counts("mutants of the proved claims", trials, results);
  CHECK(trials.size() >= 500);
  for (std::size_t i = 0; i < trials.size(); ++i) {
    CAPTURE(trials[i].id, trials[i].mutant.change);
    CHECK(results[i].counterexample == "");
  }
}

TEST_CASE("a constant past the sharp value is never proved") {
  std::vector<Trial> trials;
  for (const Original& original : proved_claims())
    for (Mutant& mutant : past_sharp(original.task, kEffort)) trials.push_back({original.id, std::move(mutant)});
  const auto results = run_all(trials);
  print_counts("constants past the sharp value", trials, results);
  CHECK(trials.size() >= 50);
  int refuted = 0;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    CAPTURE(trials[i].id, trials[i].mutant.change);
    CHECK(!certifies(results[i].verdict));
    refuted += results[i].verdict == Verdict::refuted;
  }
  CHECK(refuted > 0);
}
