// Malformed files: each error names line and field.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "support.hpp"

using namespace shatterproof::testing;

namespace {

const std::string kGood =
    "shatterproof-certificate 1 packing\ndimension 2\neps 0\ncosine 0\nweights 1 1\nroot 0\ncentres 2\ncentre 1 0\n"
    "centre 0 -1\n";

std::string replaced(const std::string& from, const std::string& to) {
  std::string text = kGood;
  return text.replace(text.find(from), from.size(), to);
}

/// malformed: line N: FIELD: ...
void is_malformed(const std::string& text, const std::string& place) {
  const checker::Outcome outcome = checker::check(text);
  INFO(outcome.text);
  CHECK(outcome.answer == checker::Answer::malformed);
  CHECK(outcome.text.rfind("malformed: " + place + ": found ", 0) == 0);
}

}  // namespace

TEST_CASE("other versions and kinds") {
  REQUIRE(is_verified(sealed(kGood)));
  is_malformed(sealed(replaced("certificate 1", "certificate 2")), "line 1: version");
  is_malformed(sealed(replaced("certificate 1", "certificate 01")), "line 1: version");
  is_malformed(sealed(replaced("packing", "packings")), "line 1: kind");
  is_malformed(sealed(replaced("shatterproof", "Shatterproof")), "line 1: shatterproof-certificate");
  is_malformed("", "line 1: shatterproof-certificate");
  is_malformed("\n", "line 1: shatterproof-certificate");
}

TEST_CASE("numbers have one form") {
  for (const char* bad : {"01", "+1", "-0", "1.0", "1e0", "0x1", "", "nan", "inf", "1/2", "--1", "1 "}) {
    CAPTURE(bad);
    is_malformed(sealed(replaced("centre 1 0", std::string("centre ") + bad + " 0")), "line 8: centre");
  }
  for (const char* bad : {"2/4", "1/1", "1/0", "1/-2", "-0/3", "/2", "1/", "0/5", "1//2"}) {
    CAPTURE(bad);
    is_malformed(sealed(replaced("cosine 0", std::string("cosine ") + bad)), "line 4: cosine");
  }
  is_malformed(sealed(replaced("centre 1 0", "centre " + std::string(20001, '7') + " 0")), "line 8: centre");
  CHECK(is_verified(sealed(replaced("centre 1 0", "centre " + std::string(20000, '7') + " 0"))));
}

TEST_CASE("counts: empty claims and huge ones") {
  is_malformed(sealed(replaced("centres 2", "centres 0")), "line 7: centres");
  is_malformed(sealed(replaced("centres 2", "centres -1")), "line 7: centres");
  is_malformed(sealed(replaced("centres 2", "centres 99999999999999999999")), "line 7: centres");
  is_malformed(sealed(replaced("centres 2", "centres 10000000")), "line 10: centre");
  is_malformed(sealed(replaced("centres 2", "centres 3")), "line 10: centre");
  is_malformed(sealed(replaced("centres 2", "centres 1")), "line 9: end");
  is_malformed(sealed(replaced("dimension 2", "dimension 0")), "line 2: dimension");
  is_malformed(sealed(replaced("dimension 2", "dimension 3")), "line 5: weights");
  is_malformed(sealed("shatterproof-certificate 1 inequalities\nstatements 0\n"), "line 2: statements");
  is_malformed(sealed("shatterproof-certificate 1 lambda-max-upper\nsamples 0\n"), "line 2: samples");
  is_malformed(sealed("shatterproof-certificate 1 rank\nrows 1\ncolumns 1\nrow 0\nrank 0\n"), "line 5: rank");
}

TEST_CASE("blanks, line ends and characters") {
  is_malformed(sealed(replaced("centre 1 0", "centre 1  0")), "line 8: centre");
  is_malformed(sealed(replaced("centre 1 0", "centre 1 0 ")), "line 8: end of line");
  is_malformed(sealed(replaced("centre 1 0", " centre 1 0")), "line 8: centre");
  is_malformed(sealed(replaced("centre 1 0", "centre 1 0 0")), "line 8: end of line");
  is_malformed(sealed(replaced("centre 1 0", "centre 1")), "line 8: centre");
  is_malformed(sealed(replaced("centre 1 0", "centre 1 0\r")), "line 8: character");
  is_malformed(sealed(replaced("centre 1 0", "centre 1\t0")), "line 8: character");
  is_malformed(sealed(replaced("centre 1 0", "centre \xc2\xa0 1 0")), "line 8: character");
  is_malformed(sealed(replaced("centre 1 0", std::string("centre 1 0") + '\0')), "line 8: character");
  is_malformed(sealed(replaced("centre 1 0", "\ncentre 1 0")), "line 8: centre");
}

TEST_CASE("truncation, trailing garbage and a wrong checksum") {
  const std::string good = sealed(kGood);
  is_malformed(kGood, "line 10: end");
  is_malformed(good.substr(0, good.size() - 1), "line 10: end");
  is_malformed(good.substr(0, good.size() - 2) + "\n", "line 10: checksum");
  is_malformed(good + "\n", "line 11: end of file");
  is_malformed(good + "x", "line 11: end of file");
  is_malformed(good + good, "line 11: end of file");
  is_malformed(kGood + "end 0\n", "line 10: checksum");
  is_malformed(kGood + "end\n", "line 10: checksum");
  is_malformed(sealed(kGood + "centre 1 1\n"), "line 10: end");
}

TEST_CASE("the claim is printed with all its data") {
  const checker::Outcome outcome = checker::check(sealed(kGood));
  CHECK(outcome.text.find("2 unit vectors") != std::string::npos);
  CHECK(outcome.text.find("u_i.u_j <= 0") != std::string::npos);
  CHECK(outcome.text.find("\ncentre 1 0\ncentre 0 -1\n") != std::string::npos);
}

TEST_CASE("the examples of the format's description are certificates") {
  const char* root = std::getenv("SHATTERPROOF_SOURCE");
  REQUIRE(root != nullptr);
  std::ifstream in(std::string(root) + "/proofs_notes/certificate_format.md");
  std::string example;
  int examples = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("    ", 0) != 0) continue;
    line.erase(0, 4);
    if (line.rfind("shatterproof-certificate 1 ", 0) == 0) example.clear();
    example += line + "\n";
    if (line.rfind("end ", 0) != 0) continue;
    INFO(example);
    CHECK(is_verified(example));
    ++examples;
  }
  CHECK(examples == 4);
}
