#include "shatterproof/training/record.hpp"

#include <catch2/catch.hpp>

#include "shatterproof/flatness/network_report.hpp"
#include "shatterproof/network/convert.hpp"

using namespace shatterproof;

// Every number of a record against the enclosures of the exact network: another route for each.
TEST_CASE("a record agrees with the certified report of the same network") {
  TrainingSettings settings;
  settings.dimension = 3;
  settings.samples = 24;
  settings.width = 17;
  settings.fresh = 50;
  settings.eta = 0.3;
  settings.initialisation = Initialisation::kaiming_uniform;
  const TrainingData data = make_training_data(settings);
  const auto descent = make_descent(settings, initial_network(settings, 3), data.data);
  Vector<double> direction;
  for (int round = 0; round < 3; ++round) {
    descent->look();
    NeuronRecord neurons;
    TrainingRecord record = make_record(settings, data, *descent, direction, neurons);
    certify_record(settings, data, *descent, record);
    const Problem<Rational> exact = exact_problem({descent->network(), data.data});
    const NetworkReport report = report_network(exact, {20, LossKind::half_mean, {}, 0, true});
    const ChainQuantities& q = report.theory.chain.quantities;
    const auto near = [](const Ball& value) { return Approx(value.mid_double()).epsilon(1e-9).margin(1e-12); };
    const auto near_8 = [](const Ball& value) { return Approx(value.mid_double()).epsilon(1e-7); };
    CHECK(record.loss == near(q.loss));
    CHECK(record.lambda_max == near_8(report.lambda_max));
    CHECK(record.seminorm == near(q.unmerged_sum));
    CHECK(record.path_sum == near(q.path_sum));
    CHECK(record.gradient_side * 2 + 1 == near(q.mean_gradient_norm2));
    CHECK(record.block_side == near_8(q.right_side_data()));
    CHECK(record.sharp_side == near_8(q.right_side_sharp()));
    CHECK(record.paper_side == near_8(q.right_side_paper()));
    REQUIRE_FALSE(std::isnan(record.lambda_lower));
    CHECK(certainly_less(Ball::exact(record.lambda_lower), report.lambda_max));
    CHECK(certainly_less(report.lambda_max, Ball::exact(record.lambda_upper)));
    for (std::size_t k = 0; k < 17; ++k) {
      CHECK(neurons.activation[k] == Approx(static_cast<double>(report.neurons[k].active) / 24));
      CHECK(neurons.norm[k] == Approx(report.neurons[k].path_norm.mid_double()));
    }
    descent->advance(100);
  }
}

TEST_CASE("the error on fresh inputs tends to the one by other inputs") {
  TrainingSettings settings;
  settings.dimension = 2;
  settings.samples = 50;
  settings.width = 40;
  settings.fresh = 40000;
  TrainingSettings other = settings;
  const TrainingData data = make_training_data(settings);
  const auto descent = make_descent(settings, initial_network(settings, 2), data.data);
  descent->look();
  Vector<double> direction;
  NeuronRecord neurons;
  const double mse = make_record(settings, data, *descent, direction, neurons).mse_fresh;
  other.fresh = 10000;
  const double fewer = make_record(other, make_training_data(other), *descent, direction, neurons).mse_fresh;
  CHECK(mse == Approx(fewer).epsilon(0.05));
  CHECK(mse != fewer);
}
