#include "shatterproof/claims/prover/domain.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof::prover {

using expression::Node;
using expression::NodeKind;
using expression::NodePointer;

namespace {

/// least <= argument <= most; share: one over the second argument of the call.
struct Domain {
  std::size_t argument;
  long least;
  enum class Most { none, one, two, pi, share } most;
};

/// The functions that clamp; a test tries all of the catalogue.
const Domain* domain_of(const std::string& function) {
  using Most = Domain::Most;
  static const std::map<std::string, Domain> special{{"cap_area_fraction", {1, 0, Most::pi}},
                                                     {"atom_norm2", {1, 0, Most::one}},
                                                     {"atom_norm2_lebesgue", {1, 0, Most::one}},
                                                     {"atom_norm2_ratio", {1, 0, Most::one}},
                                                     {"binomial_tail", {1, 0, Most::one}},
                                                     {"binomial_cdf", {1, 0, Most::one}},
                                                     {"multinomial_max_tail", {2, 0, Most::share}},
                                                     {"multinomial_min_tail", {2, 0, Most::share}},
                                                     {"poisson_tail", {0, 0, Most::none}},
                                                     {"poisson_cdf", {0, 0, Most::none}},
                                                     {"bpsk_mmse", {0, 0, Most::none}},
                                                     {"levenshtein", {1, -1, Most::none}},
                                                     {"cap_mass", {1, 0, Most::two}}};
  static const Domain depth{1, 0, Most::two};
  const auto found = special.find(function);
  if (found != special.end()) return &found->second;
  const auto* f = expression::find_function(function);
  return f != nullptr && function.rfind("ball_", 0) == 0 && f->arguments.size() == 2 ? &depth : nullptr;
}

class Collector {
 public:
  std::vector<NodePointer> run(const NodePointer& root) {
    visit(root);
    return std::move(goals_);
  }

 private:
  void visit(const NodePointer& node) {
    if (node->kind == NodeKind::disjunction) return visit_alternatives(*node);
    if (node->binds()) binders_[node->name] = node;
    for (const NodePointer& operand : node->operands) visit(operand);
    if (node->kind == NodeKind::call) add_call(*node);
  }

  void visit_alternatives(const Node& node) {
    visit(node.operands[0]);
    const std::size_t before = goals_.size();
    visit(node.operands[1]);
    for (std::size_t i = before; i < goals_.size(); ++i)
      goals_[i] = combine(NodeKind::disjunction, node.operands[0], goals_[i]);
  }

  void add_call(const Node& call) {
    const Domain* domain = domain_of(call.function->name);
    if (domain == nullptr) return;
    const NodePointer& argument = call.operands[domain->argument];
    const NodePointer most = greatest(*domain, call);
    const auto bound = binders_.find(argument->kind == NodeKind::variable ? argument->name : "");
    if (bound != binders_.end()) {
      require_free(most, call);
      add_limits(*domain, bound->second->operands[0], most);
      add_limits(*domain, bound->second->operands[1], most);
      return;
    }
    require_free(argument, call);
    require_free(most, call);
    add_limits(*domain, argument, most);
  }

  void require_free(const NodePointer& node, const Node& call) const {
    if (node == nullptr) return;
    for (const std::string& variable : node->variables)
      require(binders_.count(variable) == 0,
              "the domain of " + call.function->name +
                  " inside a sum or integral can only be checked for its variable alone");
  }

  /// The greatest value of the argument; nullptr if there is none.
  static NodePointer greatest(const Domain& domain, const Node& call) {
    using Most = Domain::Most;
    if (domain.most == Most::none) return nullptr;
    if (domain.most == Most::pi) return pi(call);
    if (domain.most == Most::share) return combine(NodeKind::divide, number(1, call), call.operands[1]);
    return number(domain.most == Most::one ? 1 : 2, call);
  }

  void add_limits(const Domain& domain, const NodePointer& argument, const NodePointer& most) {
    const Node* cells = domain.most == Domain::Most::share ? most->operands[1].get() : nullptr;
    if (argument->kind == NodeKind::number || !seen_.insert({argument.get(), &domain, cells}).second) return;
    goals_.push_back(combine(NodeKind::less_or_equal, number(domain.least, *argument), argument));
    if (most != nullptr) goals_.push_back(combine(NodeKind::less_or_equal, argument, most));
  }

  static NodePointer number(long value, const Node& at) {
    Node node{.kind = NodeKind::number, .offset = at.offset, .number = value};
    node.source = at.source;
    return std::make_shared<const Node>(std::move(node));
  }
  static NodePointer pi(const Node& at) {
    Node node{.kind = NodeKind::call, .offset = at.offset, .function = expression::find_function("pi")};
    node.source = at.source;
    return std::make_shared<const Node>(std::move(node));
  }

  static NodePointer combine(NodeKind kind, const NodePointer& left, const NodePointer& right) {
    Node node{.kind = kind, .offset = left->offset, .operands = {left, right}};
    node.source = right->source;
    node.depth = std::max(left->depth, right->depth) + 1;
    std::set_union(left->variables.begin(), left->variables.end(), right->variables.begin(), right->variables.end(),
                   std::back_inserter(node.variables));
    return std::make_shared<const Node>(std::move(node));
  }

  std::vector<NodePointer> goals_;
  std::map<std::string, NodePointer> binders_;
  std::set<std::tuple<const Node*, const Domain*, const Node*>> seen_;
};

}  // namespace

std::vector<NodePointer> domain_goals(const expression::Tree& tree) { return Collector().run(tree.root); }

}  // namespace shatterproof::prover
