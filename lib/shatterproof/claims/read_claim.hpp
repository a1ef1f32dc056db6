#pragma once
#include "shatterproof/claims/note.hpp"
#include "shatterproof/claims/note_definitions.hpp"

namespace shatterproof {

/// The claim of a ```claim or ```rates block (keys: see note.hpp); `definitions` are those of its note. Throws
/// FormatError naming file, line, field, what was found and what was expected.
[[nodiscard]] Claim read_claim(const Block& block, const std::string& file, const std::vector<Definition>& definitions);

}  // namespace shatterproof
