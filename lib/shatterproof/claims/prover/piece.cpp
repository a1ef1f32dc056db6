#include "shatterproof/claims/prover/piece.hpp"

#include <algorithm>

#include "shatterproof/claims/expression/expression_error.hpp"
#include "shatterproof/claims/prover/tie.hpp"

namespace shatterproof::prover {

using expression::NodeKind;
using expression::NodePointer;

namespace {

constexpr Bits kFirstBits = 64;
constexpr int kMostCuts = 60;             ///< of one variable: a box of 2^-60 of its length is given up
constexpr std::size_t kMostGivenUp = 16;  ///< then the rest would end no better

struct Item {
  Box box;
  Bits bits = kFirstBits;
};

class Piece {
 public:
  Piece(const Statement& statement, const NodePointer& goal, const Effort& effort)
      : statement_(statement),
        goal_(goal),
        effort_(effort),
        points_(statement.claim, statement.given, effort.precision) {}

  PieceResult run(const Box& box) {
    stack_.push_back({box});
    known_ = 1;
    while (!stack_.empty() && result_.boxes < effort_.boxes && result_.remaining.size() < kMostGivenUp) {
      Item item = std::move(stack_.back());
      stack_.pop_back();
      step(item);
      count(1, stack_.size());
      if (result_.witness) break;
    }
    count(0, 0);
    for (auto item = stack_.rbegin(); item != stack_.rend(); ++item) result_.remaining.push_back(std::move(item->box));
    result_.met_hypothesis = points_.met_hypothesis();
    return std::move(result_);
  }

 private:
  void count(long done, std::size_t waiting) {
    if (effort_.counts == nullptr) return;
    effort_.counts->done += done;
    effort_.counts->waiting += static_cast<long>(waiting) - known_;
    known_ = static_cast<long>(waiting);
  }

  void step(Item& item) {
    ++result_.boxes;
    result_.bits = std::max(result_.bits, item.bits);
    const PrecisionScope scope(item.bits);
    if (statement_.given && certainly_fails(*statement_.given, item.box)) return;
    const Examination found = examine_defined(item.box);
    if (found.truth == Truth::yes) {
      if (!points_.met_hypothesis()) (void)points_.satisfies_hypothesis(item.box.middle());
      return;
    }
    if (found.suspect && try_suspect(*found.suspect, item.box)) return;
    if (found.blocked && 2 * item.bits <= effort_.precision) {
      item.bits *= 2;
      stack_.push_back(std::move(item));
      return;
    }
    split(item, found);
  }

  bool try_suspect(const Box& suspect, const Box& box) {
    for (const long small : {1L, 10L, 40L}) {
      Bindings point = suspect.middle();
      for (const Cell& cell : box.cells)  // a limit t -> 0 has no value yet
        point.emplace(cell.variable, cell.at(cell.low + cell.width() * power(Rational(1, 2), small)));
      const bool limited = suspect.middle().size() < point.size();
      result_.witness = points_.witness_at(point);
      if (result_.witness || !limited) break;
    }
    return result_.witness.has_value();
  }

  /// Where the statement is certainly undefined on the whole box, its middle tells whether that is a mistake.
  Examination examine_defined(const Box& box) {
    try {
      return examine(statement_.claim, goal_, box);
    } catch (const expression::ExpressionError&) {
      Examination unsettled;
      if (points_.witness_at(box.middle())) unsettled.suspect = box;
      unsettled.split = widest(box);
      return unsettled;
    }
  }

  static std::string widest(const Box& box) {
    if (box.cells.empty()) return "";
    const auto fewest_cuts = [](const Cell& a, const Cell& b) { return a.cuts < b.cuts; };
    return std::min_element(box.cells.begin(), box.cells.end(), fewest_cuts)->variable;
  }

  void split(Item& item, const Examination& found) {
    // A hypothesis may depend on variables in which the claim is monotone.
    const std::string variable = found.split.empty() || statement_.given ? widest(item.box) : found.split;
    auto& cells = item.box.cells;
    const auto cell = std::find_if(cells.begin(), cells.end(), [&](const Cell& c) { return c.variable == variable; });
    if (cell == cells.end() || cell->cuts >= kMostCuts) {
      result_.tied |= found.blocked;
      result_.remaining.push_back(std::move(item.box));
      return;
    }
    if (cut_at_tie(item, cell->cuts)) return;
    auto [first, second] = item.box.halves(static_cast<std::size_t>(cell - cells.begin()));
    stack_.push_back({std::move(second), item.bits});
    stack_.push_back({std::move(first), item.bits});
  }

  /// Looks for a point of exact equality inside, or an edge of the hypothesis or of an alternative, at certain depths
  /// only, since it costs more than a box.
  bool cut_at_tie(const Item& item, int cuts) {
    constexpr int kFirst = 4, kEvery = 8;
    if (cuts % kEvery != kFirst) return false;
    auto cut = tie_in(statement_.claim, goal_, item.box, false);
    if (!cut && goal_->kind == NodeKind::disjunction) cut = tie_in(statement_.claim, goal_, item.box, true);
    if (!cut && statement_.given) cut = tie_in(*statement_.given, statement_.given->root, item.box, true);
    if (!cut) return false;
    for (Box& part : cut_at(item.box, *cut)) stack_.push_back({std::move(part), item.bits});
    return true;
  }

  using Cut = std::vector<std::optional<Rational>>;

  /// In one of the comparisons below the node: a point where its sides touch, or an edge of where it holds.
  static std::optional<Cut> tie_in(const expression::Tree& tree, const NodePointer& node, const Box& box, bool edge) {
    if (node->kind == NodeKind::conjunction || node->kind == NodeKind::disjunction) {
      const auto first = tie_in(tree, node->operands[0], box, edge);
      return first ? first : tie_in(tree, node->operands[1], box, edge);
    }
    try {
      const Atom atom = atom_of(tree, node);
      if (!edge) return exact_tie(atom, box);
      for (std::size_t i = 0; i < box.cells.size(); ++i) {
        Cut cut(box.cells.size());
        cut[i] = exact_edge(atom, box, i);
        if (cut[i]) return cut;
      }
    } catch (const expression::ExpressionError&) {
      return {};  // Newton's method left the domain
    }
    return {};
  }

  const Statement& statement_;
  const NodePointer& goal_;
  const Effort& effort_;
  PointCheck points_;
  std::vector<Item> stack_;
  long known_ = 0;  ///< boxes counted as waiting
  PieceResult result_;
};

}  // namespace

PieceResult prove_piece(const Statement& statement, const NodePointer& goal, const Box& box, const Effort& effort) {
  return Piece(statement, goal, effort).run(box);
}

}  // namespace shatterproof::prover
