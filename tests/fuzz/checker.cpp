// The checker of certificates on the text as it is and with the checksum made right: one of its three answers, in the
// form that it documents.
#include <gmpxx.h>

#include <cstdio>
#include <cstdlib>

#include "checker/check.hpp"
#include "target.hpp"

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

void try_text(const std::string& text) {
  const checker::Outcome plain = checked(text);
  const std::string forged = sealed(text);
  const checker::Outcome outcome = checked(forged);
  if (plain.answer == checker::Answer::verified) demand(plain.text == outcome.text, "a right checksum is found right");
}

const Mutations& mutations() {
  // The bytes are digits, mostly.
  static const Mutations kMutations{
      {" ", "\n", "-", "0", "/", "1/3", "99999999999999999999", "end ", "none", "(", "^", "centre ", "\x80"}, '-', 13};
  return kMutations;
}

std::vector<std::string> texts_within(const std::filesystem::path&, const std::filesystem::path&) { return {}; }
