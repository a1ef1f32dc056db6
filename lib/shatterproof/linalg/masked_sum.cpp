#include "shatterproof/linalg/masked_sum.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/parallel.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr Index kSubsets = 256;           // of eight rows
constexpr Index kGroupsTogether = 4;      // tables that are looked up in one pass over the columns
constexpr Index kMostLaneGroups = 4;      // of a row in registers
constexpr Index kWorthAThread = 1 << 15;  // additions of eight numbers

/// A block of the columns of `in` and `out` that fits into registers.
template <class T>
struct Strip {
  const T* in;
  T* out;
  Index stride;  // of both
};

/// table[s] = sum of the rows in the subset s of `count` <= 8 rows: at most 7 additions deep.
template <int N, class T>
SHATTERPROOF_INLINE void fill_table(const T* rows, Index stride, Index count, T* table) {
  constexpr Index width = N * kLanes;
  for (Index j = 0; j < width; ++j) table[j] = 0;
  for (Index b = 0; b < count; ++b) {
    Lanes<T> row[N];
    for (int q = 0; q < N; ++q) row[q] = load_lanes(rows + b * stride + q * kLanes);
    const Index half = Index(1) << b;
    for (Index s = 0; s < half; ++s)
      for (int q = 0; q < N; ++q) {
        const Index at = s * width + q * kLanes;
        store_lanes<T>(table + half * width + at, load_lanes(table + at) + row[q]);
      }
  }
}

/// Adds what G tables say to each column.
template <int N, int G, class T>
SHATTERPROOF_INLINE void look_up(const BitMatrix& bits, Index group, const T* tables, const Strip<T>& strip, Index from,
                                 Index to) {
  constexpr Index width = N * kLanes;
  const std::uint8_t* bytes[G];
  for (int g = 0; g < G; ++g) bytes[g] = bits.group(group + g);
  for (Index c = from; c < to; ++c) {
    const T* rows[G];
    for (int g = 0; g < G; ++g) rows[g] = tables + (g * kSubsets + bytes[g][c]) * width;
    T* out = strip.out + c * strip.stride;
    for (int q = 0; q < N; ++q) {
      const Index at = q * kLanes;
      Lanes<T> sum = load_lanes(rows[0] + at);
      if constexpr (G == 4) {
        sum += load_lanes(rows[1] + at);
        sum += load_lanes(rows[2] + at) + load_lanes(rows[3] + at);
      }
      store_lanes<T>(out + at, load_lanes(out + at) + sum);
    }
  }
}

template <int N, class T>
SHATTERPROOF_INLINE void sum_by_tables(const BitMatrix& bits, const Strip<T>& strip, T* tables, Index from, Index to) {
  constexpr Index width = N * kLanes;
  for (Index c = from; c < to; ++c)
    for (Index j = 0; j < width; ++j) strip.out[c * strip.stride + j] = 0;
  const auto fill = [&](Index group, Index place) __attribute__((always_inline)) {
    const Index count = std::min<Index>(8, bits.rows() - 8 * group);
    fill_table<N>(strip.in + 8 * group * strip.stride, strip.stride, count, tables + place * kSubsets * width);
  };
  Index group = 0;
  for (; group + kGroupsTogether <= bits.groups(); group += kGroupsTogether) {
    for (Index g = 0; g < kGroupsTogether; ++g) fill(group + g, g);
    look_up<N, kGroupsTogether>(bits, group, tables, strip, from, to);
  }
  for (; group < bits.groups(); ++group) {
    fill(group, 0);
    look_up<N, 1>(bits, group, tables, strip, from, to);
  }
}

template <int N, class T>
SHATTERPROOF_INLINE void sum_by_lists(const std::uint32_t* starts, const std::uint32_t* rows, const Strip<T>& strip,
                                      Index from, Index to) {
  for (Index c = from; c < to; ++c) {
    Lanes<T> even[N] = {}, odd[N] = {};
    std::uint32_t e = starts[c];
    for (; e + 1 < starts[c + 1]; e += 2)
      for (int q = 0; q < N; ++q) {
        even[q] += load_lanes(strip.in + rows[e] * strip.stride + q * kLanes);
        odd[q] += load_lanes(strip.in + rows[e + 1] * strip.stride + q * kLanes);
      }
    if (e < starts[c + 1])
      for (int q = 0; q < N; ++q) even[q] += load_lanes(strip.in + rows[e] * strip.stride + q * kLanes);
    for (int q = 0; q < N; ++q) store_lanes<T>(strip.out + c * strip.stride + q * kLanes, even[q] + odd[q]);
  }
}

/// One strip of `groups` lane groups, by lists if there are any.
template <class T>
struct StripWork {
  const BitMatrix& bits;
  const std::uint32_t* starts;  // null: by tables
  const std::uint32_t* rows;
  Strip<T> strip;
  T* tables;
  Index from, to;

  template <int N>
  SHATTERPROOF_INLINE void run() const {
    if (starts != nullptr)
      sum_by_lists<N>(starts, rows, strip, from, to);
    else
      sum_by_tables<N>(bits, strip, tables, from, to);
  }
  SHATTERPROOF_INLINE void run(Index groups) const {
    if (groups == 1) run<1>();
    if (groups == 2) run<2>();
    if (groups == 3) run<3>();
    if (groups == 4) run<4>();
  }
};

SHATTERPROOF_CLONES void run_strip(const StripWork<double>& work, Index groups) { work.run(groups); }
SHATTERPROOF_CLONES void run_strip(const StripWork<float>& work, Index groups) { work.run(groups); }
SHATTERPROOF_CLONES void run_strip(const StripWork<std::int64_t>& work, Index groups) { work.run(groups); }

template <class T>
AlignedVector<T>& table_memory() {
  thread_local AlignedVector<T> memory(kGroupsTogether * kSubsets * kMostLaneGroups * kLanes);
  return memory;
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
  if (numbered && count_ < bits_.groups() * (kSubsets + bits_.columns())) make_lists(counts);
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
  // Seven in a table, two between tables, one a pass; at most three passes of one table.
  return bits_.groups() / kGroupsTogether + 12;
}

template <class T>
void MaskedSum::apply(const LaneRows<T>& in, LaneRows<T>& out) const {
  require(in.rows() == row_count_ && out.rows() == column_count_ && in.width() == out.width(),
          "MaskedSum: the rows do not fit the bits");
  const Index additions = (uses_lists() ? count_ : bits_.groups() * out.rows()) * in.width() / kLanes;
  const Index parts = additions < kWorthAThread ? 1 : static_cast<Index>(thread_count());
  const auto part = [&](Index p) {
    const Index from = out.rows() * p / parts, to = out.rows() * (p + 1) / parts;
    for (Index at = 0; at < in.width(); at += kMostLaneGroups * kLanes) {
      const Index groups = std::min(kMostLaneGroups, (in.width() - at) / kLanes);
      run_strip(StripWork<T>{bits_,
                             uses_lists() ? starts_.data() : nullptr,
                             rows_.data(),
                             {in.row(0) + at, out.row(0) + at, in.width()},
                             table_memory<T>().data(),
                             from,
                             to},
                groups);
    }
  };
  if (parts == 1) return part(0);
  parallel_for(static_cast<std::size_t>(parts), [&](std::size_t p) { part(static_cast<Index>(p)); });
}

template void MaskedSum::apply(const LaneRows<double>&, LaneRows<double>&) const;
template void MaskedSum::apply(const LaneRows<float>&, LaneRows<float>&) const;
template void MaskedSum::apply(const LaneRows<std::int64_t>&, LaneRows<std::int64_t>&) const;

}  // namespace shatterproof
