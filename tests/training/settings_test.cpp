#include <catch2/catch.hpp>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/training/training_data.hpp"

using namespace shatterproof;

TEST_CASE("settings read back from their text") {
  TrainingSettings settings;
  set_parameter(settings, "eta", "0.1");
  set_parameter(settings, "geometry", "subspaces");
  set_parameter(settings, "seed", "18446744073709551615");
  set_parameter(settings, "arithmetic", "float");
  set_parameter(settings, "data", "some file=1.npz");
  const std::string text = canonical_text(settings);
  CHECK(canonical_text(settings_from_text(text)) == text);
  for (const TrainingParameter& p : training_parameters()) CHECK(text.find(p.name + "=") != std::string::npos);
}

TEST_CASE("a value that is not what is expected is refused and changes nothing") {
  TrainingSettings settings;
  const std::string before = canonical_text(settings);
  for (const auto& [name, text] : std::vector<std::pair<std::string, std::string>>{{"dim", "0"},
                                                                                   {"dim", "3.5"},
                                                                                   {"dim", ""},
                                                                                   {"samples", "-1"},
                                                                                   {"eta", "0"},
                                                                                   {"eta", "nan"},
                                                                                   {"eta", "inf"},
                                                                                   {"eta", "1x"},
                                                                                   {"sigma", "-1"},
                                                                                   {"width", "1e3"},
                                                                                   {"unit", "tanh"},
                                                                                   {"seed", "-1"},
                                                                                   {"epochs", "-1"},
                                                                                   {"alpha", "0"},
                                                                                   {"clip", "-inf"},
                                                                                   {"geometry", ""},
                                                                                   {"nonsense", "1"},
                                                                                   {"record-every", "0"}}) {
    INFO(name << "=" << text);
    CHECK_THROWS_AS(set_parameter(settings, name, text), PreconditionError);
  }
  CHECK(canonical_text(settings) == before);
  CHECK_THROWS_AS(settings_from_text("eta"), PreconditionError);
}

TEST_CASE("settings that do not fit each other are refused") {
  TrainingSettings settings;
  settings.geometry = Geometry::subspaces;
  settings.subspace_dimension = settings.dimension + 1;
  CHECK_THROWS_AS(require_consistent(settings), PreconditionError);
  settings = {};
  settings.certify_every = 150;
  CHECK_THROWS_AS(require_consistent(settings), PreconditionError);
  settings = {};
  settings.samples = settings.width = 2000000000;
  CHECK_THROWS_AS(require_consistent(settings), PreconditionError);
}

TEST_CASE("each law of the inputs is what it says") {
  TrainingSettings settings;
  settings.samples = 4000;
  settings.dimension = 3;
  const auto norms = [&] { return Vector<double>(make_training_data(settings).data.X.rowwise().norm()); };
  const auto share_beyond = [](const Vector<double>& r, double limit) {
    return static_cast<double>((r.array() > limit).count()) / static_cast<double>(r.size());
  };
  // Shares of 4000 draws: five standard deviations are below 0.04.
  CHECK(norms().maxCoeff() <= 1);
  CHECK(share_beyond(norms(), 0.9) == Approx(1 - std::pow(0.9, 3)).margin(0.04));
  settings.geometry = Geometry::radial;
  settings.alpha = 0.3;
  CHECK(share_beyond(norms(), 0.9) == Approx(std::pow(0.1, 0.3)).margin(0.04));
  CHECK(norms().maxCoeff() <= 1);
  settings.geometry = Geometry::sphere;
  CHECK(norms().minCoeff() > 1 - 1e-12);
  CHECK(norms().maxCoeff() <= 1);
  settings.geometry = Geometry::subspaces;
  settings.subspaces = 2;
  settings.subspace_dimension = 1;
  const Matrix<double> X = make_training_data(settings).data.X;
  int lines = 0;  // of the points on the line of the first
  for (Eigen::Index i = 0; i < X.rows(); ++i)
    lines += std::abs(std::abs(X.row(i).dot(X.row(0))) - X.row(i).norm() * X.row(0).norm()) < 1e-12;
  CHECK(lines / 4000.0 == Approx(0.5).margin(0.04));
}

TEST_CASE("the noise has its standard deviation, and streams do not depend on each other") {
  TrainingSettings settings;
  settings.samples = 4000;
  settings.sigma = 0.5;
  settings.target = Target::hoelder;
  const TrainingData data = make_training_data(settings);
  const Vector<double> noise = data.data.y - data.truth;
  CHECK(std::sqrt(noise.squaredNorm() / 4000) == Approx(0.5).margin(0.03));
  CHECK(data.truth.minCoeff() >= 1);
  settings.fresh = 10;
  settings.width = 7;
  CHECK(make_training_data(settings).data.y == data.data.y);
  settings.seed = 2;
  CHECK(make_training_data(settings).data.y != data.data.y);
}

TEST_CASE("the start has the variances of its name") {
  TrainingSettings settings;
  settings.width = 4000;
  settings.dimension = 5;
  Network<double> network = initial_network(settings, 5);
  CHECK(network.W.squaredNorm() / 20000 == Approx(2.0 / 5).epsilon(0.06));
  CHECK(network.v.squaredNorm() / 4000 == Approx(2.0 / 4000).epsilon(0.12));
  CHECK(network.b.isZero(0));
  CHECK(network.beta == 0);
  settings.initialisation = Initialisation::kaiming_uniform;
  network = initial_network(settings, 5);
  CHECK(network.W.cwiseAbs().maxCoeff() <= 1 / std::sqrt(5.0));
  CHECK(network.W.squaredNorm() / 20000 == Approx(1.0 / 15).epsilon(0.06));
  CHECK(network.b.squaredNorm() / 4000 == Approx(1.0 / 15).epsilon(0.12));
  CHECK(network.v.cwiseAbs().maxCoeff() <= 1 / std::sqrt(4000.0));
}
