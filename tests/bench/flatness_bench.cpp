// Ratios of certified and uncertified lambda_max against named peers on the same data in one run:
//   bench_flatness [rounds] [threads] [large] [write=DIR]      DIR: the states as .npz files, for python_peers.py
// One thread is timed by its own processor time, several by the clock on the wall. Medians of the rounds' ratios.
#include <arb_mat.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <functional>

#include "secular_peer.hpp"
#include "shatterproof/core/parallel.hpp"
#include "shatterproof/flatness/float_certificate.hpp"
#include "shatterproof/network/activation.hpp"
#include "shatterproof/network/convert.hpp"
#include "shatterproof/network/file.hpp"
#include "timing.hpp"
#include "training.hpp"

using namespace shatterproof;
using namespace shatterproof::bench;

namespace {

int rounds = 5;

double wall_milliseconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

PeerProblem for_peer(const Problem<double>& p) {
  return {p.data.samples(),   p.network.dimension(), p.network.neurons(), p.data.X.data(), p.data.y.data(),
          p.network.W.data(), p.network.b.data(),    p.network.v.data(),  p.network.beta};
}

struct Round {
  double uncertified, certified, spectra;  // milliseconds
};

/// All programs in turn.
Round run_round(const Problem<double>& problem) {
  const auto settle = settle_exactly(problem);
  Round round{};
  round.uncertified = milliseconds([&] { (void)approx_top_pair(BoundedHessian(problem, settle).hessian(), 1e-10); });
  std::optional<DoubleEnclosure> enclosure;
  round.certified = milliseconds([&] { enclosure = enclose_by_temple(BoundedHessian(problem, settle), 1e-11); });
  if (!enclosure) round.certified = HUGE_VAL;
  round.spectra = HUGE_VAL;
  const PeerProblem peer = for_peer(problem);
  for (const int subspace : {6, 8, 10})
    round.spectra = std::min(round.spectra, milliseconds([&] { (void)spectra_lambda_max(peer, subspace); }));
  return round;
}

void report(const std::string& name, const Problem<double>& problem) {
  const auto settle = settle_exactly(problem);
  const BoundedHessian bounded(problem, settle);
  const auto enclosure = enclose_by_temple(bounded, 1e-11);
  const double value = approx_top_pair(bounded.hessian(), 1e-10).value;
  const double peer = spectra_lambda_max(for_peer(problem), 10);
  std::vector<double> uncertified, certified, to_spectra, certified_to_spectra;
  for (int r = 0; r < rounds; ++r) {
    const Round round = run_round(problem);
    uncertified.push_back(round.uncertified);
    certified.push_back(round.certified / round.uncertified);
    to_spectra.push_back(round.spectra / round.uncertified);
    certified_to_spectra.push_back(round.certified / round.spectra);
  }
  const auto& pattern = bounded.hessian().pattern();
  const double density = static_cast<double>(pattern.over_samples.count()) /
                         static_cast<double>(problem.data.samples() * problem.network.neurons());
  fmt::print("{:<20} {:>7.3f} {:>14.10f} {:>9.1e} {:>9.3f} {:>8.1f}x {:>10.2f}x {:>10.3f}x {:>9.1e}  {}\n", name,
             density, value, std::abs(peer / value - 1), median(uncertified), median(to_spectra), median(certified),
             median(certified_to_spectra), enclosure ? enclosure->upper / enclosure->lower - 1 : HUGE_VAL,
             !enclosure                                             ? "no gap"
             : enclosure->method.find("trace") != std::string::npos ? "trace"
                                                                    : "Frobenius");
  std::fflush(stdout);
}

/// The certificate that needs no gap, against the uncertified value of the same n x n matrix.
void report_any_gap(const Problem<double>& problem) {
  const auto settle = settle_exactly(problem);
  const PeerProblem peer = for_peer(problem);
  std::vector<double> ours, peers, ratios;
  std::optional<DoubleEnclosure> enclosure;
  double value = 0;
  for (int r = 0; r < rounds; ++r) {
    ours.push_back(milliseconds([&] { enclosure = enclose_by_cholesky(BoundedHessian(problem, settle), 1e-11); }));
    peers.push_back(milliseconds([&] { value = secular_lambda_max(peer); }));
    ratios.push_back(ours.back() / peers.back());
  }
  if (!enclosure) return fmt::print("  any gap: not enclosed\n");
  fmt::print("  any gap: certified by Cholesky {:.2f} ms, width {:.1e}; ", median(ours),
             enclosure->upper / enclosure->lower - 1);
  if (value == 0) return fmt::print("no OpenBLAS for the uncertified n x n value\n");
  fmt::print("uncertified n x n value, OpenBLAS, {:.2f} ms; certified/uncertified {:.2f}x; rel diff {:.1e}\n",
             median(peers), median(ratios), std::abs(value / enclosure->lower - 1));
  std::fflush(stdout);
}

/// What interval arithmetic would take: C C^T for the n x K factor and one Cholesky factor, in balls of 128 bits.
double arb_milliseconds(const Problem<double>& problem) {
  const slong n = problem.data.samples(), K = problem.network.neurons();
  Random random(3);
  arb_mat_t C, T, M, L;
  arb_mat_init(C, n, K), arb_mat_init(T, K, n), arb_mat_init(M, n, n), arb_mat_init(L, n, n);
  for (slong i = 0; i < n; ++i)
    for (slong k = 0; k < K; ++k) arb_set_d(arb_mat_entry(C, i, k), random.normal());
  arb_mat_transpose(T, C);
  const double time = milliseconds([&] {
    arb_mat_mul(M, C, T, 128);
    (void)arb_mat_cho(L, M, 128);
  });
  arb_mat_clear(C), arb_mat_clear(T), arb_mat_clear(M), arb_mat_clear(L);
  return time;
}

void report_interval_peers(const Problem<double>& problem) {
  const auto settle = settle_exactly(problem);
  const double certified = milliseconds([&] { (void)enclose_by_temple(BoundedHessian(problem, settle), 1e-11); });
  const double arb = arb_milliseconds(problem);
  fmt::print("n = {}, K = {}: certified by Temple {:.2f} ms; Arb, 128 bits, forming and Cholesky {:.0f} ms, {:.0f}x\n",
             problem.data.samples(), problem.network.neurons(), certified, arb, arb / certified);
}

/// Certified times at random states as one size doubles, and the exponent fitted to them.
void report_growth(const std::string& what, const std::vector<long>& sizes,
                   const std::function<Problem<double>(long)>& make) {
  double x = 0, y = 0, xx = 0, xy = 0;
  fmt::print("growth in {}:", what);
  for (const long size : sizes) {
    const Problem<double> problem = make(size);
    const auto settle = settle_exactly(problem);
    std::vector<double> times;
    for (int r = 0; r < rounds; ++r)
      times.push_back(milliseconds([&] { (void)enclose_by_temple(BoundedHessian(problem, settle), 1e-11); }));
    const double time = median(times), a = std::log(static_cast<double>(size)), b = std::log(time);
    x += a, y += b, xx += a * a, xy += a * b;
    fmt::print(" {}: {:.2f} ms", size, time);
  }
  const auto m = static_cast<double>(sizes.size());
  fmt::print("; exponent {:.2f}\n", (m * xy - x * y) / (m * xx - x * x));
}

struct ThreadTimes {
  double product = 0, certified = 0, least_product = 0, least_certified = 0;  // milliseconds by the clock on the wall
};

ThreadTimes measure_with(unsigned threads) {
  set_thread_count(threads);
  const Problem<double> problem = bench::random_state(512, 10, 2048);
  const auto settle = settle_exactly(problem);
  const BoundedHessian bounded(problem, settle);
  const auto& hessian = bounded.hessian();
  AlignedVector<double> u(static_cast<std::size_t>(hessian.size()), 0.01), out(u.size());
  auto work = hessian.workspace();
  std::vector<double> products, certified;
  for (int r = 0; r < 300; ++r)
    products.push_back(wall_milliseconds([&] { hessian.apply(u.data(), out.data(), work); }));
  for (int r = 0; r < 60; ++r)
    certified.push_back(wall_milliseconds([&] { (void)enclose_by_temple(BoundedHessian(problem, settle), 1e-11); }));
  return {median(products), median(certified), *std::min_element(products.begin(), products.end()),
          *std::min_element(certified.begin(), certified.end())};
}

/// Of so many processes at once, as the number of threads of a process can be set only once.
std::vector<ThreadTimes> times_of(int copies, unsigned threads) {
  int ends[2];
  if (pipe(ends) != 0) return {};
  for (int copy = 0; copy < copies; ++copy) {
    if (fork() != 0) continue;
    const ThreadTimes times = measure_with(threads);
    _exit(write(ends[1], &times, sizeof times) == sizeof times ? 0 : 1);
  }
  close(ends[1]);
  std::vector<ThreadTimes> all;
  for (ThreadTimes times; read(ends[0], &times, sizeof times) == sizeof times;) all.push_back(times);
  close(ends[0]);
  while (wait(nullptr) > 0) continue;
  return all;
}

/// What a second thread gains, beside what the machine can give: two processes at once that share nothing. Two threads
/// wait for the slower of two processors, so on a machine with other guests the least times say more than medians.
void report_threads() {
  std::vector<double> product, certified, ceiling;
  ThreadTimes least_of_one{HUGE_VAL, HUGE_VAL, HUGE_VAL, HUGE_VAL}, least_of_two = least_of_one;
  const auto keep = [](ThreadTimes& least, const ThreadTimes& times) {
    least.least_product = std::min(least.least_product, times.least_product);
    least.least_certified = std::min(least.least_certified, times.least_certified);
  };
  for (int r = 0; r < std::max(rounds, 3); ++r) {
    const auto one = times_of(1, 1), two = times_of(1, 2), both = times_of(2, 1);
    if (one.size() != 1 || two.size() != 1 || both.size() != 2) return fmt::print("two threads: not measured\n");
    keep(least_of_one, one[0]), keep(least_of_two, two[0]);
    product.push_back(one[0].product / two[0].product);
    certified.push_back(one[0].certified / two[0].certified);
    ceiling.push_back(4 * one[0].certified / (both[0].certified + both[1].certified));
  }
  fmt::print(
      "two threads, n = 512, K = 2048, medians: product {:.2f}x, certified {:.2f}x, two processes at once {:.2f}x\n",
      median(product), median(certified), median(ceiling));
  fmt::print("  least times: product {:.3f} to {:.3f} ms, {:.2f}x; certified {:.2f} to {:.2f} ms, {:.2f}x\n",
             least_of_one.least_product, least_of_two.least_product,
             least_of_one.least_product / least_of_two.least_product, least_of_one.least_certified,
             least_of_two.least_certified, least_of_one.least_certified / least_of_two.least_certified);
  std::fflush(stdout);
}

std::string folder;  // for the states; empty: they are not written

void report_states(long n, long d, long K, int steps, double eta) {
  const auto show = [&](const std::string& kind, const Problem<double>& problem) {
    if (!folder.empty())
      write_problem(fmt::format("{}/{}_{}_{}_{}.npz", folder, n, d, K, kind), exact_problem(problem));
    report(fmt::format("{},{},{} {}", n, d, K, kind), problem);
    report_any_gap(problem);
  };
  Problem<double> problem = bench::random_state(n, d, K);
  show("init", problem);
  bench::descend(problem, steps, eta);
  show("flat", problem);
}

}  // namespace

int main(int count, char** arguments) {
  const std::string last = arguments[count - 1];
  if (last.rfind("write=", 0) == 0) folder = last.substr(6), --count;
  if (count > 1) rounds = std::stoi(arguments[1]);
  report_threads();
  if (count > 2) set_thread_count(static_cast<unsigned>(std::stoi(arguments[2])));
  fmt::print("{} thread(s), {} rounds; Spectra: the fastest of subspaces 6, 8, 10\n", thread_count(), rounds);
  fmt::print("{:<20} {:>7} {:>14} {:>9} {:>9} {:>9} {:>11} {:>11} {:>9}\n", "state n,d,K", "density", "lambda_max",
             "|Spectra|", "ours ms", "Spectra/", "certified/", "certified/", "certified");
  fmt::print("{:<20} {:>7} {:>14} {:>9} {:>9} {:>9} {:>11} {:>11} {:>9}\n", "", "", "", "rel diff", "uncert.", "ours",
             "ours", "Spectra", "width");
  report_states(512, 5, 1024, 3000, 0.1);
  report_states(512, 10, 2048, 3000, 0.1);
  report_states(1024, 32, 16, 3000, 1.0);
  if (count > 3) report_states(2048, 20, 4096, 500, 0.1);
  report_growth("K (n = 512, d = 10)", {512, 1024, 2048, 4096}, [](long K) { return bench::random_state(512, 10, K); });
  report_growth("n (K = 2048, d = 10)", {256, 512, 1024, 2048},
                [](long n) { return bench::random_state(n, 10, 2048); });
  report_interval_peers(bench::random_state(512, 10, 2048));
}
