#pragma once
#include <string>
#include <vector>

#include "shatterproof/claims/prover/prove.hpp"
#include "shatterproof/claims/prover/report.hpp"

namespace soundness {

using shatterproof::prover::Statement;

/// A statement with one thing changed. Most are false; those that are proved have to stand a search for
/// counterexamples.
struct Mutant {
  std::string change;  ///< "relation flipped", "range of h doubled"
  Statement statement;
};

/// The statement with at most three values of each integer variable: enough to be false, quick to decide.
[[nodiscard]] Statement with_few_instances(const Statement& statement);

/// The same, one statement for each value of the first integer variable, so that each is judged on its own.
[[nodiscard]] std::vector<Statement> instances_apart(const Statement& statement);

/// Every relation flipped, every exponent shifted by 1/2 either way, every comparison tightened by 1e-3, 1e-6 and 1e-9
/// relative, the hypothesis dropped, every range widened.
[[nodiscard]] std::vector<Mutant> mutants_of(const Statement& statement);

/// The expression of the key `sharp` against its best constant, moved past it by 1e-3, 1e-6 and 1e-9 relative: all
/// false.
[[nodiscard]] std::vector<Mutant> past_sharp(const shatterproof::prover::Task& task,
                                             const shatterproof::prover::Effort& effort);

/// A point of the ranges, drawn at random (also very near the ends), that satisfies the hypothesis and where the claim
/// certainly fails, as text; empty when none was found.
[[nodiscard]] std::string counterexample(const Statement& statement, std::uint64_t seed, int points);

}  // namespace soundness
