#include "result_json.hpp"

#include "shatterproof/core/error.hpp"

namespace shatterproof {

using Json = nlohmann::ordered_json;

Json sharp_to_json(const SharpConstant& sharp) {
  return Json{{"instance", sharp.instance}, {"lower", sharp.lower}, {"upper", sharp.upper}, {"where", sharp.where}};
}

SharpConstant sharp_from_json(const Json& json) {
  SharpConstant sharp;
  json.at("instance").get_to(sharp.instance);
  json.at("lower").get_to(sharp.lower);
  json.at("upper").get_to(sharp.upper);
  json.at("where").get_to(sharp.where);
  return sharp;
}

Json result_to_json(const ProcedureResult& result) {
  Json sharp = Json::array();
  for (const SharpConstant& constant : result.sharp) sharp.push_back(sharp_to_json(constant));
  return Json{{"verdict", to_text(result.verdict)},
              {"instances", result.instances},
              {"slack", result.slack},
              {"detail", result.detail},
              {"table", result.table},
              {"range", result.range},
              {"method", result.method},
              {"sharp", sharp}};
}

ProcedureResult result_from_json(const Json& json) {
  ProcedureResult result;
  const auto verdict = verdict_from_text(json.at("verdict").get<std::string>());
  if (!verdict) throw FormatError("result", "verdict", json.at("verdict").dump(), "a verdict");
  result.verdict = *verdict;
  json.at("instances").get_to(result.instances);
  if (result.instances <= 0) throw FormatError("result", "instances", json.at("instances").dump(), "at least 1");
  json.at("slack").get_to(result.slack);
  json.at("detail").get_to(result.detail);
  json.at("table").get_to(result.table);
  json.at("range").get_to(result.range);
  json.at("method").get_to(result.method);
  for (const Json& constant : json.at("sharp")) result.sharp.push_back(sharp_from_json(constant));
  return result;
}

}  // namespace shatterproof
