#include "shatterproof/linalg/masked_sum.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/parallel.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr Index kSubsets = 256;       // of eight rows
constexpr Index kGroupsTogether = 4;  // tables that are looked up in one pass over the columns
constexpr Index kGroupsToHalve = 64;  // from here on, where filling tables is much of the work, two halves are summed
constexpr Index kMostLaneGroups = 4;  // of a row in registers
constexpr Index kWorthAThread = 1 << 15;  // additions of eight numbers

struct Span {
  Index from, to;
};

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

/// Adds what G tables say to each column; the first ones set it.
template <int N, int G, bool First, class T>
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
      if constexpr (G >= 2) sum += load_lanes(rows[1] + at);
      if constexpr (G == 4) sum += load_lanes(rows[2] + at) + load_lanes(rows[3] + at);
      if constexpr (First)
        store_lanes<T>(out + at, sum);
      else
        store_lanes<T>(out + at, load_lanes(out + at) + sum);
    }
  }
}

/// Groups `group` .. group + G - 1.
template <int N, int G, class T>
SHATTERPROOF_INLINE void sum_groups(const BitMatrix& bits, Index group, bool first, const Strip<T>& strip, T* tables,
                                    Index from, Index to) {
  for (Index g = 0; g < G; ++g) {
    const Index count = std::min<Index>(8, bits.rows() - 8 * (group + g));
    fill_table<N>(strip.in + 8 * (group + g) * strip.stride, strip.stride, count, tables + g * kSubsets * N * kLanes);
  }
  if (first)
    look_up<N, G, true>(bits, group, tables, strip, from, to);
  else
    look_up<N, G, false>(bits, group, tables, strip, from, to);
}

template <int N, class T>
SHATTERPROOF_INLINE void sum_by_tables(const BitMatrix& bits, Span groups, const Strip<T>& strip, T* tables, Span out) {
  if (groups.from == groups.to)
    for (Index c = out.from; c < out.to; ++c)
      for (Index j = 0; j < N * kLanes; ++j) strip.out[c * strip.stride + j] = 0;
  Index at = groups.from;
  for (; at + 4 <= groups.to; at += 4) sum_groups<N, 4>(bits, at, at == groups.from, strip, tables, out.from, out.to);
  for (; at + 2 <= groups.to; at += 2) sum_groups<N, 2>(bits, at, at == groups.from, strip, tables, out.from, out.to);
  for (; at < groups.to; ++at) sum_groups<N, 1>(bits, at, at == groups.from, strip, tables, out.from, out.to);
}

template <int N, class T>
SHATTERPROOF_INLINE void sum_by_lists(const std::uint32_t* starts, const std::uint32_t* rows, const Strip<T>& strip,
                                      Span out) {
  for (Index c = out.from; c < out.to; ++c) {
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

/// One strip of `width` lane groups, by lists if there are any.
template <class T>
struct StripWork {
  const BitMatrix* bits;        // tables of these groups
  const std::uint32_t* starts;  // or lists
  const std::uint32_t* rows;
  Strip<T> strip;
  T* tables;
  Span groups, out;

  template <int N>
  SHATTERPROOF_INLINE void run() const {
    if (starts != nullptr)
      sum_by_lists<N>(starts, rows, strip, out);
    else
      sum_by_tables<N>(*bits, groups, strip, tables, out);
  }
  SHATTERPROOF_INLINE void run(Index width) const {
    if (width == 1) run<1>();
    if (width == 2) run<2>();
    if (width == 3) run<3>();
    if (width == 4) run<4>();
  }
};

SHATTERPROOF_CLONES void run_strip(const StripWork<double>& work, Index width) { work.run(width); }
SHATTERPROOF_CLONES void run_strip(const StripWork<float>& work, Index width) { work.run(width); }
SHATTERPROOF_CLONES void run_strip(const StripWork<std::int64_t>& work, Index width) { work.run(width); }

template <class T>
AlignedVector<T>& table_memory() {
  thread_local AlignedVector<T> memory(kGroupsTogether * kSubsets * kMostLaneGroups * kLanes);
  return memory;
}

/// The rows `out` of the product, summed over the groups.
template <class T>
void run_strips(StripWork<T> work, const LaneRows<T>& in, LaneRows<T>& out) {
  work.tables = table_memory<T>().data();
  for (Index at = 0; at < in.width(); at += kMostLaneGroups * kLanes) {
    work.strip = {in.row(0) + at, out.row(0) + at, in.width()};
    run_strip(work, std::min(kMostLaneGroups, (in.width() - at) / kLanes));
  }
}

Index worthwhile_parts(Index additions) { return additions < kWorthAThread ? 1 : static_cast<Index>(thread_count()); }

/// Calls work(from, to) for parts of 0 .. count.
template <class Work>
void in_parts(Index count, Index parts, const Work& work) {
  if (parts == 1) return work(Index(0), count);
  parallel_for(static_cast<std::size_t>(parts), [&](std::size_t part) {
    const auto p = static_cast<Index>(part);
    work(count * p / parts, count * (p + 1) / parts);
  });
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
  // Seven in a table, two between tables, one a pass (at most two passes of fewer than four), one between halves.
  return bits_.groups() / kGroupsTogether + 12;
}

template <class T>
void sum_by_tables(const BitMatrix& bits, const LaneRows<T>& in, LaneRows<T>& out) {
  require(in.rows() == bits.rows() && out.rows() == bits.columns() && in.width() == out.width(),
          "sum_by_tables: the rows do not fit the bits");
  const Index parts = worthwhile_parts(bits.groups() * out.rows() * in.width() / kLanes);
  const auto sum = [&](Span groups, Span columns, LaneRows<T>& to) {
    run_strips<T>({&bits, nullptr, nullptr, {}, nullptr, groups, columns}, in, to);
  };
  const Index half = bits.groups() / 2;
  if (bits.groups() < kGroupsToHalve || out.rows() > 4 * kSubsets)
    return in_parts(out.rows(), parts, [&](Index from, Index to) { sum({0, bits.groups()}, {from, to}, out); });
  thread_local LaneRows<T> second_half;
  if (second_half.rows() < out.rows() || second_half.width() != out.width())
    second_half = LaneRows<T>(out.rows(), out.width());
  LaneRows<T>& second = second_half;  // of this thread, not of those that help
  const Index columns_parts = (parts + 1) / 2;
  in_parts(2 * columns_parts, parts == 1 ? 1 : 2 * columns_parts, [&](Index from, Index to) {
    for (Index p = from; p < to; ++p) {
      const Span columns{out.rows() * (p / 2) / columns_parts, out.rows() * (p / 2 + 1) / columns_parts};
      if (p % 2 == 0)
        sum({0, half}, columns, out);
      else
        sum({half, bits.groups()}, columns, second);
    }
  });
  for (Index j = 0; j < out.rows() * out.width(); ++j) out.row(0)[j] += second.row(0)[j];
}

template <class T>
void MaskedSum::apply(const LaneRows<T>& in, LaneRows<T>& out) const {
  if (!uses_lists()) return sum_by_tables(bits_, in, out);
  require(in.rows() == row_count_ && out.rows() == column_count_ && in.width() == out.width(),
          "MaskedSum: the rows do not fit the bits");
  in_parts(out.rows(), worthwhile_parts(count_ * in.width() / kLanes), [&](Index from, Index to) {
    run_strips<T>({nullptr, starts_.data(), rows_.data(), {}, nullptr, {}, {from, to}}, in, out);
  });
}

#define SHATTERPROOF_INSTANTIATE(T)                                                \
  template void sum_by_tables(const BitMatrix&, const LaneRows<T>&, LaneRows<T>&); \
  template void MaskedSum::apply(const LaneRows<T>&, LaneRows<T>&) const;
SHATTERPROOF_INSTANTIATE(double)
SHATTERPROOF_INSTANTIATE(float)
SHATTERPROOF_INSTANTIATE(std::int64_t)
#undef SHATTERPROOF_INSTANTIATE

}  // namespace shatterproof
