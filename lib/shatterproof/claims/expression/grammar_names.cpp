#include <atomic>

#include "shatterproof/claims/expression/grammar.hpp"

// Names, and what follows them: arguments, the parts of sums and integrals.
namespace shatterproof::expression {
namespace {

/// No two sums have the same variable, so that definitions can be put into each other without capturing any.
std::string unique_name(const std::string& name) {
  static std::atomic<unsigned long> count = 0;
  return name + "'" + std::to_string(++count);
}

}  // namespace

NodePointer Grammar::name() {
  const Token token = tokens_[at_++];
  const bool called = sees("(");
  const Variable* variable = find_variable(token.text);
  if (variable != nullptr && !called)
    return nodes_.make({.kind = NodeKind::variable, .offset = token.offset, .name = variable->node_name});
  if (const Definition* d = definitions_.find(token.text)) return inlined(token, *d);
  const Function* f = find_function(token.text);
  if (f == nullptr) unknown(called ? "function" : "variable", token);
  if (f->kind != NodeKind::call && called) return binder(token, *f);
  if (!called && !f->arguments.empty())
    error(token.offset, "'" + token.text + "' needs its arguments: " + f->signature());
  return call(token, *f);
}

/// "(a, b, ...)", or nothing.
std::vector<NodePointer> Grammar::arguments(const std::string& function) {
  std::vector<NodePointer> operands;
  if (!take("(")) return operands;
  enter();
  if (!sees(")")) {
    do {
      operands.push_back(sum());
      require_kind(operands.back(), false);
    } while (take(","));
  }
  expect(")", "',' or ')' in the arguments of " + function);
  --level_;
  return operands;
}

NodePointer Grammar::call(const Token& token, const Function& function) {
  std::vector<NodePointer> operands = arguments(function.name);
  if (!function.accepts(operands.size()))
    error(token.offset, "wrong number of arguments (" + std::to_string(operands.size()) + "): expected " +
                            (function.arguments.empty() ? function.name + " alone" : function.signature()));
  return nodes_.make(
      {.kind = NodeKind::call, .offset = token.offset, .operands = std::move(operands), .function = &function});
}

/// sum(k, first, last, body) and its like.
NodePointer Grammar::binder(const Token& token, const Function& function) {
  const auto comma = [&] { expect(",", "',' between the arguments of " + function.signature()); };
  enter();
  take("(");
  const Token bound = new_name("the name of a new variable");
  comma();
  const bool integral = function.kind == NodeKind::integral;
  const auto end = [&] { return integral ? end_of_range() : number_expression().root; };
  NodePointer first = end();
  comma();
  NodePointer last = end();
  comma();
  variables_.push_back({bound.text, unique_name(bound.text)});
  NodePointer body = number_expression().root;
  const std::string node_name = variables_.back().node_name;
  variables_.pop_back();
  expect(")", "')' at the end of " + function.signature());
  --level_;
  return nodes_.make({.kind = function.kind,
                      .offset = token.offset,
                      .operands = {std::move(first), std::move(last), std::move(body)},
                      .name = node_name});
}

NodePointer Grammar::inlined(const Token& token, const Definition& definition) {
  if (!sees("(") && !definition.parameters.empty())
    error(token.offset, "'" + token.text + "' needs its arguments: " + definition.signature());
  const std::vector<NodePointer> operands = arguments(definition.name);
  if (operands.size() != definition.parameters.size())
    error(token.offset, "wrong number of arguments (" + std::to_string(operands.size()) + "): expected " +
                            definition.signature() + ", as defined by '" + definition.text + "'");
  std::map<std::string, NodePointer> values;
  for (std::size_t i = 0; i < operands.size(); ++i) values.emplace(definition.parameters[i], operands[i]);
  return nodes_.substitute(definition.body, values);
}

NodePointer Grammar::end_of_range() {
  const Token token = peek();
  const bool minus = sees("-") && tokens_[at_ + 1].text == "inf";
  if (minus) ++at_;
  if (!take("inf")) return number_expression().root;
  const NodePointer infinity = nodes_.make({.kind = NodeKind::infinity, .offset = token.offset});
  return minus ? nodes_.make({.kind = NodeKind::negate, .offset = token.offset, .operands = {infinity}}) : infinity;
}

}  // namespace shatterproof::expression
