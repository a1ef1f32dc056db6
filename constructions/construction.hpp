#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "constructions/arguments.hpp"
#include "shatterproof/core/verdict.hpp"
#include "shatterproof/network/problem.hpp"

namespace shatterproof {

/// One number of a construction. The value is an enclosure unless the meaning says "Monte Carlo" or "approximate".
struct Quantity {
  std::string name;  ///< e.g. "norm2_P"
  Ball value;
  std::string meaning;  ///< what it is, with the measure: P = uniform probability measure on the ball, Leb = Lebesgue
};

/// One claim of the paper that this object must meet, already judged.
struct JudgedClaim {
  std::string label;      ///< e.g. "H.4 (ii)"
  std::string statement;  ///< with the numbers of this instance
  Verdict verdict = Verdict::undecided;
  std::string evidence;  ///< why, in one line
};

/// An explicit object of a proof: the ideal network and data, the finite file that stands for them, and what must hold.
struct Construction {
  std::string id;                                               ///< e.g. "cap_packing"
  std::vector<std::pair<std::string, std::string>> parameters;  ///< as resolved, numbers exact
  long neurons = 0, dimension = 0, samples = 0;
  /// The network and data as the proof has them (irrational centres enclosed); empty where the object is not a finite
  /// ReLU network (univariate bumps).
  BallProblem ideal;
  /// The network with every weight rounded to a double, and its own exact labels: what is written to a file.
  Problem<Rational> file;
  std::vector<Quantity> quantities;
  std::vector<JudgedClaim> claims;
  std::vector<std::string> notes;  ///< how the file differs from the ideal object, and other things to know
};

/// One kind of construction, as listed by `shatterproof construct --list`.
struct ConstructionKind {
  std::string id;
  std::string label;    ///< where in the paper
  std::string summary;  ///< one line
  std::vector<ParameterInfo> parameters;
  /// Throws PreconditionError naming key, value and what was expected.
  std::function<Construction(const Arguments&, std::uint64_t seed)> build;
};

/// All constructions, in the order of the paper.
[[nodiscard]] const std::vector<ConstructionKind>& constructions();

/// Parses the arguments against the kind's parameters and builds. Same id, arguments and seed give the same object.
[[nodiscard]] Construction build_construction(const std::string& id, const std::vector<std::string>& assignments,
                                              std::uint64_t seed);

}  // namespace shatterproof
