#include "shatterproof/sphere/binary_codes.hpp"

#include <algorithm>
#include <bit>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/leech.hpp"

namespace shatterproof {
namespace {

constexpr std::size_t kMostCountedGenerators = 20;

std::vector<std::uint64_t> all_words(const std::vector<std::uint64_t>& generators) {
  require(generators.size() <= kMostCountedGenerators, "a binary code of more than 2^20 words is not listed");
  std::vector<std::uint64_t> words{0};
  for (std::uint64_t generator : generators) {
    const std::size_t half = words.size();
    for (std::size_t i = 0; i < half; ++i) words.push_back(words[i] ^ generator);
  }
  return words;
}

/// Twelve independent words of the Golay code.
std::vector<std::uint64_t> golay_generators() {
  std::vector<std::uint64_t> generators;
  for (std::size_t i = 1; i < golay_words().size(); i *= 2) generators.push_back(golay_words()[i]);
  return generators;
}

/// Exactly the sign vectors of the code, and least weight as stated: then all differences are words and weigh as much.
bool is_code_of_weight(const ExactCode& code, const std::vector<std::uint64_t>& generators, long weight) {
  return least_weight(generators) == weight && code.irrational.size() == 0 && code.frame.size() == 0 &&
         code.rational == sign_vectors(code.dimension, generators).rational;
}

ExplicitCode binary_code(std::string name, long d, const std::vector<std::uint64_t>& generators, long weight) {
  ExactCosine cosine;
  cosine.a = 1 - Rational(2 * weight) / d;
  const Integer count = Integer(1) << generators.size();
  return {std::move(name),
          count,
          cosine,
          "linear binary code of least weight " + std::to_string(weight) +
              " with entries +-1: inner products <= " + to_text_exact(cosine.a),
          [d, generators] { return sign_vectors(d, generators); },
          [generators, weight](const ExactCode& code) { return is_code_of_weight(code, generators, weight); }};
}

}  // namespace

ExactCode sign_vectors(long d, const std::vector<std::uint64_t>& generators) {
  require(d >= 1 && d <= 64, "binary codes need a length of 1 to 64");
  const std::vector<std::uint64_t> words = all_words(generators);
  ExactCode code;
  code.dimension = d;
  code.rational.resize(long(words.size()), d);
  for (long i = 0; i < code.size(); ++i)
    for (long k = 0; k < d; ++k) code.rational(i, k) = words[std::size_t(i)] >> k & 1 ? -1 : 1;
  return code;
}

std::vector<std::uint64_t> reed_muller_generators(int r, int m) {
  require(r >= 0 && r <= m && m <= 6, "Reed-Muller codes need 0 <= r <= m <= 6");
  // The product of the variables in `monomial` as a function on 0..2^m-1.
  std::vector<std::uint64_t> generators;
  for (unsigned monomial = 0; monomial < 1U << m; ++monomial) {
    if (std::popcount(monomial) > r) continue;
    std::uint64_t word = 0;
    for (unsigned point = 0; point < 1U << m; ++point)
      if ((point & monomial) == monomial) word |= std::uint64_t(1) << point;
    generators.push_back(word);
  }
  return generators;
}

long least_weight(const std::vector<std::uint64_t>& generators) {
  const std::vector<std::uint64_t> words = all_words(generators);
  long least = 64;
  for (std::size_t i = 1; i < words.size(); ++i) least = std::min<long>(least, std::popcount(words[i]));
  return least;
}

std::vector<ExplicitCode> binary_codes(long d) {
  std::vector<ExplicitCode> codes;
  for (int m = 3; m <= 6; ++m)
    for (int r = 1; d == 1L << m && r <= m - 2; ++r) {
      const auto generators = reed_muller_generators(r, m);
      codes.push_back(
          binary_code("Reed-Muller " + std::to_string(r) + "," + std::to_string(m), d, generators, 1L << (m - r)));
    }
  if (d == 24) codes.push_back(binary_code("Golay code", d, golay_generators(), 8));
  return codes;
}

}  // namespace shatterproof
