// Stands in for claims/procedures/registry.cpp in the libFuzzer build: only the procedures whose parameters are parsed,
// so that clang does not have to build the rest of the library.
#include "shatterproof/claims/procedure.hpp"

namespace shatterproof {

void add_closed_forms(std::vector<Procedure>& list);
void add_prove(std::vector<Procedure>& list);
void add_rates(std::vector<Procedure>& list);

const std::vector<Procedure>& procedures() {
  static const std::vector<Procedure> all = [] {
    std::vector<Procedure> list;
    add_closed_forms(list);
    add_prove(list);
    add_rates(list);
    return list;
  }();
  return all;
}

}  // namespace shatterproof
