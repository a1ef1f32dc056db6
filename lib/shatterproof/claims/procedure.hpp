#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "shatterproof/core/verdict.hpp"

namespace shatterproof {

/// Parameters of a claim block: plain scalars and lists kept as text, so that numbers stay exact.
class Parameters {
 public:
  void set(std::string name, std::vector<std::string> values) { values_[std::move(name)] = std::move(values); }
  [[nodiscard]] bool has(const std::string& name) const { return values_.count(name) != 0; }
  /// Throws PreconditionError naming the parameter when it is missing, repeated, or not of the type asked for.
  [[nodiscard]] std::string text(const std::string& name) const;
  [[nodiscard]] long integer(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> list(const std::string& name) const;
  [[nodiscard]] std::vector<long> integers(const std::string& name) const;  ///< accepts "2..10" ranges inside the list
  [[nodiscard]] const std::map<std::string, std::vector<std::string>>& all() const { return values_; }

 private:
  std::map<std::string, std::vector<std::string>> values_;
};

/// A best constant: an enclosure of the supremum or infimum that a claim asks for (key `sharp`).
struct SharpConstant {
  std::string instance;      ///< the integers that it belongs to, "d = 3"; empty if there are none
  std::string lower, upper;  ///< decimal, rounded outward
  std::string where;         ///< "attained at h = 1/4", "approached as h -> 0", "attained in [0.312, 0.313]"
};

/// What a procedure found out.
struct ProcedureResult {
  Verdict verdict = Verdict::undecided;
  long instances = 0;                   ///< how many instances were checked
  std::string slack = {};               ///< slack of the paper's constant, e.g. "2.83x at R=1"; empty if there is none
  std::string detail = {};              ///< one line: what was found (the witness if refuted; from where it is vacuous)
  std::vector<std::string> table = {};  ///< optional lines of a measured table, printed by verify --details
  std::string range = {};               ///< for which instances it was checked: "d in 1..64, h in (0, 1/4]"
  std::string method = {};              ///< how, in a few words: "ball arithmetic, 812 boxes", "1,000 random networks"
  std::vector<SharpConstant> sharp = {};
};

/// A procedure checks one claim about networks, packings or samples. Same parameters and seed, same result.
/// Parameters that it does not know are an error (the runner compares with `known`).
struct Procedure {
  std::string name;
  std::string summary;             ///< what it checks, one line
  std::vector<std::string> known;  ///< names of its parameters
  std::function<ProcedureResult(const Parameters&)> run;
  /// Optional: refuses parameters that make no sense without running anything, by throwing PreconditionError (or
  /// ExpressionError), so that a note is found malformed while it is read.
  std::function<void(const Parameters&)> check = {};
};

/// Claims on this procedure take minutes and rest on rounded arithmetic: they are run only where they are asked for, and
/// neither lock nor status holds them.
constexpr const char* kExperimentProcedure = "experiment";

/// All registered procedures; each file in claims/procedures/ contributes one function listed in registry.cpp.
[[nodiscard]] const std::vector<Procedure>& procedures();
/// The one of this name, or nullptr.
[[nodiscard]] const Procedure* find_procedure(const std::string& name);

}  // namespace shatterproof
