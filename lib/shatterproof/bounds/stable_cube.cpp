#include "shatterproof/bounds/stable_cube.hpp"

#include <algorithm>

#include "shatterproof/bounds/cube_prior.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {

Ball StableCube::mass() const { return uniform_ball::cap_mass(dimension, Ball(Rational(eps * eps))); }

Integer StableCube::allowed() const {
  const Ball z = Ball(samples) * Ball(Rational(2 / eta - 1)) / (Ball(2) * sqrt(Ball(2)) * Ball(amplitude));
  return std::max(Integer(0), floor(z.lower_rational()));
}

Ball StableCube::failure() const {
  // P(Z > z) <= C(n, z+1) p^(z+1) <= (e n p/(z+1))^(z+1), and a union bound over the caps.
  const Ball next(Integer(allowed() + 1));
  return Ball(caps) * exp(next * (Ball(1) + log(Ball(samples) * mass() / next)));
}

StableCube make_stable_cube(long dimension, const Integer& samples, const Rational& eps, const Rational& amplitude,
                            const Rational& eta) {
  require(dimension >= 1, "the dimension must be at least 1, found " + std::to_string(dimension));
  require(samples >= 1, "the number of samples must be at least 1, found " + samples.get_str());
  require(eps > 0 && eps <= 1, "eps must lie in (0, 1], found " + to_text_exact(eps));
  require(amplitude > 0, "the amplitude must be positive, found " + to_text_exact(amplitude));
  require(eta > 0 && eta <= 2, "eta must lie in (0, 2], found " + to_text_exact(eta) +
                                   ": beyond 2 no parameters are stable, because lambda_max >= 1");
  return {dimension, samples, eps, certified_caps(dimension, eps), amplitude, eta};
}

RiskBound stable_cube_bound(const StableCube& cube) {
  RiskBound bound;
  bound.name = "stable_cube", bound.source = "Corollary I.3, repaired (fixed functions)";
  const Ball empty = exp(Ball(cube.samples) * log1p(-cube.mass()));
  const Ball energy = Ball(Rational(cube.amplitude * cube.amplitude)) * Ball(cube.caps) *
                      uniform_ball::atom_norm2(cube.dimension, Ball(Rational(cube.eps * cube.eps)));
  const Ball value = energy * (empty - cube.failure());
  if (certainly_positive(value)) {
    bound.status = BoundStatus::certified, bound.value = value;
  } else if (value.is_finite()) {
    bound.status = BoundStatus::vacuous, bound.value = Ball(0);
    bound.reason = "the caps may hold more samples than stability allows";
  } else {
    bound.reason = "no enclosure at the working precision";
  }
  return bound;
}

}  // namespace shatterproof
