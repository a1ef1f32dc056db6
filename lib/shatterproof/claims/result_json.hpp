#pragma once
#include <nlohmann/json.hpp>

#include "shatterproof/claims/procedure.hpp"

namespace shatterproof {

/// For .cpp files only: the header of the JSON library is heavy.
[[nodiscard]] nlohmann::ordered_json result_to_json(const ProcedureResult& result);
/// Throws FormatError or the JSON library's exception when something is missing or of another type.
[[nodiscard]] ProcedureResult result_from_json(const nlohmann::ordered_json& json);

[[nodiscard]] nlohmann::ordered_json sharp_to_json(const SharpConstant& sharp);
[[nodiscard]] SharpConstant sharp_from_json(const nlohmann::ordered_json& json);

}  // namespace shatterproof
