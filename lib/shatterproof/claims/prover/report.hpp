#pragma once
#include <string>
#include <vector>

#include "shatterproof/claims/prover/prove.hpp"
#include "shatterproof/claims/prover/sharp.hpp"

namespace shatterproof::prover {

/// A statement as an author writes it; empty texts are absent. See proofs_notes: a claim block with the key `claim`.
struct Question {
  std::string forall, given, claim;  ///< without forall, the claim may be "forall x in ... given ...: ..." itself
  std::vector<std::string> define;   ///< "f(x, y) = ...", in order
  std::string sharp;                 ///< "sup over h of ..." or "inf over d, h of ..."
  std::string constant;              ///< the paper's value of it
  std::string trivial_when;
  int digits = 10;  ///< of the sharp constants
  Effort effort;
};

/// A question read.
struct Task {
  Statement statement;
  std::optional<SharpGoal> sharp;
  std::optional<expression::Expression> constant;
};
/// Throws ExpressionError or PreconditionError for what cannot be read.
[[nodiscard]] Task parse_question(const Question& question);

/// One best constant in words.
struct SharpText {
  std::string instance;      ///< "d = 3"
  std::string lower, upper;  ///< decimal, rounded outward; "inf", "-inf"
  std::string where;
  std::string slack;  ///< "1.414x": the paper's constant against it; empty if there is none
};

/// Everything found out about a question.
struct Report {
  Proof proof;
  std::vector<SharpText> sharp;
  std::string slack;   ///< "1.41x at d = 1, 3.2x at d = 64": of the first instance and the worst
  std::string wrong;   ///< where the paper's constant is certainly on the wrong side of the sharp one
  std::string detail;  ///< one line: witness, what is vacuous, what remains
  std::string method;  ///< "ball arithmetic, 812 boxes, 64 bits"
};
[[nodiscard]] Report answer(const Question& question);

}  // namespace shatterproof::prover
