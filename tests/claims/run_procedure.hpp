#pragma once
#include <algorithm>
#include <catch2/catch.hpp>

#include "shatterproof/claims/verify.hpp"

namespace shatterproof::testing {

using Settings = std::vector<std::pair<std::string, std::vector<std::string>>>;

inline Parameters parameters_of(const Settings& settings) {
  Parameters parameters;
  for (const auto& [name, values] : settings) parameters.set(name, values);
  return parameters;
}

/// The procedure itself, which must exist and know the parameters; what it throws comes through.
inline ProcedureResult run_procedure(const std::string& name, const Settings& settings) {
  const Procedure* procedure = find_procedure(name);
  REQUIRE(procedure != nullptr);
  for (const auto& [key, values] : settings)
    CHECK(std::find(procedure->known.begin(), procedure->known.end(), key) != procedure->known.end());
  return procedure->run(parameters_of(settings));
}

/// The procedure as the runner of the notes calls it: mistakes end in the outcome.
inline Outcome run_claim(const std::string& procedure, const Settings& settings) {
  Claim claim;
  claim.id = "test/" + procedure;
  claim.procedure = procedure;
  claim.parameters = parameters_of(settings);
  claim.expect = Verdict::proved;
  return verify({claim}).front();
}

}  // namespace shatterproof::testing
