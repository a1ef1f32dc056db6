#include "shatterproof/claims/prover/prove.hpp"

#include <algorithm>
#include <atomic>
#include <map>

#include "shatterproof/claims/expression/sample.hpp"
#include "shatterproof/claims/prover/algebra.hpp"
#include "shatterproof/claims/prover/domain.hpp"
#include "shatterproof/claims/prover/piece.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/parallel.hpp"

namespace shatterproof::prover {

using expression::NodeKind;
using expression::NodePointer;

namespace {

constexpr std::size_t kMostReals = 4;
constexpr Bits kSampleBits = 256;

/// The conjuncts of the claim: each may be cut into boxes in its own way.
void collect_goals(const NodePointer& node, std::vector<NodePointer>& goals) {
  if (node->kind != NodeKind::conjunction) return goals.push_back(node);
  for (const NodePointer& operand : node->operands) collect_goals(operand, goals);
}

/// Keeps the least index at which something happened.
void lower_to(std::atomic<std::size_t>& least, std::size_t index) {
  std::size_t seen = least.load();
  while (index < seen && !least.compare_exchange_weak(seen, index)) {
  }
}

class Prover {
 public:
  Prover(const Statement& statement, const Effort& effort) : statement_(statement), effort_(effort) {}

  Proof run() {
    instances_ = instances_of(statement_.ranges);
    proof_.instances = static_cast<long>(instances_.size());
    if (effort_.counts != nullptr) effort_.counts->instances = proof_.instances;
    require(instances_.front().reals.size() <= kMostReals, "at most 4 real variables can be handled");
    if (refuted_by_samples()) return std::move(proof_);
    std::vector<NodePointer> goals;
    collect_goals(statement_.claim.root, goals);
    for (NodePointer& goal : domain_goals(statement_.claim)) goals.push_back(std::move(goal));
    collect_tasks(goals);
    run_tasks();
    conclude();
    return std::move(proof_);
  }

 private:
  struct Task {
    std::size_t instance;
    Box box;
    NodePointer goal;
  };

  /// A goal that exact algebra settles needs no boxes; but they also look for a point that satisfies the hypothesis.
  void collect_tasks(const std::vector<NodePointer>& goals) {
    std::vector<std::vector<NodePointer>> open(instances_.size());
    parallel_for(instances_.size(), [&](std::size_t i) {
      for (const NodePointer& goal : goals)
        if (!met_hypothesis_ || !holds_by_algebra(goal, instances_[i])) open[i].push_back(goal);
    });
    for (std::size_t i = 0; i < instances_.size(); ++i) {
      proof_.by_algebra += static_cast<long>(goals.size() - open[i].size());
      if (open[i].empty()) continue;
      for (Box& box : boxes_of(instances_[i]))
        for (const NodePointer& goal : open[i]) tasks_.push_back({i, box, goal});
    }
  }

  /// The witness of the first instance that has one, whatever the threads do.
  bool refuted_by_samples() {
    std::vector<std::optional<Witness>> found(instances_.size());
    std::atomic<std::size_t> first{instances_.size()};
    std::atomic<bool> met{false};
    parallel_for(instances_.size(), [&](std::size_t i) {
      if (i > first.load()) return;
      PointCheck check(statement_.claim, statement_.given, kSampleBits);
      found[i] = witness_among_samples(check, instances_[i]);
      if (check.met_hypothesis()) met = true;
      if (found[i]) lower_to(first, i);
    });
    met_hypothesis_ = met;
    if (first.load() == instances_.size()) return false;
    proof_.verdict = Verdict::refuted;
    proof_.witness = found[first.load()];
    return true;
  }

  static std::optional<Witness> witness_among_samples(PointCheck& check, const Instance& instance) {
    for (const Box& box : cut_from_both_ends(boxes_of(instance)))
      for (const Bindings& point : sample_points(box))
        if (auto witness = check.witness_at(point)) return witness;
    return {};
  }

  /// First every instance is tried with a few boxes; what they leave is shared out among the threads.
  void run_tasks() {
    constexpr long kFirstBoxes = 7;
    run_round(std::min(kFirstBoxes, effort_.boxes));
    if (proof_.witness) return;
    std::vector<Task> left;
    for (std::size_t i = 0; i < results_.size(); ++i)
      for (Box& box : results_[i].remaining) left.push_back({tasks_[i].instance, std::move(box), tasks_[i].goal});
    tasks_ = std::move(left);
    std::map<std::size_t, long> parts;
    for (const Task& task : tasks_) ++parts[task.instance];
    long most = 1;
    for (const auto& [instance, count] : parts) most = std::max(most, count);
    run_round(std::max(1L, effort_.boxes / most));
  }

  void run_round(long boxes) {
    const Effort share{boxes, effort_.precision, effort_.counts};
    results_.assign(tasks_.size(), {});
    if (effort_.counts != nullptr) effort_.counts->waiting = static_cast<long>(tasks_.size());
    std::atomic<std::size_t> refuted{tasks_.size()};
    parallel_for(tasks_.size(), [&](std::size_t i) {
      if (i > refuted.load()) return;
      results_[i] = prove_piece(statement_, tasks_[i].goal, tasks_[i].box, share);
      if (results_[i].witness) lower_to(refuted, i);
    });
    results_.resize(std::min(tasks_.size(), refuted.load() + 1));
    for (const PieceResult& result : results_) {
      proof_.boxes += result.boxes;
      proof_.bits = std::max(proof_.bits, result.bits);
      met_hypothesis_ = met_hypothesis_ || result.met_hypothesis;
      if (result.witness) proof_.witness = result.witness;
    }
  }

  void conclude() {
    bool tied = false;
    for (const PieceResult& result : results_) {
      tied = tied || result.tied;
      add_remaining(result.remaining);
    }
    if (proof_.witness) {
      proof_.verdict = Verdict::refuted;
    } else if (proof_.remaining > 0) {
      proof_.needed = tied ? "an argument from outside: the two sides agree to " + std::to_string(effort_.precision) +
                                 " bits at some point"
                           : "more effort, or an argument from outside where the two sides touch";
    } else {
      conclude_proved();
    }
  }

  void add_remaining(const std::vector<Box>& boxes) {
    constexpr std::size_t kShown = 3;
    proof_.remaining += static_cast<long>(boxes.size());
    for (const Box& box : boxes)
      if (proof_.first_remaining.size() < kShown) proof_.first_remaining.push_back(box.text());
  }

  void conclude_proved() {
    proof_.verdict = Verdict::proved;
    if (!met_hypothesis_) proof_.vacuous = "no point was found that satisfies the hypothesis";
    if (statement_.trivial_when) find_trivial();
    if (!proof_.vacuous.empty()) proof_.verdict = Verdict::vacuous;
  }

  void find_trivial() {
    std::vector<char> trivial(instances_.size(), 0);
    parallel_for(instances_.size(), [&](std::size_t i) { trivial[i] = is_trivial(instances_[i]) ? 1 : 0; });
    const auto count = std::count(trivial.begin(), trivial.end(), 1);
    if (count == 0) return;
    const auto first = static_cast<std::size_t>(std::find(trivial.begin(), trivial.end(), 1) - trivial.begin());
    const auto last = trivial.size() - 1 -
                      static_cast<std::size_t>(std::find(trivial.rbegin(), trivial.rend(), 1) - trivial.rbegin());
    const auto name = [&](std::size_t i) { return expression::text_of(instances_[i].constants); };
    proof_.vacuous = "trivial for " + std::to_string(count) + " of " + std::to_string(trivial.size()) + " instances" +
                     (name(first).empty() ? ""
                      : first == last     ? ": " + name(first)
                                          : ": from " + name(first) + " to " + name(last));
  }

  /// Whether trivial_when holds at every point of the instance that satisfies the hypothesis.
  bool is_trivial(const Instance& instance) const {
    const auto moves = [&](const RealRange& r) { return statement_.trivial_when->root->depends_on(r.variable); };
    if (std::none_of(instance.reals.begin(), instance.reals.end(), moves))
      return decide_refining(*statement_.trivial_when, instance.constants, effort_.precision).truth == Truth::yes;
    const Statement trivial{{}, statement_.given, *statement_.trivial_when, {}};
    std::vector<NodePointer> goals = domain_goals(trivial.claim);
    goals.push_back(trivial.claim.root);
    for (const Box& box : boxes_of(instance))
      for (const NodePointer& goal : goals)
        if (!prove_piece(trivial, goal, box, {effort_.boxes, effort_.precision}).proved()) return false;
    return true;
  }

  const Statement& statement_;
  const Effort& effort_;
  Proof proof_;
  std::vector<Instance> instances_;
  std::vector<Task> tasks_;
  std::vector<PieceResult> results_;
  bool met_hypothesis_ = false;
};

}  // namespace

Proof prove(const Statement& statement, const Effort& effort) { return Prover(statement, effort).run(); }

}  // namespace shatterproof::prover
