// certificate_bench N K D [DIGITS]: seconds of processor time to enclose lambda_max of a random network, to write the
// certificate and to check it. Not a test: timings never fail a build.
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <ctime>

#include "checker/check.hpp"
#include "shatterproof/certificate/lambda_max_certificate.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/flatness/lambda_max.hpp"
#include "shatterproof/network/convert.hpp"

namespace {

using namespace shatterproof;

Problem<Rational> normal_problem(long n, long K, long d) {
  Random random(1);
  Problem<double> p{{Matrix<double>(K, d), Vector<double>(K), Vector<double>(K), 0.1},
                    {Matrix<double>(n, d), Vector<double>(n), 100.0}};
  const auto fill = [&](auto& array, double scale) {
    for (Eigen::Index j = 0; j < array.cols(); ++j)
      for (Eigen::Index i = 0; i < array.rows(); ++i) array(i, j) = scale * random.normal();
  };
  fill(p.network.W, 1), fill(p.network.b, 0.5), fill(p.network.v, 1 / std::sqrt(double(K)));
  fill(p.data.X, 1 / std::sqrt(double(d))), fill(p.data.y, 1);
  return exact_problem(p);
}

template <class Work>
double seconds(const Work& work) {
  const std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return fmt::print(stderr, "usage: certificate_bench N K D [DIGITS]\n"), 2;
  const auto number = [&](int i) { return std::strtol(argv[i], nullptr, 10); };
  const Problem<Rational> problem = normal_problem(number(1), number(2), number(3));
  const int digits = argc > 4 ? static_cast<int>(number(4)) : 10;
  const ActivationPattern pattern = activation_pattern(problem);
  EigenvalueEnclosure enclosure;
  LambdaMaxCertificate certificate;
  checker::Outcome outcome;
  // A certificate asks for an enclosure to two digits more; that time is the other command's.
  const double enclosed = seconds([&] { enclosure = enclose_lambda_max(ball_problem(problem), pattern, digits + 2); });
  const double written =
      seconds([&] { certificate = lambda_max_certificate(problem, pattern, enclosure.value, digits); });
  const double checked = seconds([&] { outcome = checker::check(certificate.text); });
  fmt::print("n={} K={} d={} digits={}: enclose {:.2f} s, write {:.2f} s ({:.2f} MB), check {:.2f} s: {}\n", number(1),
             number(2), number(3), digits, enclosed, written, double(certificate.text.size()) / 1e6, checked,
             outcome.text.substr(0, 120));
  return outcome.answer == checker::Answer::verified ? 0 : 1;
}
