#pragma once
#include "reader.hpp"

namespace checker {

/// What was verified, for people: the statement, and all its data.
struct Claim {
  std::string statement, data;
};

/// One function a kind of certificate: reads the lines after the first, checks them and returns the claim.
/// Throws Malformed or Rejected.
Claim check_packing(Reader& in);
Claim check_rank(Reader& in);
Claim check_inequalities(Reader& in);
Claim check_lambda_max(Reader& in, bool has_upper, bool has_lower);

enum class Answer { verified = 0, rejected = 1, malformed = 3 };

struct Outcome {
  Answer answer;
  std::string text;  ///< the claim in full if verified, else the reason
};

/// Checks one certificate.
[[nodiscard]] Outcome check(std::string_view text);

}  // namespace checker
