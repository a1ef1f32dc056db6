#include "shatterproof/sphere/leech_stream.hpp"

#include <algorithm>
#include <array>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/leech.hpp"

namespace shatterproof {
namespace {

constexpr int kEntries = 24;

/// Depth-first search over the coordinates of one group: x_i = residue_i mod 4, sum x_i = 4p mod 8, fixed norm.
class GroupSearch {
 public:
  GroupSearch(int parity, std::uint32_t word, const std::function<void(const std::int64_t*)>& visit)
      : visit_(visit), target_(4 * parity) {
    least_[kEntries] = 0;
    for (int i = kEntries; i-- > 0;) {
      residue_[i] = parity + 2 * static_cast<int>(word >> i & 1);
      const int smallest = residue_[i] == 0 ? 0 : residue_[i] == 2 ? 2 : 1;
      least_[i] = least_[i + 1] + smallest * smallest;
    }
  }

  void run(std::int64_t norm) { descend(0, norm, 0); }

 private:
  void descend(int i, std::int64_t left, std::int64_t sum) {
    if (i == kEntries) {
      if (left == 0 && (sum - target_) % 8 == 0) visit_(x_.data());
      return;
    }
    const std::int64_t room = left - least_[i + 1];
    if (room < 0) return;
    std::int64_t start = residue_[i];
    while ((start - 4) * (start - 4) <= room) start -= 4;
    for (std::int64_t value = start; value <= residue_[i] || value * value <= room; value += 4) {
      if (value * value > room) continue;
      x_[static_cast<std::size_t>(i)] = value;
      descend(i + 1, left - value * value, sum + value);
    }
  }

  const std::function<void(const std::int64_t*)>& visit_;
  const std::int64_t target_;
  std::array<int, kEntries> residue_{};
  std::array<std::int64_t, kEntries + 1> least_{};  ///< least norm of the coordinates from i on
  std::array<std::int64_t, kEntries> x_{};
};

}  // namespace

void for_each_leech_vector(long m, const std::function<void(const std::int64_t*)>& visit) {
  require(m >= 1 && m <= 40, "Leech shells are enumerated for 1 <= m <= 40, got " + std::to_string(m));
  for (int parity : {0, 1})
    for (std::uint32_t word : golay_words()) GroupSearch(parity, word, visit).run(16 * m);
}

LeechStream check_leech_shell(long m) {
  LeechStream stream;
  bool good = golay_weights_are_certain();
  std::array<std::int64_t, kEntries> before{};
  std::uint64_t count = 0;
  const auto group = [](std::int64_t entry) { return ((entry % 4) + 4) % 4; };
  const auto same_group = [&](const std::int64_t* x) {
    return std::equal(x, x + kEntries, before.begin(), [&](auto a, auto b) { return group(a) == group(b); });
  };
  for_each_leech_vector(m, [&](const std::int64_t* x) {
    std::int64_t norm = 0;
    for (int i = 0; i < kEntries; ++i) norm += x[i] * x[i];
    if (norm != 16 * m || !is_leech_vector(x)) good = false;
    // Equal vectors would be in one group, where each must be greater than the one before.
    if (count > 0 && same_group(x) && !std::lexicographical_compare(before.begin(), before.end(), x, x + kEntries))
      good = false;
    std::copy(x, x + kEntries, before.begin());
    ++count;
  });
  stream.count = Integer(static_cast<unsigned long>(count));
  stream.certified = good && count > 0 && stream.count == leech_counts(m)[static_cast<std::size_t>(m)];
  return stream;
}

}  // namespace shatterproof
