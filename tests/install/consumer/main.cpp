// A stranger's program: links the installed library and asks it two things.
#include <shatterproof/claims/procedure.hpp>
#include <shatterproof/numeric/uniform_ball.hpp>

int main() {
  using namespace shatterproof;
  const Ball half_mass = uniform_ball::tail(3, Ball(1));
  return half_mass.contains(Rational(1, 2)) && !procedures().empty() ? 0 : 1;
}
