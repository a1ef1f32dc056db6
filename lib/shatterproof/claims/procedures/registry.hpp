#pragma once
#include "shatterproof/claims/procedure.hpp"

namespace shatterproof {

/// Each file of this folder defines one such function, which appends its procedures; registry.cpp lists them.
using AddProcedures = void (*)(std::vector<Procedure>&);

}  // namespace shatterproof
