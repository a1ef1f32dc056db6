#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

#include "shatterproof/linalg/lanes.hpp"

namespace shatterproof {

/// A finite double as mantissa * 2^exponent, the mantissa below 2^53.
struct BinaryParts {
  std::uint64_t mantissa;
  int exponent;
  bool negative;

  explicit BinaryParts(double x) {
    constexpr int kFraction = 52, kBias = 1075;
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const int field = static_cast<int>(bits >> kFraction & 0x7ff);
    mantissa = (bits & ((std::uint64_t(1) << kFraction) - 1)) | std::uint64_t(field != 0) << kFraction;
    exponent = std::max(field, 1) - kBias;
    negative = bits >> 63 != 0;
  }
};

/// An integer of 64 W bits in two's complement, as the numerator of a fixed-point number: V stands for V 2^-F.
/// Sums and left shifts wrap around: the caller has bounded every value by 2^(64 W - 1). Whatever is added is rounded
/// down or up to the grid, an error of less than one unit; of none if it lies on the grid.
template <int W>
class WideInteger {
 public:
  using Word = std::uint64_t;
  using Words = std::array<Word, W>;

  [[nodiscard]] bool is_negative() const { return words_[W - 1] >> 63 != 0; }
  [[nodiscard]] const Words& words() const { return words_; }  ///< the least first

  /// += x 2^F.
  void add(double x, int fraction) {
    const BinaryParts a(x);
    add_shifted(std::array<Word, 2>{a.mantissa, 0}, a.exponent + fraction, a.negative);
  }
  /// += x y 2^F.
  void add_product(double x, double y, int fraction) {
    const BinaryParts a(x), b(y);
    const Double product = static_cast<Double>(a.mantissa) * b.mantissa;  // below 2^106
    add_shifted(std::array<Word, 2>{static_cast<Word>(product), static_cast<Word>(product >> 64)},
                a.exponent + b.exponent + fraction, a.negative != b.negative);
  }
  /// += x V.
  void add_scaled(const WideInteger& V, double x) {
    const BinaryParts a(x);
    std::array<Word, W + 1> product;
    Double carry = 0;
    for (int i = 0; i < W; ++i) {
      carry += static_cast<Double>(V.words_[i]) * a.mantissa;
      product[i] = static_cast<Word>(carry);
      carry >>= 64;
    }
    // As unsigned words a negative V is 2^(64 W) too large.
    product[W] = static_cast<Word>(carry) - (V.is_negative() ? a.mantissa : 0);
    add_shifted(product, a.exponent, a.negative);
  }
  /// += digit 2^shift, exactly for shift >= 0.
  void add_digit(std::int64_t digit, int shift) {
    add_shifted(std::array<Word, 1>{static_cast<Word>(digit)}, shift, false);
  }

  /// Bits first .. first + 62 of V as a signed number: V 2^-first rounded down, up to multiples of 2^64.
  [[nodiscard]] std::int64_t bits_from(int first) const {
    const int at = first / 64, rest = first % 64;
    const Word sign = is_negative() ? ~Word(0) : 0;
    const auto word = [&](int i) { return i < W ? words_[static_cast<std::size_t>(i)] : sign; };
    const Word low = word(at) >> rest, high = rest == 0 ? 0 : word(at + 1) << (64 - rest);
    return static_cast<std::int64_t>(low | high);
  }

  /// V 2^-F within a relative 2^-51.
  [[nodiscard]] double to_double(int fraction) const {
    Words size = words_;
    Word carry = 1;
    if (is_negative())
      for (Word& word : size) {
        word = ~word + carry;
        carry = carry != 0 && word == 0 ? 1 : 0;
      }
    int top = W - 1;
    while (top > 0 && size[static_cast<std::size_t>(top)] == 0) --top;
    const auto word = [&](int i) { return i < 0 ? 0.0 : static_cast<double>(size[static_cast<std::size_t>(i)]); };
    const double leading = word(top) * 0x1p64 + word(top - 1);
    return std::ldexp(is_negative() ? -leading : leading, 64 * (top - 1) - fraction);
  }

 private:
  using Double = unsigned __int128;

  /// += or -= p 2^shift, p in two's complement; a right shift rounds p 2^shift down.
  template <std::size_t N>
  SHATTERPROOF_INLINE void add_shifted(const std::array<Word, N>& p, int shift, bool subtract) {
    // p with zeros before it and its sign behind it: result word i is read at start + i.
    std::array<Word, 2 * W + N + 1> line{};
    std::copy(p.begin(), p.end(), line.begin() + W);
    if (p[N - 1] >> 63 != 0) std::fill(line.begin() + W + N, line.end(), ~Word(0));
    const int start = W + std::clamp(-shift >> 6, -W, static_cast<int>(N)), rest = -shift & 63;
    const Word flip = subtract ? ~Word(0) : 0;
    Word carry = subtract ? 1 : 0;
    for (int i = 0; i < W; ++i) {
      const auto at = static_cast<std::size_t>(start + i);
      // The two shifts together make 64 - rest for every rest, 0 included.
      const Word x = (line[at] >> rest | line[at + 1] << 1 << (63 - rest)) ^ flip;
      const Double sum = static_cast<Double>(words_[static_cast<std::size_t>(i)]) + x + carry;
      words_[static_cast<std::size_t>(i)] = static_cast<Word>(sum);
      carry = static_cast<Word>(sum >> 64);
    }
  }

  Words words_{};
};

}  // namespace shatterproof
