#pragma once
#include "shatterproof/rates/polynomial.hpp"

namespace shatterproof::rates {

inline const Polynomial d = Polynomial::parameter("d"), alpha = Polynomial::parameter("alpha");

}  // namespace shatterproof::rates
