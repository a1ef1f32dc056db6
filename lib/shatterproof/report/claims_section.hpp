#pragma once
#include "shatterproof/claims/verify.hpp"
#include "shatterproof/report/document.hpp"

namespace shatterproof::report {

/// Adds the claims in their order, the notes that they stand in, each once, and the constants: of every claim whose
/// best constant is enclosed for at least two values of one whole number. Reads the notes again; throws IoError or
/// FormatError if they have changed so that a claim's block is no longer there.
void add_claims(const std::vector<Outcome>& outcomes, Document& document);

/// Adds the notes that the claims stand in, each once, and nothing else.
void add_notes(const std::vector<Claim>& claims, Document& document);

/// The best constants of a claim against the stated one, where they belong to values of one whole number; nothing
/// otherwise.
[[nodiscard]] std::optional<Constant> constant_of(const Outcome& outcome);

}  // namespace shatterproof::report
