// 200 random networks, written in every layout that is read, against a dense computation with 100 digits that shares
// only the eigensolver's front with the library: the Hessian is written down anew from its definition.
#include "network/temporary_files.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/flatness/network_report.hpp"
#include "shatterproof/linalg/eigenpairs.hpp"
#include "shatterproof/linalg/real_traits.hpp"
#include "shatterproof/network/convert.hpp"

using namespace shatterproof;
using namespace shatterproof::testing;

namespace {

using Index = Eigen::Index;

constexpr int kNetworks = 200;
constexpr unsigned kReferenceDigits = 100;

Problem<float> random_network(std::uint64_t seed) {
  Random random(seed);
  const auto size = [&](std::uint64_t most) { return static_cast<Index>(1 + random.below(most)); };
  const Index n = size(8), K = size(4), d = size(3);
  Problem<float> p{{Matrix<float>(K, d), Vector<float>(K), Vector<float>(K), static_cast<float>(random.normal())},
                   {Matrix<float>(n, d), Vector<float>(n), 0}};
  const auto fill = [&](auto&& array, double scale) {
    for (Index j = 0; j < array.cols(); ++j)
      for (Index i = 0; i < array.rows(); ++i) array(i, j) = static_cast<float>(scale * random.normal());
  };
  // From lazy to huge output weights, so that either block of the Hessian may dominate.
  const double scale = std::pow(10.0, 2 * random.uniform() - 1);
  fill(p.network.W, 1), fill(p.network.b, 0.3), fill(p.network.v, scale), fill(p.data.X, 1), fill(p.data.y, 1);
  return p;
}

template <class Array>
std::vector<float> row_major(const Array& m) {
  std::vector<float> values;
  for (Index i = 0; i < m.rows(); ++i)
    for (Index j = 0; j < m.cols(); ++j) values.push_back(m(i, j));
  return values;
}
template <class Array>
std::vector<float> column_major(const Array& m) {
  return {m.data(), m.data() + m.size()};
}

std::string pair(Index a, Index b) { return "(" + std::to_string(a) + ", " + std::to_string(b) + ")"; }
std::string single(Index a) { return "(" + std::to_string(a) + ",)"; }

std::string torch_npz(const Problem<float>& p) {
  const auto& [net, data] = p;
  const Index K = net.neurons(), d = net.dimension(), n = data.samples();
  const Vector<float> bias = -net.b;
  return zip({{"fc1.weight.npy", npy("'<f4'", pair(K, d), raw(column_major(net.W)), "True")},
              {"fc1.bias.npy", npy("'<f4'", single(K), raw(column_major(bias)))},
              {"fc2.weight.npy", npy("'<f4'", pair(1, K), raw(column_major(net.v)))},
              {"fc2.bias.npy", npy("'<f4'", "(1,)", raw(std::vector<float>{net.beta}))},
              {"X.npy", npy("'<f4'", pair(n, d), raw(row_major(data.X)))},
              {"y.npy", npy("'<f4'", single(n), raw(column_major(data.y)))}});
}

std::string torch_safetensors(const Problem<float>& p) {
  const auto& net = p.network;
  std::string header, data;
  const auto add = [&](const std::string& name, const std::string& shape, const std::string& bytes) {
    header += (header.empty() ? "{\"" : ",\"") + name + R"(":{"dtype":"F32","shape":[)" + shape +
              R"(],"data_offsets":[)" + std::to_string(data.size()) + "," + std::to_string(data.size() + bytes.size()) +
              "]}";
    data += bytes;
  };
  const std::string K = std::to_string(net.neurons());
  add("0.weight", K + "," + std::to_string(net.dimension()), raw(row_major(net.W)));
  add("0.bias", K, raw(column_major(Vector<float>(-net.b))));
  add("2.weight", "1," + K, raw(column_major(net.v)));
  add("2.bias", "1", raw(std::vector<float>{net.beta}));
  return safetensors(header + "}", data);
}

/// The network through one of four kinds of file.
Problem<Rational> through_file(const TemporaryFolder& folder, int kind, const Problem<float>& p,
                               const Problem<Rational>& exact) {
  if (kind == 0) {
    write_problem(folder.path / "net.npz", exact);
    return read_problem(folder.path / "net.npz");
  }
  if (kind == 1) {
    write_problem(folder.path / "net.json", exact);
    return read_problem(folder.path / "net.json");
  }
  const auto whole = folder.write("torch.npz", torch_npz(p));
  if (kind == 2) return read_problem(whole, {{}, exact.data.R}).problem;
  const DataFile data = read_data(whole, exact.data.R);
  return read_problem(folder.write("torch.safetensors", torch_safetensors(p)), {{}, {}, &data}).problem;
}

/// H = (1/n) sum (g g^T + r Hess f) from the definition, in the order (v_k; w_kj; b_k; beta).
Matrix<Real> plain_hessian(const Problem<Rational>& p) {
  const auto& [net, data] = p;
  const Index K = net.neurons(), d = net.dimension(), n = data.samples(), N = K * (d + 2) + 1;
  Matrix<Rational> H = Matrix<Rational>::Constant(N, N, Rational(0));
  for (Index i = 0; i < n; ++i) {
    Vector<Rational> g = Vector<Rational>::Constant(N, Rational(0));
    Rational f = net.beta;
    std::vector<Rational> s(static_cast<std::size_t>(K));
    for (Index k = 0; k < K; ++k) {
      Rational& sum = s[static_cast<std::size_t>(k)];
      sum = -net.b(k);
      for (Index j = 0; j < d; ++j) sum += net.W(k, j) * data.X(i, j);
      if (sgn(sum) > 0) f += net.v(k) * sum;
    }
    const Rational r = f - data.y(i);
    g(N - 1) = 1;
    for (Index k = 0; k < K; ++k) {
      if (sgn(s[static_cast<std::size_t>(k)]) <= 0) continue;
      g(k) = s[static_cast<std::size_t>(k)];
      for (Index j = 0; j < d; ++j) {
        const Index w = K + k * d + j;
        g(w) = net.v(k) * data.X(i, j);
        H(k, w) += r * data.X(i, j), H(w, k) += r * data.X(i, j);
      }
      const Index b = K + K * d + k;
      g(b) = -net.v(k);
      H(k, b) -= r, H(b, k) -= r;
    }
    for (Index a = 0; a < N; ++a)
      for (Index c = 0; c < N; ++c) H(a, c) += g(a) * g(c);
  }
  return convert_matrix<Real>(H, [&](const Rational& x) { return rounded_real(Rational(x / static_cast<long>(n))); });
}

std::vector<Rational> reference_spectrum(const Problem<Rational>& p) {
  const RealPrecisionScope scope(kReferenceDigits + 5);
  std::vector<Rational> spectrum;
  for (const Real& value : approx_eigenvalues(plain_hessian(p))) spectrum.push_back(exact_rational(value));
  return spectrum;
}

const Rational kReferenceError = power(Rational(10), -90);

bool encloses(const Ball& value, const Rational& reference) {
  return value.lower_rational() <= reference * (1 + kReferenceError) &&
         value.upper_rational() >= reference * (1 - kReferenceError);
}

}  // namespace

TEST_CASE("200 random networks against dense matrices with 100 digits: no disagreement") {
  const TemporaryFolder folder;
  int networks = 0, disagreements = 0, in_double = 0;
  for (std::uint64_t seed = 1; networks < kNetworks; ++seed, ++networks) {
    INFO("seed " << seed);
    const Problem<float> p = random_network(seed);
    Problem<Rational> exact =
        convert_problem<Rational>(p, [](float x) { return exact_rational(static_cast<double>(x)); });
    exact.data.R = 10;
    const int kind = networks % 4;
    const LossKind loss = static_cast<LossKind>(networks % 3);
    const Problem<Rational> read = through_file(folder, kind, p, exact);
    REQUIRE(equal(read, exact));
    const std::vector<Rational> spectrum = reference_spectrum(exact);
    const Rational factor = loss_factor(loss, exact.data.samples()), top = factor * spectrum.front();
    Rational trace = 0;
    for (const Rational& eigenvalue : spectrum) trace += factor * eigenvalue;

    for (const int digits : {8, 40}) {
      // A step as close to the edge as the enclosure's last digits, on either side of it.
      const Rational hair = power(Rational(10), -digits - 10);
      for (const bool above : {false, true}) {
        const Rational eta = 2 / (top * (above ? Rational(1 + hair) : Rational(1 - hair)));
        const NetworkReport report = report_network(read, {digits, loss, eta, 3});
        const PrecisionScope scope(report.theory.bits);
        const Verdict wanted = above ? Verdict::proved : Verdict::refuted;
        const bool agrees = encloses(report.lambda_max, top) && encloses(report.trace, trace) &&
                            report.at->stable == wanted && verdict_of(report.theory.chain) == Verdict::proved &&
                            report.step.value * top <= 2;
        if (!agrees) ++disagreements;
        CHECK(agrees);
        const Rational width = report.lambda_max.upper_rational() - report.lambda_max.lower_rational();
        CHECK(width <= power(Rational(10), 1 - digits) * top);
        CHECK(std::abs(report.approx_top.front() - top.get_d()) <= 1e-12 * top.get_d());
        CHECK(report.approx_top.size() == std::min<std::size_t>(3, spectrum.size()));
        if (report.theory.lambda_max.method.find("double") != std::string::npos) ++in_double;
      }
    }
  }
  WARN(networks << " networks, " << disagreements << " disagreements; certified in double " << in_double << " times");
  CHECK(networks == kNetworks);
  CHECK(disagreements == 0);
}
