#include "try_checker.hpp"

#include <gmpxx.h>

#include <cstdio>
#include <cstdlib>

#include "checker/check.hpp"

namespace {

void demand(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "violated: %s\n", what);
  std::abort();
}

bool begins(const std::string& text, const char* start) { return text.rfind(start, 0) == 0; }

checker::Outcome checked(const std::string& text) {
  checker::Outcome outcome = checker::check(text);
  const char* start = outcome.answer == checker::Answer::verified   ? "verified: "
                      : outcome.answer == checker::Answer::rejected ? "rejected: "
                                                                    : "malformed: line ";
  demand(begins(outcome.text, start), "the text of an answer begins with it");
  return outcome;
}

/// The lines before the last `end`, with the checksum that belongs to them.
std::string sealed(const std::string& text) {
  const std::size_t end = text.rfind("\nend ");
  const std::string body = end == std::string::npos ? text : text.substr(0, end + 1);
  mpz_class number;
  mpz_import(number.get_mpz_t(), body.size(), 1, 1, 1, 0, body.data());
  const mpz_class checksum = number % mpz_class((mpz_class(1) << 127) - 1);
  return body + "end " + checksum.get_str() + "\n";
}

}  // namespace

void try_checker(const std::string& text) {
  const checker::Outcome plain = checked(text);
  const std::string forged = sealed(text);
  const checker::Outcome outcome = checked(forged);
  if (plain.answer == checker::Answer::verified) demand(plain.text == outcome.text, "a right checksum is found right");
}
