#pragma once
#include <gmpxx.h>

#include <sstream>
#include <string>
#include <vector>

#include "checker/check.hpp"

namespace shatterproof::testing {

using Lines = std::vector<std::vector<std::string>>;

/// The fields of each line of a certificate but the last, which holds the checksum.
inline Lines lines_of(const std::string& certificate) {
  Lines lines;
  std::istringstream in(certificate);
  for (std::string line; std::getline(in, line);) {
    lines.emplace_back();
    std::istringstream fields(line);
    for (std::string field; std::getline(fields, field, ' ');) lines.back().push_back(field);
  }
  lines.pop_back();
  return lines;
}

inline std::string text_of(const Lines& lines) {
  std::string text;
  for (const auto& line : lines) {
    for (std::size_t f = 0; f < line.size(); ++f) text += (f == 0 ? "" : " ") + line[f];
    text += "\n";
  }
  return text;
}

/// The text with the checksum that belongs to it: what a forger would do.
inline std::string sealed(const std::string& body) {
  mpz_class number, modulus = (mpz_class(1) << 127) - 1;
  for (const char c : body) number = (number * 256 + static_cast<unsigned char>(c)) % modulus;
  return body + "end " + number.get_str() + "\n";
}

inline bool is_verified(const std::string& certificate) {
  return checker::check(certificate).answer == checker::Answer::verified;
}
inline bool is_rejected(const std::string& body) {
  return checker::check(sealed(body)).answer == checker::Answer::rejected;
}

/// One small valid certificate of each kind, and how they name themselves.
struct Sample {
  std::string name, certificate;
};
std::vector<Sample> samples();

}  // namespace shatterproof::testing
