#include "shatterproof/sphere/leech.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "shatterproof/sphere/power_series.hpp"

namespace shatterproof {
namespace {

constexpr int kLength = 24;
constexpr std::uint32_t kGolayGenerator = 0b110001110101;  // x^11 + x^10 + x^6 + x^5 + x^4 + x^2 + 1

bool is_golay_word(std::uint32_t word) {
  static const std::vector<bool> member = [] {
    std::vector<bool> table(std::size_t(1) << kLength);
    for (std::uint32_t w : golay_words()) table[w] = true;
    return table;
  }();
  return member[word];
}

std::array<long, kLength + 1> weight_distribution() {
  std::array<long, kLength + 1> number{};
  for (std::uint32_t word : golay_words()) ++number[std::popcount(word)];
  return number;
}

/// p = 0: x = 2y, |y|^2 = 4m. Per word of weight w: w odd entries and 24 - w even ones; the characters 1 and -1 of sum
/// y mod 4 give the same, those of order 4 vanish on odd entries, so they remain for the zero word only.
std::vector<Integer> even_counts(long last) {
  std::vector<Integer> counts(last + 1);
  const auto squares = [](long sign) { return [sign](long k) { return Term{k * k, k % 2 ? 2 * sign : 2}; }; };
  const auto weights = weight_distribution();
  for (long w = 0; w <= kLength; ++w) {
    if (weights[w] == 0) continue;
    const long room = last - w / 4;
    if (room < 0) continue;
    const auto even = power(sparse_series({{0, 1}}, squares(1), room), kLength - w, room);
    const auto odd = power(sparse_series(
                               {{0, 1}},
                               [](long k) {
                                 return Term{2 * triangular(k), 1};
                               },
                               room),
                           w, room);
    const auto both = multiply(even, odd, room);
    for (long m = 0; m <= room; ++m) counts[m + w / 4] += weights[w] * (Integer(1) << w) * both[m];
  }
  const auto alternating = power(sparse_series({{0, 1}}, squares(-1), last), kLength, last);
  for (long m = 0; m <= last; ++m) counts[m] = (counts[m] + alternating[m]) / 2;
  return counts;
}

/// p = 1: x_i = +-(1 + 4 t_i), the sign fixed by the word, sum t odd; |x|^2 = 24 + 8 (sum of triangular numbers).
Integer odd_count(const std::vector<Integer>& all, const std::vector<Integer>& alternating, long m) {
  const long index = 2 * m - 3;
  return index < 0 ? Integer(0) : Integer(4096 * (all[index] - alternating[index]) / 2);
}

}  // namespace

/// All words: multiples of the generator polynomial, with an overall parity bit.
const std::vector<std::uint32_t>& golay_words() {
  static const std::vector<std::uint32_t> words = [] {
    std::vector<std::uint32_t> all{0};
    for (int shift = 0; shift < 12; ++shift) {
      const std::uint32_t cyclic = kGolayGenerator << shift;
      const std::uint32_t row = cyclic | (std::uint32_t(std::popcount(cyclic) % 2) << 23);
      const std::size_t half = all.size();
      for (std::size_t i = 0; i < half; ++i) all.push_back(all[i] ^ row);
    }
    return all;
  }();
  return words;
}

std::uint32_t golay_octad() {
  return *std::find_if(golay_words().begin(), golay_words().end(), [](auto word) { return std::popcount(word) == 8; });
}

bool is_leech_vector(const std::int64_t* x) {
  const std::int64_t parity = ((x[0] % 2) + 2) % 2;
  std::uint32_t word = 0;
  std::int64_t sum = 0;
  for (int i = 0; i < kLength; ++i) {
    if ((x[i] - parity) % 2 != 0) return false;
    if ((x[i] - parity) / 2 % 2 != 0) word |= std::uint32_t(1) << i;
    sum += x[i];
  }
  return (sum - 4 * parity) % 8 == 0 && is_golay_word(word);
}

bool golay_weights_are_certain() {
  const auto number = weight_distribution();
  for (long w = 0; w <= kLength; ++w)
    if (number[w] != 0 && w != 0 && w != 8 && w != 12 && w != 16 && w != 24) return false;
  return golay_words().size() == 4096 && number[0] == 1;
}

std::vector<Integer> leech_counts(long last) {
  std::vector<Integer> counts = even_counts(last);
  const long room = 2 * last;
  const auto all = power(sparse_series(
                             {{0, 1}},
                             [](long k) {
                               return Term{triangular(k), 1};
                             },
                             room),
                         kLength, room);
  const auto sign = [](long k) { return (k + 1) / 2 % 2 ? -1L : 1L; };  // (-1)^t for 1 + 4t = +-(2k + 1)
  const auto alternating = power(sparse_series(
                                     {{0, 1}},
                                     [&](long k) {
                                       return Term{triangular(k), sign(k)};
                                     },
                                     room),
                                 kLength, room);
  for (long m = 0; m <= last; ++m) counts[m] += odd_count(all, alternating, m);
  return counts;
}

ExactCode leech_minimal_vectors() {
  ExactCode code;
  code.dimension = kLength;
  code.rational = IntegerMatrix::Zero(196560, kLength);
  long row = 0;
  for (std::uint32_t word : golay_words())
    if (std::popcount(word) == 8)
      for (std::uint32_t signs = 0; signs < 256; ++signs)
        if (std::popcount(signs) % 2 == 0) {
          int k = 0;
          for (int i = 0; i < kLength; ++i)
            if (word >> i & 1) code.rational(row, i) = signs >> k++ & 1 ? -2 : 2;
          ++row;
        }
  for (std::uint32_t word : golay_words())
    for (int three = 0; three < kLength; ++three, ++row)
      for (int i = 0; i < kLength; ++i) {
        const std::int64_t unit = word >> i & 1 ? -1 : 1;
        code.rational(row, i) = i == three ? -3 * unit : unit;
      }
  for (int i = 0; i < kLength; ++i)
    for (int j = 0; j < i; ++j)
      for (int signs = 0; signs < 4; ++signs, ++row) {
        code.rational(row, i) = signs & 1 ? -4 : 4;
        code.rational(row, j) = signs & 2 ? -4 : 4;
      }
  return code;
}

}  // namespace shatterproof
