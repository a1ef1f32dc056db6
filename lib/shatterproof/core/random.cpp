#include "shatterproof/core/random.hpp"

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/uniform_01.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <cmath>

#include "shatterproof/core/error.hpp"

namespace shatterproof {

std::uint64_t stream_seed(std::uint64_t seed, std::uint64_t stream, std::uint64_t index) {
  // Two rounds of splitmix64 (Steele, Lea, Flood 2014): neighbouring seeds give unrelated streams.
  std::uint64_t z = seed + 0x9e3779b97f4a7c15u * stream + 0xbf58476d1ce4e5b9u * index;
  for (int round = 0; round < 2; ++round) {
    z += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z ^= z >> 31;
  }
  return z;
}

struct Random::Engine {
  boost::random::mt19937_64 bits;
  boost::random::normal_distribution<double> gaussian;
  explicit Engine(std::uint64_t seed) : bits(seed) {}
};

Random::Random(std::uint64_t seed) : engine_(std::make_unique<Engine>(seed)) {}
Random::~Random() = default;
Random::Random(Random&&) noexcept = default;

double Random::uniform() { return boost::random::uniform_01<double>()(engine_->bits); }
double Random::normal() { return engine_->gaussian(engine_->bits); }

std::uint64_t Random::below(std::uint64_t bound) {
  require(bound >= 1, "Random::below: the bound must be at least 1");
  return boost::random::uniform_int_distribution<std::uint64_t>(0, bound - 1)(engine_->bits);
}

std::vector<double> Random::unit_vector(int dimension) {
  require(dimension >= 1, "a unit vector needs a dimension of at least 1");
  std::vector<double> u(dimension);
  double norm2 = 0;
  while (!(norm2 > 1e-200)) {
    norm2 = 0;
    for (double& c : u) {
      c = normal();
      norm2 += c * c;
    }
  }
  for (double& c : u) c /= std::sqrt(norm2);
  return u;
}

std::vector<double> Random::in_unit_ball(int dimension) {
  std::vector<double> x = unit_vector(dimension);
  const double radius = std::pow(uniform(), 1.0 / dimension);
  // One part in 2^50 inside, so that rounding never leaves the ball.
  for (double& c : x) c *= radius * (1 - 0x1p-50);
  return x;
}

}  // namespace shatterproof
