// Procedure on the exponents of rates: rates (the blocks ```rates of notes).
#include <fmt/format.h>

#include <algorithm>

#include "registry.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/rates/check.hpp"

namespace shatterproof {
namespace {

/// The note's definitions with arguments belong to the expression language, not to that of rates.
bool has_arguments(const std::string& definition) {
  return definition.substr(0, definition.find('=')).find('(') != std::string::npos;
}

rates::Block block_of(const Parameters& parameters) {
  const auto list = [&](const char* name) {
    return parameters.has(name) ? parameters.list(name) : std::vector<std::string>{};
  };
  const auto text = [&](const char* name) {
    return parameters.has(name) ? std::optional(parameters.text(name)) : std::nullopt;
  };
  rates::BlockText block;
  block.parameters = {text("dimension").value_or("d >= 1")};
  for (const std::string& range : list("parameters")) block.parameters.push_back(range);
  block.quantities = list("quantities");
  block.grows = text("grows").value_or("n");
  block.define = list("define");
  std::erase_if(block.define, has_arguments);
  block.terms = list("terms");
  block.substitute = list("substitute");
  block.minimise = text("minimise");
  block.floor = text("floor");
  block.ceiling = text("ceiling");
  block.claims = list("claim");
  block.show = list("show");
  return rates::parse_block(block);
}

/// The claims that are not proved, the worst first; if all are, what was derived.
std::string detail_of(const rates::BlockResult& result) {
  std::string detail;
  for (const rates::ClaimResult& claim : result.claims)
    if (claim.verdict == result.verdict && claim.verdict != Verdict::proved)
      detail += (detail.empty() ? "" : " | ") + claim.claim + ": " + claim.detail;
  if (!detail.empty()) return detail;
  for (const auto* lines : {&result.optimum, &result.shown})
    for (const std::string& line : *lines) detail += (detail.empty() ? "" : " | ") + line;
  return detail.empty() ? fmt::format("{} claims hold", result.claims.size()) : detail;
}

ProcedureResult run_rates(const Parameters& parameters) {
  const rates::BlockResult checked = check(block_of(parameters));
  ProcedureResult result{.verdict = checked.verdict, .detail = detail_of(checked), .range = checked.domain};
  for (const rates::ClaimResult& claim : checked.claims) {
    result.instances += claim.cells;
    result.table.push_back(fmt::format("{}: {}{}{}", to_text(claim.verdict), claim.claim,
                                       claim.detail.empty() ? "" : " -- ", claim.detail));
  }
  for (const auto* lines : {&checked.optimum, &checked.shown})
    result.table.insert(result.table.end(), lines->begin(), lines->end());
  result.method =
      fmt::format("orders of growth, all else fixed; exact exponents, Sturm sequences, {} cells", result.instances);
  return result;
}

}  // namespace

void add_rates(std::vector<Procedure>& list) {
  list.push_back({"rates",
                  "exponents of rates: balances, optima, active constraints and orders for all real dimensions",
                  {"dimension", "parameters", "quantities", "grows", "define", "terms", "substitute", "minimise",
                   "floor", "ceiling", "claim", "show"},
                  run_rates,
                  [](const Parameters& parameters) { (void)block_of(parameters); }});
}

}  // namespace shatterproof
