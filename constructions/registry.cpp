#include "constructions/cap_packing/cap_packing.hpp"
#include "constructions/construction.hpp"
#include "constructions/empty_caps/empty_caps.hpp"
#include "constructions/slab_packing/slab_packing.hpp"
#include "constructions/univariate_bumps/univariate_bumps.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof {

const std::vector<ConstructionKind>& constructions() {
  static const std::vector<ConstructionKind> all{
      cap_packing_kind(),
      univariate_bumps_kind(),
      empty_caps_kind(),
      slab_packing_kind(),
  };
  return all;
}

Construction build_construction(const std::string& id, const std::vector<std::string>& assignments,
                                std::uint64_t seed) {
  std::string known;
  for (const ConstructionKind& kind : constructions()) {
    if (kind.id == id) return kind.build(Arguments(id, kind.parameters, assignments), seed);
    known += (known.empty() ? "" : ", ") + kind.id;
  }
  throw PreconditionError("unknown construction '" + id + "': expected one of " + known);
}

}  // namespace shatterproof
