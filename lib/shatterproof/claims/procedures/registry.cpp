#include "registry.hpp"

namespace shatterproof {

// Add a declaration and an entry for each file of this folder, e.g. `void add_packings(std::vector<Procedure>&);`
void add_atoms(std::vector<Procedure>& list);
void add_closed_forms(std::vector<Procedure>& list);
void add_constructions(std::vector<Procedure>& list);
void add_curvature(std::vector<Procedure>& list);
void add_empty_caps(std::vector<Procedure>& list);
void add_experiment_procedures(std::vector<Procedure>& list);
void add_hessian(std::vector<Procedure>& list);
void add_packings(std::vector<Procedure>& list);
void add_information(std::vector<Procedure>& list);
void add_occupancy(std::vector<Procedure>& list);
void add_radon(std::vector<Procedure>& list);
void add_rates(std::vector<Procedure>& list);
void add_cap_constants(std::vector<Procedure>& list);
void add_cell_counts(std::vector<Procedure>& list);
void add_fano(std::vector<Procedure>& list);
void add_finite_samples(std::vector<Procedure>& list);
void add_slab(std::vector<Procedure>& list);
void add_univariate(std::vector<Procedure>& list);
void add_prove(std::vector<Procedure>& list);
void add_theorem_3_2(std::vector<Procedure>& list);
void add_theorem_3_7(std::vector<Procedure>& list);
void add_weight_deviation(std::vector<Procedure>& list);

const std::vector<Procedure>& procedures() {
  static const std::vector<Procedure> all = [] {
    std::vector<Procedure> list;
    for (AddProcedures add : std::initializer_list<AddProcedures>{
             add_atoms,
             add_closed_forms,
             add_constructions,
             add_curvature,
             add_empty_caps,
             add_experiment_procedures,
             add_hessian,
             add_radon,
             add_rates,
             add_packings,
             add_cap_constants,
             add_information,
             add_occupancy,
             add_cell_counts,
             add_fano,
             add_slab,
             add_finite_samples,
             add_univariate,
             add_prove,
             add_theorem_3_2,
             add_theorem_3_7,
             add_weight_deviation,
         })
      add(list);
    return list;
  }();
  return all;
}

}  // namespace shatterproof
