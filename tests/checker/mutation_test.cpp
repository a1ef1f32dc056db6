// Every single-field mutation of a certificate is rejected. With the checksum made right again, as a forger would, what
// is still accepted must be the old claim (a proof may have several forms), or a new claim that another route finds
// true.
#include <catch2/catch.hpp>
#include <iostream>
#include <set>

#include "oracle.hpp"
#include "support.hpp"

using namespace shatterproof::testing;

namespace {

bool is_number(const std::string& field) {
  return field.find_first_not_of("-0123456789/") == std::string::npos &&
         field.find_first_of("0123456789") != std::string::npos;
}

std::set<std::string> variants_of(const std::string& field) {
  std::set<std::string> variants{"",     field + field,       field + "x", "0",
                                 "none", field + " " + field, "-" + field, field + "/2"};
  if (is_number(field)) {
    mpq_class x(field);
    for (const mpq_class& y : {mpq_class(x + 1), mpq_class(x - 1), mpq_class(-x), mpq_class(x * 10),
                               mpq_class(x + mpq_class(1, 1000000007))})
      variants.insert(y.get_str());
    variants.insert({"0" + field, "+" + field, field + ".0", field + "e0", "nan", "inf", std::string(30000, '9')});
  } else {
    for (std::size_t i = 0; i < field.size(); ++i) {
      std::string changed = field;
      changed[i] = changed[i] == 'a' ? 'b' : 'a';
      variants.insert(changed);
      variants.insert(field.substr(0, i) + field.substr(i + 1));
    }
  }
  variants.erase(field);
  return variants;
}

/// Calls visit with each text that differs from the certificate's lines in one field.
template <class Visit>
void for_each_mutant(const Lines& lines, const Visit& visit) {
  for (std::size_t l = 0; l < lines.size(); ++l)
    for (std::size_t f = 0; f < lines[l].size(); ++f)
      for (const std::string& variant : variants_of(lines[l][f])) {
        Lines changed = lines;
        changed[l][f] = variant;
        visit(changed);
      }
}

}  // namespace

TEST_CASE("every single-field mutation is rejected") {
  for (const Sample& sample : samples()) {
    INFO(sample.name);
    REQUIRE(is_verified(sample.certificate));
    const std::string end = sample.certificate.substr(sample.certificate.rfind("end "));
    long mutants = 0;
    for_each_mutant(lines_of(sample.certificate), [&](const Lines& changed) {
      ++mutants;
      const std::string text = text_of(changed) + end;
      if (!is_verified(text)) return;
      FAIL_CHECK("accepted:\n" << text);
    });
    const std::string body = text_of(lines_of(sample.certificate));
    for (const std::string& variant : variants_of(end.substr(4, end.size() - 5))) {
      ++mutants;
      CHECK_FALSE(is_verified(body + "end " + variant + "\n"));
    }
    std::cout << sample.name << ": " << mutants << " single-field mutants, all rejected\n";
    CHECK(mutants > 50);
  }
}

TEST_CASE("a mutant with the right checksum is rejected, or its claim is true") {
  for (const Sample& sample : samples()) {
    INFO(sample.name);
    const std::string claim = checker::check(sample.certificate).text;
    long mutants = 0, same = 0, other = 0;
    for_each_mutant(lines_of(sample.certificate), [&](const Lines& changed) {
      ++mutants;
      const std::string text = sealed(text_of(changed));
      const checker::Outcome outcome = checker::check(text);
      if (outcome.answer != checker::Answer::verified) return;
      if (outcome.text == claim) {
        ++same;
        return;
      }
      ++other;
      INFO(text << outcome.text);
      CHECK(is_true_by_other_means(text));
    });
    std::cout << sample.name << ": " << mutants << " forged mutants, " << mutants - same - other << " rejected, "
              << same << " prove the same claim, " << other << " another that is true\n";
    CHECK(mutants > 2 * (same + other));
  }
}

TEST_CASE("no line may be missing, twice or out of place") {
  for (const Sample& sample : samples()) {
    INFO(sample.name);
    const Lines lines = lines_of(sample.certificate);
    const std::string claim = checker::check(sample.certificate).text;
    const auto check = [&](const Lines& changed) {
      const checker::Outcome outcome = checker::check(sealed(text_of(changed)));
      // Lines of one keyword may be exchanged where that makes a claim that is true as well.
      const bool harmless = outcome.answer != checker::Answer::verified || outcome.text == claim ||
                            is_true_by_other_means(sealed(text_of(changed)));
      CHECK(harmless);
      return outcome.answer;
    };
    for (std::size_t l = 0; l < lines.size(); ++l) {
      Lines changed = lines;
      changed.erase(changed.begin() + static_cast<long>(l));
      CHECK(check(changed) == checker::Answer::malformed);
      changed = lines;
      changed.insert(changed.begin() + static_cast<long>(l), lines[l]);
      CHECK(check(changed) == checker::Answer::malformed);
      if (l == 0) continue;
      changed = lines;
      std::swap(changed[l], changed[l - 1]);
      if (lines[l][0] != lines[l - 1][0])
        CHECK(check(changed) == checker::Answer::malformed);
      else
        (void)check(changed);
    }
    for (std::size_t size = 0; size < sample.certificate.size(); ++size)
      CHECK_FALSE(is_verified(sample.certificate.substr(0, size)));
  }
}
