#include "registry.hpp"

namespace shatterproof {

// Add a declaration and an entry for each file of this folder, e.g. `void add_packings(std::vector<Procedure>&);`

const std::vector<Procedure>& procedures() {
  static const std::vector<Procedure> all = [] {
    std::vector<Procedure> list;
    for (AddProcedures add : std::initializer_list<AddProcedures>{
             // add_packings,
         })
      add(list);
    return list;
  }();
  return all;
}

}  // namespace shatterproof
