#include "shatterproof/rates/block.hpp"

#include <algorithm>
#include <functional>

#include "shatterproof/core/error.hpp"

namespace shatterproof::rates {
namespace {

const std::set<std::string> kResults{"optimum", "rate", "total"};

void for_each_name(const Node& node, const std::function<void(const Node&)>& see) {
  if (node.kind == Node::Kind::name || node.kind == Node::Kind::call) see(node);
  for (const Node& operand : node.operands) for_each_name(operand, see);
}

bool is_defined(const Block& block, const std::string& name) {
  return std::any_of(block.define.begin(), block.define.end(), [&](const Definition& d) { return d.name == name; });
}

/// "name = expression", or the name of a definition.
Definition parse_term(const Block& block, const std::string& line) {
  if (line.find('=') == std::string::npos) {
    for (const Definition& d : block.define)
      if (d.name == line) return d;
    throw PreconditionError("the term '" + line + "' is not defined; expected \"name = expression\"");
  }
  const Definition term = parse_definition(line);
  require(!is_defined(block, term.name), "the name '" + term.name + "' is defined twice");
  return term;
}

/// Checks the names of a block and gathers those of quantities.
class Names {
 public:
  explicit Names(Block& block) : block_(block) {
    for (const auto& range : block.parameters) add_own(range.name);
    for (const Definition& d : block.define) add_own(d.name);
    for (const Definition& d : block.terms)
      if (!is_defined(block, d.name)) add_own(d.name);
    for (auto a = block.terms.begin(); a != block.terms.end(); ++a)
      for (auto b = block.terms.begin(); b != a; ++b)
        require(a->name != b->name, "the term '" + a->name + "' occurs twice");
    block_.quantities.insert(block.grows.quantity);
  }

  void check() {
    for (const auto* list : {&block_.define, &block_.terms, &block_.substitute})
      for (const Definition& d : *list) gather(d.value);
    for (const Definition& d : block_.substitute) quantity(d.name);
    if (!block_.minimise.empty()) quantity(block_.minimise);
    for (const auto& bound : {block_.floor, block_.ceiling})
      if (bound) gather(*bound);
    fixed_ = true;  // a new name in a claim is a slip
    for (const Statement& claim : block_.claims) {
      if (!claim.active.empty()) continue;
      gather(claim.left);
      for (const Node& right : claim.right) gather(right);
    }
    for (const auto& [text, node] : block_.show) gather(node);
  }

 private:
  void add_own(const std::string& name) {
    require(kResults.count(name) == 0 && name != "active" && name != "floor" && name != "ceiling" && name != "at",
            "the name '" + name + "' is reserved");
    require(function_names().count(name) == 0, "'" + name + "' is a function; choose another name");
    require(own_.insert(name).second, "the name '" + name + "' is defined twice");
  }

  void quantity(const std::string& name) {
    require(own_.count(name) == 0, "'" + name + "' is defined in the block; a quantity is needed here");
    require(!fixed_ || block_.quantities.count(name) != 0, "unknown name '" + name + "'");
    block_.quantities.insert(name);
  }

  void gather(const Node& root) {
    for_each_name(root, [&](const Node& node) {
      if (node.kind == Node::Kind::call) {
        require(function_names().count(node.name) != 0, "unknown function '" + node.name + "'");
      } else if (kResults.count(node.name) != 0) {
        require(!block_.minimise.empty(), "'" + node.name + "' needs the key minimise");
      } else if (own_.count(node.name) == 0) {
        quantity(node.name);
      }
    });
  }

  Block& block_;
  bool fixed_ = false;
  std::set<std::string> own_;
};

void check_places(const Block& block) {
  for (const Statement& claim : block.claims) {
    if (claim.at.empty()) continue;
    for (const auto& [name, values] : claim.at) {
      const auto range = std::find_if(block.parameters.begin(), block.parameters.end(),
                                      [&, wanted = name](const ParameterRange& r) { return r.name == wanted; });
      require(range != block.parameters.end(), "\"" + claim.text + "\": '" + name + "' is no parameter");
      for (const Rational& value : values)
        require(range->contains(value),
                "\"" + claim.text + "\": " + name + " = " + to_text_exact(value) + " is not in " + to_text(*range));
    }
    require(claim.at.size() == block.parameters.size(), "\"" + claim.text + "\": 'at' needs every parameter once");
  }
}

}  // namespace

bool Block::has_parameter(const std::string& name) const {
  return std::any_of(parameters.begin(), parameters.end(), [&](const ParameterRange& r) { return r.name == name; });
}

Block parse_block(const BlockText& text) {
  Block block;
  for (const auto& range : text.parameters) block.parameters.push_back(parse_parameter_range(range));
  block.grows = parse_direction(text.grows);
  block.quantities.insert(text.quantities.begin(), text.quantities.end());
  for (const auto& line : text.define) block.define.push_back(parse_definition(line));
  for (const auto& line : text.terms) block.terms.push_back(parse_term(block, line));
  for (const auto& line : text.substitute) block.substitute.push_back(parse_definition(line));
  block.minimise = text.minimise.value_or("");
  require(!text.minimise || !block.terms.empty(), "the key minimise needs terms");
  require(text.minimise || (!text.floor && !text.ceiling), "floor and ceiling need the key minimise");
  if (text.floor) block.floor = parse_expression(*text.floor);
  if (text.ceiling) block.ceiling = parse_expression(*text.ceiling);
  for (const auto& line : text.claims) {
    block.claims.push_back(parse_statement(line));
    require(block.claims.back().active.empty() || text.minimise, "\"" + line + "\" needs the key minimise");
  }
  require(!block.claims.empty(), "a rates block needs at least one claim");
  for (const auto& line : text.show) block.show.emplace_back(line, parse_expression(line));
  Names(block).check();
  check_places(block);
  return block;
}

}  // namespace shatterproof::rates
