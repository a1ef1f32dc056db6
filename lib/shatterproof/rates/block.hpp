#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "shatterproof/rates/domain.hpp"
#include "shatterproof/rates/power_product.hpp"
#include "shatterproof/rates/syntax.hpp"

namespace shatterproof::rates {

/// What a rates block says, as texts (the keys of the block in a note).
struct BlockText {
  std::vector<std::string> parameters = {"d >= 1"};  ///< ranges of the real parameters, the dimension first
  std::vector<std::string> quantities =
      {};                   ///< further names of quantities for the claims (those of the definitions are known)
  std::string grows = "n";  ///< "n", or "1/eps"
  std::vector<std::string> define = {};      ///< "name = expression"; only what is used is evaluated
  std::vector<std::string> terms = {};       ///< the terms of the sum: "name = expression", or the name of a definition
  std::vector<std::string> substitute = {};  ///< "quantity = product", put into the terms, in this order
  std::optional<std::string> minimise = {};  ///< the quantity that is chosen so that the sum of the terms is least
  std::optional<std::string> floor = {}, ceiling = {};
  std::vector<std::string> claims = {};
  std::vector<std::string> show = {};  ///< expressions whose values are listed
};

/// The block parsed. Names: the definitions, and if `minimise` is given `optimum` (the best value), `rate` (the leading
/// terms there) and `total` (all terms there).
struct Block {
  std::vector<ParameterRange> parameters;
  Direction grows;
  std::vector<Definition> define, terms, substitute;
  std::string minimise;  ///< empty if nothing is chosen
  std::optional<Node> floor, ceiling;
  std::vector<Statement> claims;
  std::vector<std::pair<std::string, Node>> show;
  std::set<std::string> quantities;  ///< every name that stands for a quantity

  [[nodiscard]] bool has_parameter(const std::string& name) const;
};

/// Throws PreconditionError for a text that does not parse, a name that is defined twice or reserved, an unknown name
/// in a claim, a value of `at` outside its range, or a block without claims.
[[nodiscard]] Block parse_block(const BlockText& text);

/// Names of the functions of the rate language.
[[nodiscard]] const std::set<std::string>& function_names();

}  // namespace shatterproof::rates
