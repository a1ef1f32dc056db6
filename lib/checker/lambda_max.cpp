// Bounds of the largest eigenvalue of the Hessian; the rules are those of proofs_notes/certificate_format.md.
#include <bit>

#include "check.hpp"
#include "hessian.hpp"

namespace checker {
namespace {

constexpr long kMostBits = 16384;

/// Row i: the numbers (mid +- rad) 2^-F, zero where the neuron is not active on sample i; sizes: sum of |mid|.
struct PerSample {
  Rows<Integer> mid;
  Integer rad;
  std::vector<Integer> sizes;

  explicit PerSample(const Problem& p) : mid(p.samples, std::vector<Integer>(p.neurons)), sizes(p.samples) {}
  void set(long i, long k, const Ball& x) {
    mid[i][k] = x.mid;
    sizes[i] += abs(x.mid);
    if (x.rad > rad) rad = x.rad;
  }
};

/// sum over the neurons active on both samples of x_ik y_jk.
Ball shared_dot(const Hessian& h, const PerSample& x, long i, const PerSample& y, long j) {
  Integer sum;
  unsigned long shared = 0;
  for (std::size_t block = 0; block < h.active[i].size(); ++block)
    for (std::uint64_t both = h.active[i][block] & h.active[j][block]; both != 0; both &= both - 1, ++shared) {
      const std::size_t k = 64 * block + std::countr_zero(both);
      mpz_addmul(sum.get_mpz_t(), x.mid[i][k].get_mpz_t(), y.mid[j][k].get_mpz_t());
    }
  return Fixed::shifted(sum, x.sizes[i] * y.rad + y.sizes[j] * x.rad + shared * x.rad * y.rad, h.fixed.bits);
}

/// g_k >= sigma^2/(sigma^2 - |s_k|^2), an exact number; throws unless sigma > |s_k|.
Ball resolvent(const Hessian& h, long k, const Ball& square) {
  const Integer gap = square.mid - square.rad - size(h.fixed.dot(h.s[k], h.s[k]));
  if (gap <= 0) throw Rejected{"sigma is not certainly above |s_k| for neuron " + std::to_string(k + 1)};
  return {floor_quotient((square.mid + square.rad) << h.fixed.bits, gap) + 1, 0};
}

/// A = n sigma I - 11^T - U diag(g) U^T - (V V^T) o (Z Z^T) of the rule `factor`, its lower triangle.
Rows<Ball> reduced_matrix(const Hessian& h, const Rational& sigma) {
  const Ball inverse = h.fixed.of(1 / sigma), square = h.fixed.of(sigma * sigma);
  PerSample U(h.problem), gU(h.problem), V(h.problem);
  for (long k = 0; k < h.problem.neurons; ++k) {
    const Ball g = resolvent(h, k, square), slope = h.fixed.product(h.v[k], inverse);
    for (long i = 0; i < h.problem.samples; ++i) {
      if (!has(h.active[i], k)) continue;
      const Ball u = h.hidden(i, k) + h.fixed.product(slope, h.fixed.dot(h.s[k], h.z[i]));
      U.set(i, k, u), gU.set(i, k, h.fixed.product(g, u)), V.set(i, k, h.v[k]);
    }
  }
  Rows<Ball> A(h.problem.samples);
  for (long i = 0; i < h.problem.samples; ++i)
    for (long j = 0; j <= i; ++j) {
      const Ball flat = h.fixed.product(shared_dot(h, V, i, V, j), h.fixed.dot(h.z[i], h.z[j]));
      const Ball below = h.fixed.one() + shared_dot(h, U, i, gU, j) + flat;
      A[i].push_back((i == j ? h.fixed.of(h.problem.samples * sigma) : Ball{}) - below);
    }
  return A;
}

/// A = n (sigma I - H) of the rule `parameter-factor`, its lower triangle, in the order (beta; v_k, w_k, b_k).
Rows<Ball> full_matrix(const Hessian& h, const Rational& sigma) {
  const long n = h.problem.samples, width = h.problem.dimension + 2;
  Rows<Ball> phi(1, std::vector<Ball>(n, h.fixed.one())), A;
  for (long k = 0; k < h.problem.neurons; ++k)
    for (long c = 0; c < width; ++c) {
      phi.emplace_back(n);
      for (long i = 0; i < n; ++i)
        if (has(h.active[i], k)) phi.back()[i] = c == 0 ? h.hidden(i, k) : h.fixed.product(h.v[k], h.z[i][c - 1]);
    }
  for (std::size_t i = 0; i < phi.size(); ++i) {
    A.emplace_back();
    for (std::size_t j = 0; j <= i; ++j)
      A[i].push_back((i == j ? h.fixed.of(n * sigma) : Ball{}) - h.fixed.dot(phi[i], phi[j]));
  }
  for (long k = 0, at = 1; k < h.problem.neurons; ++k, at += width)
    for (long c = 1; c < width; ++c) A[at + c][at] = A[at + c][at] - h.s[k][c - 1] * n;
  return A;
}

/// A is positive definite, because A - L L^T is strictly diagonally dominant with a positive diagonal.
bool is_positive_definite(const Rows<Ball>& A, const Rows<Integer>& L, unsigned long scale, const Fixed& fixed) {
  std::vector<Integer> diagonal(L.size()), others(L.size());  // at most S_ii; at least sum over j != i of |S_ij|
  for (std::size_t i = 0; i < L.size(); ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      Integer product;
      for (std::size_t m = 0; m <= j; ++m) mpz_addmul(product.get_mpz_t(), L[i][m].get_mpz_t(), L[j][m].get_mpz_t());
      const Ball S = A[i][j] - Fixed::shifted(product << fixed.bits, 0, 2 * scale);
      if (i == j)
        diagonal[i] = S.mid - S.rad;
      else
        others[i] += size(S), others[j] += size(S);
    }
  for (std::size_t i = 0; i < L.size(); ++i)
    if (diagonal[i] <= others[i]) return false;
  return true;
}

/// The rule `witness`: n u^T H u = sum_i (grad f(x_i).u)^2 + 2 n sum_k u_v (s_k.u_wb) >= n bound |u|^2.
bool is_reached(const Hessian& h, const Rational& bound, const Integer& beta, const Rows<Integer>& u) {
  const long n = h.problem.samples, width = h.problem.dimension + 2;
  Integer norm2 = beta * beta;
  Ball form;  // n u^T H u
  for (long k = 0; k < h.problem.neurons; ++k) {
    for (const Integer& x : u[k]) norm2 += x * x;
    for (long c = 1; c < width; ++c) form = form + h.s[k][c - 1] * (2 * n * u[k][0] * u[k][c]);
  }
  if (norm2 == 0) throw Rejected{"the witness is zero"};
  for (long i = 0; i < n; ++i) {
    Ball slope = h.fixed.one() * beta;
    for (long k = 0; k < h.problem.neurons; ++k) {
      if (!has(h.active[i], k)) continue;
      Ball inner;
      for (long c = 1; c < width; ++c) inner = inner + h.z[i][c - 1] * u[k][c];
      slope = slope + h.hidden(i, k) * u[k][0] + h.fixed.product(h.v[k], inner);
    }
    form = form + h.fixed.product(slope, slope);
  }
  return (form.mid - form.rad) * bound.get_den() >= (bound.get_num() * n * norm2) << h.fixed.bits;
}

Problem read_problem(Reader& in) {
  const long n = in.count_line("samples", 1), K = in.count_line("neurons", 0), d = in.count_line("dimension", 1);
  auto samples = in.rational_lines("sample", n, d + 1), neurons = in.rational_lines("neuron", K, d + 2);
  return {n, K, d, std::move(samples), std::move(neurons), in.rational_line("beta")};
}

}  // namespace

Claim check_lambda_max(Reader& in, bool has_upper, bool has_lower) {
  const Problem problem = read_problem(in);
  const Fixed fixed{static_cast<unsigned long>(in.count_line("bits", 1, kMostBits))};
  Rational sigma, bound;
  long scale = 0;
  bool of_parameters = false;
  Integer beta;
  Rows<Integer> factor, witness;
  if (has_upper) {
    sigma = in.rational_line("sigma"), scale = in.count_line("scale", 0, kMostBits);
    of_parameters = in.next_is("parameter-factor");
    const long order = of_parameters ? 1 + problem.neurons * (problem.dimension + 2) : problem.samples;
    const char* keyword = of_parameters ? "parameter-factor" : "factor";
    for (long i = 1; i <= order; ++i) {
      factor.push_back(in.integer_line(keyword, i));
      if (factor.back().back() <= 0) in.fail(keyword, factor.back().back().get_str(), "a positive diagonal, last");
    }
  }
  if (has_lower) {
    bound = in.rational_line("bound"), beta = in.integer_line("witness-beta", 1)[0];
    witness = in.integer_lines("witness", problem.neurons, problem.dimension + 2);
  }
  in.finish();

  if (has_upper && sigma <= 0) throw Rejected{"sigma is not positive"};
  const Hessian hessian(problem, fixed);
  if (has_lower && !is_reached(hessian, bound, beta, witness)) throw Rejected{"the witness does not reach the bound"};
  const auto matrix = of_parameters ? full_matrix : reduced_matrix;
  if (has_upper && !is_positive_definite(matrix(hessian, sigma), factor, scale, fixed))
    throw Rejected{"the factor does not prove sigma I - H positive definite"};

  const std::string statement =
      (has_lower ? bound.get_str() + " <= " : "") + "lambda_max(H)" + (has_upper ? " < " + sigma.get_str() : "") +
      " for the Hessian H, in (beta; v_k, w_k, b_k), of L = 1/(2n) sum_i (f(x_i) - y_i)^2, f(x) = sum_k v_k "
      "max(w_k.x - b_k, 0) + beta; n = " +
      std::to_string(problem.samples) + " samples (x, y), K = " + std::to_string(problem.neurons) +
      " neurons (w, b, v), d = " + std::to_string(problem.dimension) + "; no w_k.x_i - b_k is 0";
  return {statement, text_of("sample", problem.sample) + text_of("neuron", problem.neuron) + "beta " +
                         problem.beta.get_str() + "\n"};
}

}  // namespace checker
