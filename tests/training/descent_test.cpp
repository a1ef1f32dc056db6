#include <catch2/catch.hpp>
#include <cmath>

#include "shatterproof/network/evaluate.hpp"
#include "shatterproof/training/relu_descent.hpp"
#include "shatterproof/training/training_data.hpp"

using namespace shatterproof;

namespace {

/// The same descent written down as it stands in the paper: every activation, every step, in double.
struct PlainDescent {
  TrainingSettings settings;
  Network<double> network;
  DataSet<double> data;
  long clipped = 0;

  void step() {
    const Problem<double> problem{network, data};
    ActivationPattern pattern(data.samples(), network.neurons());
    for (Eigen::Index i = 0; i < data.samples(); ++i)
      for (Eigen::Index k = 0; k < network.neurons(); ++k) pattern.set(i, k, margin(problem, i, k) > 0);
    const Vector<double> g = gradient(problem, pattern);
    const double c = settings.clip > 0 ? std::min(1.0, settings.clip / g.norm()) : 1, eta = settings.eta;
    clipped += c < 1;
    const auto move = [&](double& theta, Eigen::Index at) { theta -= eta * (c * g(at) + settings.decay * theta); };
    const Eigen::Index d = network.dimension();
    move(network.beta, 0);
    for (Eigen::Index k = 0; k < network.neurons(); ++k) {
      const Eigen::Index at = 1 + k * (d + 2);
      move(network.v(k), at);
      for (Eigen::Index j = 0; j < d; ++j) move(network.W(k, j), at + 1 + j);
      move(network.b(k), at + 1 + d);
    }
  }
};

double distance(const Network<double>& a, const Network<double>& b) {
  return std::max({(a.W - b.W).cwiseAbs().maxCoeff(), (a.b - b.b).cwiseAbs().maxCoeff(),
                   (a.v - b.v).cwiseAbs().maxCoeff(), std::abs(a.beta - b.beta)});
}

TrainingSettings small_settings() {
  TrainingSettings settings;
  settings.dimension = 5;
  settings.samples = 61;
  settings.width = 83;
  settings.fresh = 0;
  return settings;
}

/// How far the descent is from the plain one after each of so many times fifty steps and a few.
double largest_distance(const TrainingSettings& settings, int rounds, bool& used_lists, long& clipped) {
  const TrainingData data = make_training_data(settings);
  PlainDescent plain{settings, initial_network(settings, settings.dimension), data.data};
  ReluDescent<double> descent(settings, plain.network, data.data);
  double largest = 0;
  used_lists = false;
  for (int round = 0; round < rounds; ++round) {
    const long steps = 50 + 7 * round;
    descent.look();
    used_lists = used_lists || descent.uses_lists();
    descent.advance(steps);
    for (long s = 0; s < steps; ++s) plain.step();
    largest = std::max(largest, distance(descent.network(), plain.network));
  }
  clipped = descent.clipped();
  CHECK(clipped == plain.clipped);
  return largest;
}

}  // namespace

TEST_CASE("the descent follows the plain one, by tables and by lists") {
  bool used_lists = false;
  long clipped = 0;
  TrainingSettings settings = small_settings();
  settings.eta = 0.05;
  CHECK(largest_distance(settings, 4, used_lists, clipped) < 1e-12);
  settings.samples = 150;
  settings.width = 203;
  CHECK(largest_distance(settings, 4, used_lists, clipped) < 1e-12);
  CHECK_FALSE(used_lists);
  settings = small_settings();
  settings.eta = 0.9;
  settings.initialisation = Initialisation::kaiming_uniform;
  settings.geometry = Geometry::subspaces;
  CHECK(largest_distance(settings, 6, used_lists, clipped) < 1e-12);
  settings = small_settings();
  settings.eta = 0.5;
  settings.target = Target::hoelder;
  settings.geometry = Geometry::radial;
  settings.alpha = 0.3;
  settings.samples = 100;
  settings.width = 203;
  CHECK(largest_distance(settings, 4, used_lists, clipped) < 1e-12);
  CHECK(used_lists);
}

TEST_CASE("weight decay and clipping are those of the formula") {
  bool used_lists = false;
  long clipped = 0;
  TrainingSettings settings = small_settings();
  settings.eta = 0.02;
  settings.decay = 0.1;
  settings.clip = 0.05;
  CHECK(largest_distance(settings, 3, used_lists, clipped) < 1e-12);
  CHECK(clipped > 0);
  settings.clip = 0;
  settings.decay = 0.3;
  settings.eta = 0.5;
  settings.sigma = 3;
  CHECK(largest_distance(settings, 4, used_lists, clipped) < 1e-10);
}

TEST_CASE("in float the descent stays near the one in double") {
  TrainingSettings settings = small_settings();
  settings.eta = 0.05;
  const TrainingData data = make_training_data(settings);
  PlainDescent plain{settings, initial_network(settings, 5), data.data};
  ReluDescent<float> descent(settings, plain.network, data.data);
  descent.look();
  descent.advance(100);
  for (int s = 0; s < 100; ++s) plain.step();
  CHECK(distance(descent.network(), plain.network) < 1e-4);
}

TEST_CASE("a neuron that is active on no sample never moves again, and counts on fresh inputs") {
  TrainingSettings settings = small_settings();
  const TrainingData data = make_training_data(settings);
  Network<double> start = initial_network(settings, 5);
  start.W.row(7) *= 0.5;
  start.b(7) = 1.1 * (data.data.X * start.W.row(7).transpose()).maxCoeff();
  const auto descent = make_descent(settings, start, data.data);
  descent->look();
  descent->advance(200);
  const Network<double> end = descent->network();
  CHECK(end.W.row(7) == start.W.row(7));
  CHECK(end.b(7) == start.b(7));
  CHECK(end.v(7) == start.v(7));
  // Far out it is active.
  const Vector<double> far = 1e6 * start.W.row(7).transpose();
  const double expected = value_at(end, far);
  CHECK(descent->values_at(far.transpose())(0) == Approx(expected).epsilon(1e-10));
}

TEST_CASE("outputs, activations and values elsewhere are those of the network") {
  for (const HiddenUnit unit : {HiddenUnit::relu, HiddenUnit::gelu}) {
    TrainingSettings settings = small_settings();
    settings.unit = unit;
    const TrainingData data = make_training_data(settings);
    const auto descent = make_descent(settings, initial_network(settings, 5), data.data);
    descent->look();
    descent->advance(60);
    descent->look();
    const Network<double> network = descent->network();
    CHECK((descent->outputs() - descent->values_at(data.data.X)).cwiseAbs().maxCoeff() < 1e-12);
    const BitMatrix active = descent->active();
    for (Eigen::Index i = 0; i < 61; ++i)
      for (Eigen::Index k = 0; k < 83; ++k)
        CHECK(active.at(i, k) == (network.W.row(k).dot(data.data.X.row(i)) - network.b(k) > 0));
  }
}

TEST_CASE("the GELU descent goes down the gradient of its loss") {
  TrainingSettings settings = small_settings();
  settings.unit = HiddenUnit::gelu;
  settings.width = 3;
  settings.eta = 1e-3;
  settings.clip = 0;
  const TrainingData data = make_training_data(settings);
  const Network<double> start = initial_network(settings, 5);
  const auto loss_of = [&](const Network<double>& network) {
    const auto probe = make_descent(settings, network, data.data);
    probe->look();
    return (probe->outputs() - data.data.y).squaredNorm() / (2 * 61.0);
  };
  const auto descent = make_descent(settings, start, data.data);
  descent->look();
  descent->advance(1);
  const Network<double> end = descent->network();
  const auto slope = [&](auto&& number) {
    constexpr double h = 1e-5;
    Network<double> above = start, below = start;
    number(above) += h;
    number(below) -= h;
    return (loss_of(above) - loss_of(below)) / (2 * h);
  };
  Network<double> from = start, to = end;
  const auto check = [&](auto&& number) {
    CHECK((number(from) - number(to)) / settings.eta == Approx(slope(number)).margin(1e-7));
  };
  check([](Network<double>& f) -> double& { return f.beta; });
  for (Eigen::Index k = 0; k < 3; ++k) {
    check([k](Network<double>& f) -> double& { return f.v(k); });
    check([k](Network<double>& f) -> double& { return f.b(k); });
    for (Eigen::Index j = 0; j < 5; ++j) check([k, j](Network<double>& f) -> double& { return f.W(k, j); });
  }
}

TEST_CASE("a descent without a neuron left still trains the bias") {
  TrainingSettings settings = small_settings();
  settings.eta = 0.5;
  const TrainingData data = make_training_data(settings);
  Network<double> start = initial_network(settings, 5);
  start.b.setConstant(100);
  const auto descent = make_descent(settings, start, data.data);
  descent->look();
  descent->advance(120);
  CHECK(descent->network().beta == Approx(data.data.y.mean()).epsilon(1e-9));
  CHECK(descent->network().W == start.W);
}
