#pragma once
#include "constructions/common/cap_function.hpp"

namespace shatterproof {

/// A rational eps in (0, 1] with n p(eps^2) close to 2/(d+1), which maximises N a (1-p)^n at the leading order
/// (spec lower-bounds 9, kappa*); 1 if no eps in (0, 1] reaches it. Not rounded in any direction: a choice, not a
/// bound.
[[nodiscard]] Rational default_cap_parameter(long d, long n);

/// What a sample of n points left of m disjoint caps of depth h, and what was to be expected.
struct EmptyCapCount {
  long samples = 0, caps = 0;
  long empty = 0;       ///< |Gamma|, certified
  long most = 0;        ///< Zmax, certified
  Ball cap_mass;        ///< p
  Ball empty_chance;    ///< q = (1-p)^n
  Ball expected_empty;  ///< m q
  Ball gap;             ///< a(h) |Gamma|: ||f_Gamma||_P^2 at L = 1, the generalisation gap of f_Gamma against 0
  Ball expected_gap;    ///< a(h) m q
  Ball low_chance;      ///< exp(-m kl(q/2 || q)) >= P(|Gamma| <= m q/2)   (I.1'', negative association)
};
/// Source: Proposition I.1, Corollary I.3; spec lower-bounds 9.
[[nodiscard]] EmptyCapCount count_empty_caps(long d, const Rational& h, const CapMembership& membership);

}  // namespace shatterproof
