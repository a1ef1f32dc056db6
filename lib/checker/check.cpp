#include "check.hpp"

namespace checker {
namespace {

Claim check_kind(Reader& in) {
  in.begin("shatterproof-certificate");
  const std::string_view version = in.word("version");
  if (version != "1") in.fail("version", version, "1");
  const std::string_view kind = in.word("kind");
  in.end();
  if (kind == "packing") return check_packing(in);
  if (kind == "lambda-max-upper") return check_lambda_max(in, true, false);
  if (kind == "lambda-max-lower") return check_lambda_max(in, false, true);
  if (kind == "lambda-max-enclosure") return check_lambda_max(in, true, true);
  if (kind == "rank") return check_rank(in);
  if (kind == "inequalities") return check_inequalities(in);
  in.fail("kind", kind, "packing, lambda-max-upper, lambda-max-lower, lambda-max-enclosure, rank or inequalities");
}

}  // namespace

Outcome check(std::string_view text) {
  try {
    Reader in(text);
    const Claim claim = check_kind(in);
    return {Answer::verified, "verified: " + claim.statement + "\n" + claim.data};
  } catch (const Malformed& e) {
    const std::string place = "malformed: line " + std::to_string(e.line) + ": " + e.field;
    return {Answer::malformed, place + ": found " + e.found + ", expected " + e.expected};
  } catch (const Rejected& e) {
    return {Answer::rejected, "rejected: " + e.reason};
  }
}

}  // namespace checker
