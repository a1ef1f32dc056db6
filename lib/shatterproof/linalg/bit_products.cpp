#include "shatterproof/linalg/bit_products.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"
#include "shatterproof/linalg/in_parts.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

/// x_j where bit j of the byte is set, else 0, whatever x_j is.
SHATTERPROOF_INLINE Lanes<double> where_set(const Lanes<double>& x, std::uint8_t byte) {
  using Bits = Lanes<std::int64_t>;
  const Bits places = {1, 2, 4, 8, 16, 32, 64, 128};
  const Bits chosen = (places & static_cast<std::int64_t>(byte)) != 0;
  return reinterpret_cast<Lanes<double>>(chosen & reinterpret_cast<Bits>(x));
}

/// Rows from .. to - 1.
SHATTERPROOF_CLONES void run_products(const LaneRows<double>& x, const LaneRows<double>& columns, const BitMatrix& bits,
                                      Index first_group, LaneRows<double>& out, Index from, Index to) {
  const Index groups = std::min(out.width() / kLanes, bits.groups() - first_group);
  for (Index i = from; i < to; ++i) {
    std::fill_n(out.row(i), out.width(), 0.0);
    for (Index g = 0; g < groups; ++g) {
      const std::uint8_t byte = bits.group(first_group + g)[i];
      if (byte == 0) continue;
      Lanes<double> sum = {};
      for (Index j = 0; j < columns.rows(); ++j)
        sum += x(i, j) * load_lanes(columns.row(j) + (first_group + g) * kLanes);
      store_lanes<double>(out.row(i) + g * kLanes, where_set(sum, byte));
    }
  }
}

SHATTERPROOF_CLONES void run_factors(const AlignedVector<double>& factors, const BitMatrix& bits, Index first_group,
                                     LaneRows<double>& out) {
  const Index groups = std::min(out.width() / kLanes, bits.groups() - first_group);
  for (Index k = 0; k < out.rows(); ++k) {
    std::fill_n(out.row(k), out.width(), 0.0);
    for (Index g = 0; g < groups; ++g)
      store_lanes<double>(out.row(k) + g * kLanes, where_set(Lanes<double>{} + factors[static_cast<std::size_t>(k)],
                                                             bits.group(first_group + g)[k]));
  }
}

}  // namespace

void masked_products(const LaneRows<double>& x, const LaneRows<double>& columns, const BitMatrix& bits,
                     Index first_group, LaneRows<double>& out) {
  require(columns.width() >= bits.groups() * kLanes && x.rows() == bits.columns() && out.rows() == x.rows() &&
              columns.rows() <= x.width(),
          "masked_products: the rows do not fit the bits");
  in_parts(x.rows(), worthwhile_parts(x.rows() * out.width() / kLanes * columns.rows()),
           [&](Index from, Index to) { run_products(x, columns, bits, first_group, out, from, to); });
}

void masked_factors(const AlignedVector<double>& factors, const BitMatrix& bits, Index first_group,
                    LaneRows<double>& out) {
  require(static_cast<Index>(factors.size()) >= bits.columns() && out.rows() == bits.columns(),
          "masked_factors: the rows do not fit the bits");
  run_factors(factors, bits, first_group, out);
}

}  // namespace shatterproof
