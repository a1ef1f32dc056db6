#include "shatterproof/linalg/masked_sum.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "shatterproof/core/error.hpp"
#include "shatterproof/linalg/bit_sums.hpp"
#include "shatterproof/linalg/in_parts.hpp"
#include "shatterproof/linalg/strip.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

template <int N, class T>
SHATTERPROOF_INLINE void sum_by_lists(const std::uint32_t* starts, const std::uint32_t* rows, const Strip<T>& strip,
                                      Index from, Index to) {
  for (Index c = from; c < to; ++c)
    sum_listed_rows<N>(rows + starts[c], rows + starts[c + 1], strip.in, strip.stride, strip.out + c * strip.stride);
}

template <class T>
SHATTERPROOF_INLINE void run_lists_of(const std::uint32_t* starts, const std::uint32_t* rows, const Strip<T>& strip,
                                      Index width, Index from, Index to) {
  if (width == 1) sum_by_lists<1>(starts, rows, strip, from, to);
  if (width == 2) sum_by_lists<2>(starts, rows, strip, from, to);
  if (width == 3) sum_by_lists<3>(starts, rows, strip, from, to);
  if (width == 4) sum_by_lists<4>(starts, rows, strip, from, to);
}
SHATTERPROOF_CLONES void run_lists(const std::uint32_t* starts, const std::uint32_t* rows, const Strip<double>& strip,
                                   Index width, Index from, Index to) {
  run_lists_of(starts, rows, strip, width, from, to);
}
SHATTERPROOF_CLONES void run_lists(const std::uint32_t* starts, const std::uint32_t* rows, const Strip<float>& strip,
                                   Index width, Index from, Index to) {
  run_lists_of(starts, rows, strip, width, from, to);
}
SHATTERPROOF_CLONES void run_lists(const std::uint32_t* starts, const std::uint32_t* rows,
                                   const Strip<std::int64_t>& strip, Index width, Index from, Index to) {
  run_lists_of(starts, rows, strip, width, from, to);
}

}  // namespace

MaskedSum::MaskedSum(Index rows, std::vector<std::uint32_t> starts, std::vector<std::uint32_t> list)
    : bits_(0, 0),
      row_count_(rows),
      column_count_(static_cast<Index>(starts.size()) - 1),
      count_(static_cast<Index>(list.size())),
      starts_(std::move(starts)),
      rows_(std::move(list)) {
  require(!starts_.empty() && starts_.front() == 0 && starts_.back() == rows_.size(), "MaskedSum: the lists");
  for (std::size_t c = 0; c + 1 < starts_.size(); ++c) {
    require(starts_[c] <= starts_[c + 1], "MaskedSum: the lists");
    longest_ = std::max(longest_, static_cast<Index>(starts_[c + 1] - starts_[c]));
  }
  require(std::all_of(rows_.begin(), rows_.end(), [&](std::uint32_t row) { return row < rows; }),
          "MaskedSum: a row that is not there");
}

MaskedSum::MaskedSum(BitMatrix bits)
    : bits_(std::move(bits)), row_count_(bits_.rows()), column_count_(bits_.columns()) {
  const std::vector<Index> counts = bits_.column_counts();
  for (const Index count : counts) {
    count_ += count;
    longest_ = std::max(longest_, count);
  }
  require(bits_.rows() < std::numeric_limits<std::uint32_t>::max(), "MaskedSum: too many rows");
  const bool numbered = count_ < std::numeric_limits<std::uint32_t>::max();
  if (numbered && count_ < BitSumCost::by_tables(bits_)) make_lists(counts);
}

void MaskedSum::make_lists(const std::vector<Index>& counts) {
  starts_.assign(counts.size() + 1, 0);
  for (std::size_t c = 0; c < counts.size(); ++c) starts_[c + 1] = starts_[c] + static_cast<std::uint32_t>(counts[c]);
  rows_.resize(static_cast<std::size_t>(count_));
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  for (Index g = 0; g < bits_.groups(); ++g)
    for (Index c = 0; c < bits_.columns(); c += 8) {
      std::uint64_t eight = 0;  // columns
      std::memcpy(&eight, bits_.group(g) + c, 8);
      for (; eight != 0; eight &= eight - 1) {
        const int bit = std::countr_zero(eight);
        rows_[next[static_cast<std::size_t>(c + bit / 8)]++] = static_cast<std::uint32_t>(8 * g + bit % 8);
      }
    }
}

Eigen::Index MaskedSum::depth() const {
  if (uses_lists()) return longest_ / 2 + 2;
  return bits_.groups() / 4 + 12;  // see sum_by_tables
}

Eigen::Index MaskedSum::cost() const { return uses_lists() ? count_ : BitSumCost::by_tables(bits_); }

template <class T>
void MaskedSum::apply(const LaneRows<T>& in, LaneRows<T>& out) const {
  if (!uses_lists()) return sum_by_tables(bits_, in, out);
  require(in.rows() == row_count_ && out.rows() == column_count_ && in.width() == out.width(),
          "MaskedSum: the rows do not fit the bits");
  in_parts(out.rows(), worthwhile_parts(count_ * in.width() / kLanes), [&](Index from, Index to) {
    in_strips(in.width(), kMostLaneGroups, [&](Index at, Index width) {
      const Strip<T> strip{in.row(0) + at, out.row(0) + at, in.width()};
      run_lists(starts_.data(), rows_.data(), strip, width, from, to);
    });
  });
}

template void MaskedSum::apply(const LaneRows<double>&, LaneRows<double>&) const;
template void MaskedSum::apply(const LaneRows<float>&, LaneRows<float>&) const;
template void MaskedSum::apply(const LaneRows<std::int64_t>&, LaneRows<std::int64_t>&) const;

}  // namespace shatterproof
