#include "shatterproof/linalg/bit_sums.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"
#include "shatterproof/linalg/in_parts.hpp"
#include "shatterproof/linalg/strip.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr Index kSubsets = BitSumCost::kSubsets;
constexpr Index kGroupsTogether = 4;  // tables that are looked up in one pass over the columns
constexpr Index kGroupsToHalve = 64;  // from here on, where filling tables is much of the work, two halves are summed
struct Span {
  Index from, to;
};

/// The rows in the subsets that hold row b, from those that hold none from b on.
template <int N, class T>
SHATTERPROOF_INLINE void add_row(const T* row, Index b, T* table) {
  constexpr Index width = N * kLanes;
  Lanes<T> added[N];
  for (int q = 0; q < N; ++q) added[q] = load_lanes(row + q * kLanes);
  const Index half = Index(1) << b;
  for (Index s = 0; s < half; ++s)
    for (int q = 0; q < N; ++q) {
      const Index at = s * width + q * kLanes;
      store_lanes<T>(table + half * width + at, load_lanes(table + at) + added[q]);
    }
}

/// Eight rows; a function of its own, as it is long: the lengths of its loops are known.
template <int N, class T>
SHATTERPROOF_INLINE void fill_whole(const T* rows, Index stride, T* table) {
#pragma GCC unroll 8
  for (Index b = 0; b < 8; ++b) add_row<N>(rows + b * stride, b, table);
}
template <class T>
SHATTERPROOF_INLINE void fill_whole_of(const T* rows, Index stride, Index width, T* table) {
  if (width == 1) fill_whole<1>(rows, stride, table);
  if (width == 2) fill_whole<2>(rows, stride, table);
  if (width == 3) fill_whole<3>(rows, stride, table);
  if (width == 4) fill_whole<4>(rows, stride, table);
}
SHATTERPROOF_CLONES void fill_eight(const double* rows, Index stride, Index width, double* table) {
  fill_whole_of(rows, stride, width, table);
}
SHATTERPROOF_CLONES void fill_eight(const float* rows, Index stride, Index width, float* table) {
  fill_whole_of(rows, stride, width, table);
}
SHATTERPROOF_CLONES void fill_eight(const std::int64_t* rows, Index stride, Index width, std::int64_t* table) {
  fill_whole_of(rows, stride, width, table);
}

/// table[s] = sum of the rows in the subset s of `count` <= 8 rows: at most 7 additions deep.
template <int N, class T>
SHATTERPROOF_INLINE void fill_table(const T* rows, Index stride, Index count, T* table) {
  std::fill(table, table + N * kLanes, T(0));
  if (count == 8) return fill_eight(rows, stride, N, table);
  for (Index b = 0; b < count; ++b) add_row<N>(rows + b * stride, b, table);
}

/// Adds what G tables say to each column; the first ones set it.
template <int N, int G, bool First, class T>
SHATTERPROOF_INLINE void look_up(const BitMatrix& bits, Index group, const T* tables, const Strip<T>& strip, Index from,
                                 Index to) {
  constexpr Index width = N * kLanes;
  const std::uint8_t* bytes[G];
  for (int g = 0; g < G; ++g) bytes[g] = bits.group(group + g);
  const Index stride = strip.stride;  // stores of lanes may alias the strip, for all that the compiler knows
  T* out = strip.out + from * stride;
  for (Index c = from; c < to; ++c, out += stride) {
    const T* rows[G];
    for (int g = 0; g < G; ++g) rows[g] = tables + (g * kSubsets + bytes[g][c]) * width;
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

template <class T>
SHATTERPROOF_INLINE void run_tables_of(const BitMatrix& bits, Span groups, const Strip<T>& strip, Index width,
                                       T* tables, Span out) {
  if (width == 1) sum_by_tables<1>(bits, groups, strip, tables, out);
  if (width == 2) sum_by_tables<2>(bits, groups, strip, tables, out);
  if (width == 3) sum_by_tables<3>(bits, groups, strip, tables, out);
  if (width == 4) sum_by_tables<4>(bits, groups, strip, tables, out);
}
SHATTERPROOF_CLONES void run_tables(const BitMatrix& bits, Span groups, const Strip<double>& strip, Index width,
                                    double* tables, Span out) {
  run_tables_of(bits, groups, strip, width, tables, out);
}
SHATTERPROOF_CLONES void run_tables(const BitMatrix& bits, Span groups, const Strip<float>& strip, Index width,
                                    float* tables, Span out) {
  run_tables_of(bits, groups, strip, width, tables, out);
}
SHATTERPROOF_CLONES void run_tables(const BitMatrix& bits, Span groups, const Strip<std::int64_t>& strip, Index width,
                                    std::int64_t* tables, Span out) {
  run_tables_of(bits, groups, strip, width, tables, out);
}

/// out_c += row_c . (what G tables say to column c).
template <int N, int G, class T>
SHATTERPROOF_INLINE void look_up_dots(const BitMatrix& bits, Index group, const T* tables, const T* rows, Index stride,
                                      T* out) {
  constexpr Index width = N * kLanes;
  for (Index c = 0; c < bits.columns(); ++c) {
    Lanes<T> dots = {};
    for (int q = 0; q < N; ++q) {
      Lanes<T> sum = {};
      for (int g = 0; g < G; ++g)
        sum += load_lanes(tables + (g * kSubsets + bits.group(group + g)[c]) * width + q * kLanes);
      dots += sum * load_lanes(rows + c * stride + q * kLanes);
    }
    out[c] += sum_of<T>(dots);
  }
}

/// Columns of `rows` and of the tables that lie in one strip.
template <class T>
struct DotStrip {
  const T* in;
  const T* rows;
  Index stride;
  T* out;
};

template <int N, class T>
SHATTERPROOF_INLINE void dot_by_tables(const BitMatrix& bits, const DotStrip<T>& strip, T* tables) {
  Index group = 0;
  const auto fill = [&](Index g, Index place) __attribute__((always_inline)) {
    fill_table<N>(strip.in + 8 * g * strip.stride, strip.stride, std::min<Index>(8, bits.rows() - 8 * g),
                  tables + place * kSubsets * N * kLanes);
  };
  for (; group + 2 <= bits.groups(); group += 2) {
    fill(group, 0);
    fill(group + 1, 1);
    look_up_dots<N, 2>(bits, group, tables, strip.rows, strip.stride, strip.out);
  }
  for (; group < bits.groups(); ++group) {
    fill(group, 0);
    look_up_dots<N, 1>(bits, group, tables, strip.rows, strip.stride, strip.out);
  }
}

template <class T>
SHATTERPROOF_INLINE void run_dots_of(const BitMatrix& bits, const DotStrip<T>& strip, Index width, T* tables) {
  if (width == 1) dot_by_tables<1>(bits, strip, tables);
  if (width == 2) dot_by_tables<2>(bits, strip, tables);
  if (width == 3) dot_by_tables<3>(bits, strip, tables);
  if (width == 4) dot_by_tables<4>(bits, strip, tables);
}
SHATTERPROOF_CLONES void run_dots(const BitMatrix& bits, const DotStrip<double>& strip, Index width, double* tables) {
  run_dots_of(bits, strip, width, tables);
}
SHATTERPROOF_CLONES void run_dots(const BitMatrix& bits, const DotStrip<float>& strip, Index width, float* tables) {
  run_dots_of(bits, strip, width, tables);
}

/// out_r = sum of factors_c in_c over the c with bit (r, c) set, for rows r of `group`: first the sums of all in_c
/// whose eight bits are alike, then of the half with the highest bit, which is folded onto the other half, and so on.
template <int N, class T>
SHATTERPROOF_INLINE void sum_by_buckets(const BitMatrix& bits, Index group, const Strip<T>& strip, const T* factors,
                                        T* buckets) {
  constexpr Index width = N * kLanes;
  std::fill(buckets, buckets + kSubsets * width, T(0));
  const std::uint8_t* bytes = bits.group(group);
  for (Index c = 0; c < bits.columns(); ++c)
    for (int q = 0; q < N; ++q) {
      T* sum = buckets + bytes[c] * width + q * kLanes;
      store_lanes<T>(sum, load_lanes(sum) + factors[c] * load_lanes(strip.in + c * strip.stride + q * kLanes));
    }
  for (Index b = 7; b >= 0; --b) {
    const Index half = width << b;
    Lanes<T> sums[N] = {};
    for (Index at = 0; at < half; at += width)
      for (int q = 0; q < N; ++q) {
        T* low = buckets + at + q * kLanes;
        const Lanes<T> high = load_lanes(low + half);
        sums[q] += high;
        store_lanes<T>(low, load_lanes(low) + high);
      }
    const Index r = 8 * group + b;
    for (int q = 0; q < N && r < bits.rows(); ++q) store_lanes<T>(strip.out + r * strip.stride + q * kLanes, sums[q]);
  }
}

template <class T>
SHATTERPROOF_INLINE void run_buckets_of(const BitMatrix& bits, Index group, const Strip<T>& strip, Index width,
                                        const T* factors, T* buckets) {
  if (width == 1) sum_by_buckets<1>(bits, group, strip, factors, buckets);
  if (width == 2) sum_by_buckets<2>(bits, group, strip, factors, buckets);
}
SHATTERPROOF_CLONES void run_buckets(const BitMatrix& bits, Index group, const Strip<double>& strip, Index width,
                                     const double* factors, double* buckets) {
  run_buckets_of(bits, group, strip, width, factors, buckets);
}
SHATTERPROOF_CLONES void run_buckets(const BitMatrix& bits, Index group, const Strip<float>& strip, Index width,
                                     const float* factors, float* buckets) {
  run_buckets_of(bits, group, strip, width, factors, buckets);
}

template <class T>
AlignedVector<T>& table_memory() {
  thread_local AlignedVector<T> memory(kGroupsTogether * kSubsets * kMostLaneGroups * kLanes);
  return memory;
}

}  // namespace

template <class T>
void sum_by_tables(const BitMatrix& bits, const LaneRows<T>& in, LaneRows<T>& out) {
  require(in.rows() == bits.rows() && out.rows() == bits.columns() && in.width() == out.width(),
          "sum_by_tables: the rows do not fit the bits");
  const Index parts = worthwhile_parts(bits.groups() * out.rows() * in.width() / kLanes);
  const auto sum = [&](Span groups, Span columns, LaneRows<T>& to) {
    in_strips(in.width(), kMostLaneGroups, [&](Index at, Index width) {
      const Strip<T> strip{in.row(0) + at, to.row(0) + at, in.width()};
      run_tables(bits, groups, strip, width, table_memory<T>().data(), columns);
    });
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
  in_parts(out.rows(), parts, [&](Index from, Index to) {
    for (Index j = from * out.width(); j < to * out.width(); ++j) out.row(0)[j] += second.row(0)[j];
  });
}

template <class T>
void sum_by_buckets(const BitMatrix& bits, const LaneRows<T>& in, const AlignedVector<T>& factors, LaneRows<T>& out) {
  constexpr Index kMost = 2;  // lane groups: the buckets fit into the first cache
  require(in.rows() == bits.columns() && out.rows() == bits.rows() && in.width() == out.width() &&
              static_cast<Index>(factors.size()) >= in.rows(),
          "sum_by_buckets: the rows do not fit the bits");
  const Index strips = (in.width() / kLanes + kMost - 1) / kMost;
  in_parts(bits.groups() * strips, worthwhile_parts(bits.groups() * (in.rows() + 2 * kSubsets) * in.width() / kLanes),
           [&](Index from, Index to) {
             for (Index p = from; p < to; ++p) {
               const Index at = p % strips * kMost * kLanes;
               const Strip<T> strip{in.row(0) + at, out.row(0) + at, in.width()};
               run_buckets(bits, p / strips, strip, std::min(kMost, (in.width() - at) / kLanes), factors.data(),
                           table_memory<T>().data());
             }
           });
}

template <class T>
void dot_by_tables(const BitMatrix& bits, const LaneRows<T>& in, const LaneRows<T>& rows, AlignedVector<T>& out) {
  require(in.rows() == bits.rows() && rows.rows() == bits.columns() && in.width() == rows.width() &&
              static_cast<Index>(out.size()) >= rows.rows(),
          "dot_by_tables: the rows do not fit the bits");
  in_strips(in.width(), kMostLaneGroups, [&](Index at, Index width) {
    run_dots(bits, DotStrip<T>{in.row(0) + at, rows.row(0) + at, in.width(), out.data()}, width,
             table_memory<T>().data());
  });
}

template void sum_by_tables(const BitMatrix&, const LaneRows<double>&, LaneRows<double>&);
template void sum_by_tables(const BitMatrix&, const LaneRows<float>&, LaneRows<float>&);
template void sum_by_tables(const BitMatrix&, const LaneRows<std::int64_t>&, LaneRows<std::int64_t>&);
#define SHATTERPROOF_INSTANTIATE(T)                                                                          \
  template void sum_by_buckets(const BitMatrix&, const LaneRows<T>&, const AlignedVector<T>&, LaneRows<T>&); \
  template void dot_by_tables(const BitMatrix&, const LaneRows<T>&, const LaneRows<T>&, AlignedVector<T>&);
SHATTERPROOF_INSTANTIATE(double)
SHATTERPROOF_INSTANTIATE(float)
#undef SHATTERPROOF_INSTANTIATE

}  // namespace shatterproof
