#include "registry.hpp"

namespace shatterproof {

// Add a declaration and an entry for each file of this folder, e.g. `void add_packings(std::vector<Procedure>&);`
void add_closed_forms(std::vector<Procedure>& list);
void add_constructions(std::vector<Procedure>& list);
void add_empty_caps(std::vector<Procedure>& list);

const std::vector<Procedure>& procedures() {
  static const std::vector<Procedure> all = [] {
    std::vector<Procedure> list;
    for (AddProcedures add : std::initializer_list<AddProcedures>{
             add_closed_forms,
             add_constructions,
             add_empty_caps,
         })
      add(list);
    return list;
  }();
  return all;
}

}  // namespace shatterproof
