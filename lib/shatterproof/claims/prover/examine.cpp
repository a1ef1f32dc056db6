#include "shatterproof/claims/prover/examine.hpp"

#include <utility>

#include "shatterproof/claims/expression/expression_error.hpp"

namespace shatterproof::prover {

using expression::Node;
using expression::NodeKind;
using expression::NodePointer;
using expression::Tree;

namespace {

template <class Kind>
Kind with_root(const Tree& tree, const NodePointer& root) {
  Kind result;
  static_cast<Tree&>(result) = tree;
  result.root = root;
  return result;
}

bool is_atom(const Node& node) { return node.kind != NodeKind::conjunction && node.kind != NodeKind::disjunction; }

/// left < right is false where right <= left, and so on.
Atom opposite(Atom atom) {
  std::swap(atom.left, atom.right);
  atom.kind = atom.kind == Atom::Kind::less ? Atom::Kind::less_or_equal : Atom::Kind::less;
  atom.negated = !atom.negated;
  return atom;
}

bool fails(const Tree& tree, const NodePointer& node, const Box& box) {
  if (is_atom(*node)) {
    const Atom atom = atom_of(tree, node);
    if (atom.kind == Atom::Kind::equal) return examine_atom(atom, box).truth == Truth::no;
    return examine_atom(opposite(atom), box).truth == Truth::yes;
  }
  const bool first = fails(tree, node->operands[0], box);
  if (first == (node->kind == NodeKind::conjunction)) return first;
  return fails(tree, node->operands[1], box);
}

}  // namespace

Atom atom_of(const Tree& tree, const NodePointer& node) {
  Atom atom{Atom::Kind::less_or_equal, with_root<expression::Expression>(tree, node->operands[0]),
            with_root<expression::Expression>(tree, node->operands[1]), with_root<expression::Claim>(tree, node)};
  if (node->kind == NodeKind::less || node->kind == NodeKind::greater) atom.kind = Atom::Kind::less;
  if (node->kind == NodeKind::equal) atom.kind = Atom::Kind::equal;
  if (node->kind == NodeKind::greater || node->kind == NodeKind::greater_or_equal) std::swap(atom.left, atom.right);
  return atom;
}

Examination examine(const Tree& tree, const NodePointer& node, const Box& box) {
  if (is_atom(*node)) return examine_atom(atom_of(tree, node), box);
  const Truth settling = node->kind == NodeKind::conjunction ? Truth::no : Truth::yes;
  const Examination first = examine(tree, node->operands[0], box);
  if (first.truth == settling) return first;
  const Examination second = examine(tree, node->operands[1], box);
  if (second.truth == settling || first.truth != Truth::unknown) return second;
  return first;
}

bool certainly_fails(const expression::Claim& claim, const Box& box) {
  try {
    return fails(claim, claim.root, box);
  } catch (const expression::ExpressionError&) {
    return false;  // undefined is not false
  }
}

}  // namespace shatterproof::prover
