#include "shatterproof/linalg/bit_products.hpp"

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

/// Rows from .. to - 1. columns: component j of all y_k, side by side.
SHATTERPROOF_CLONES void run_products(const LaneRows<double>& x, const LaneRows<double>& columns, const BitMatrix& bits,
                                      LaneRows<double>& out, Index from, Index to) {
  for (Index i = from; i < to; ++i)
    for (Index g = 0; g < bits.groups(); ++g) {
      const std::uint8_t byte = bits.group(g)[i];
      if (byte == 0) continue;
      Lanes<double> sum = {};
      for (Index j = 0; j < columns.rows(); ++j) sum += x(i, j) * load_lanes(columns.row(j) + g * kLanes);
      store_lanes<double>(out.row(i) + g * kLanes, where_set(sum, byte));
    }
}

SHATTERPROOF_CLONES void run_factors(const AlignedVector<double>& factors, const BitMatrix& bits,
                                     LaneRows<double>& out) {
  for (Index k = 0; k < out.rows(); ++k)
    for (Index g = 0; g < bits.groups(); ++g)
      store_lanes<double>(out.row(k) + g * kLanes,
                          where_set(Lanes<double>{} + factors[static_cast<std::size_t>(k)], bits.group(g)[k]));
}

}  // namespace

LaneRows<double> masked_products(const LaneRows<double>& x, const LaneRows<double>& y, Index components,
                                 const BitMatrix& bits) {
  require(y.rows() == bits.rows() && x.rows() == bits.columns() && components <= std::min(x.width(), y.width()),
          "masked_products: the rows do not fit the bits");
  LaneRows<double> columns(components, y.rows()), out(x.rows(), y.rows());
  for (Index k = 0; k < y.rows(); ++k)
    for (Index j = 0; j < components; ++j) columns(j, k) = y(k, j);
  in_parts(x.rows(), worthwhile_parts(x.rows() * bits.groups() * components),
           [&](Index from, Index to) { run_products(x, columns, bits, out, from, to); });
  return out;
}

LaneRows<double> masked_factors(const AlignedVector<double>& factors, const BitMatrix& bits) {
  require(static_cast<Index>(factors.size()) >= bits.columns(), "masked_factors: too few factors for the bits");
  LaneRows<double> out(bits.columns(), bits.rows());
  run_factors(factors, bits, out);
  return out;
}

}  // namespace shatterproof
