#include "shatterproof/flatness/exact_inputs.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr int kMostDoubles = 12;

/// Takes the next double off a number; what is left over stays.
double take_double(Ball& rest) {
  const double part = rest.mid_double();
  rest -= Ball::exact(part);
  return part;
}

/// The problem without the neurons that are active nowhere.
Problem<Ball> alive_part(const Problem<Ball>& problem, const std::vector<Index>& alive) {
  const auto& [network, data] = problem;
  return {{network.W(alive, Eigen::all), network.b(alive), network.v(alive), network.beta}, data};
}

template <class Array, class Visit>
bool every(const Array& rest, const Array& whole, const Visit& visit) {
  for (Index j = 0; j < rest.cols(); ++j)
    for (Index i = 0; i < rest.rows(); ++i)
      if (!visit(rest(i, j), whole(i, j))) return false;
  return true;
}

/// |rest| <= error |whole| for every number.
bool is_within(const Problem<Ball>& rest, const Problem<Ball>& whole, double error) {
  const Ball relative = Ball::exact(error);
  const auto close = [&](const Ball& r, const Ball& x) {
    return arb_is_zero(r.get()) != 0 || certainly_less_or_equal(abs(r), relative * abs(x).lower());
  };
  return every(rest.network.W, whole.network.W, close) && every(rest.network.b, whole.network.b, close) &&
         every(rest.network.v, whole.network.v, close) && close(rest.network.beta, whole.network.beta) &&
         every(rest.data.X, whole.data.X, close) && every(rest.data.y, whole.data.y, close);
}

ExactInputs::Part take_part(Problem<Ball>& rest, bool first) {
  auto& [network, data] = rest;
  const Index n = data.samples(), A = network.neurons(), d = network.dimension();
  ExactInputs::Part part{LaneRows<double>(n, d + 2), LaneRows<double>(A, d + 2),
                         AlignedVector<double>(static_cast<std::size_t>(A)), Vector<double>(n),
                         take_double(network.beta)};
  for (Index j = 0; j < d; ++j) {
    for (Index i = 0; i < n; ++i) part.samples(i, j) = take_double(data.X(i, j));
    for (Index k = 0; k < A; ++k) part.weights(k, j) = take_double(network.W(k, j));
  }
  for (Index i = 0; i < n; ++i) {
    part.samples(i, d) = first ? -1 : 0;
    part.labels(i) = take_double(data.y(i));
  }
  for (Index k = 0; k < A; ++k) {
    part.weights(k, d) = take_double(network.b(k));
    part.outputs[static_cast<std::size_t>(k)] = take_double(network.v(k));
  }
  return part;
}

}  // namespace

std::optional<ExactInputs> ExactInputs::split(const Problem<Ball>& problem, const MaskedPattern& pattern,
                                              double wanted) {
  const Problem<Ball> whole = alive_part(problem, pattern.alive);
  Problem<Ball> rest = whole;
  ExactInputs inputs;
  inputs.lifted = problem.network.dimension() + 1;
  while (inputs.parts.size() < kMostDoubles) {
    inputs.parts.push_back(take_part(rest, inputs.parts.empty()));
    for (const double error : {0.0, wanted}) {
      if (!is_within(rest, whole, error)) continue;
      inputs.relative_error = error;
      return inputs;
    }
  }
  return {};
}

}  // namespace shatterproof
