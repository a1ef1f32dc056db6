// Milliseconds of one step of full-batch gradient descent, against the same step by matrix products (Eigen, OpenBLAS)
// on the same data in one run:
//   bench_training [rounds] [threads]
// One thread is timed by its own processor time, several by the clock on the wall. Medians of the rounds' ratios.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <thread>

#include "descent_peer.hpp"
#include "shatterproof/core/parallel.hpp"
#include "shatterproof/training/run.hpp"
#include "timing.hpp"

using namespace shatterproof;
using namespace shatterproof::bench;

namespace {

/// Of one of `steps` steps.
double milliseconds_a_step(long steps, const std::function<void(long)>& work) {
  return milliseconds([&] { work(steps); }) / static_cast<double>(steps);
}

struct State {
  const char* name;
  TrainingSettings settings;
  TrainingData data;
  Network<double> network;
};

State state_after(const char* name, long n, long d, long K, long epochs, bool floats) {
  TrainingSettings settings;
  settings.samples = n;
  settings.dimension = d;
  settings.width = K;
  settings.fresh = 0;
  settings.eta = 0.9;
  settings.epochs = epochs;
  settings.record_every = std::max(1L, epochs);
  TrainingRun run = begin_training(settings);
  if (epochs > 0) continue_training(run, [](const TrainingRun&) { return true; });
  settings.arithmetic = floats ? Arithmetic::floats : Arithmetic::doubles;
  settings.eta = 1e-3;  // small steps: the state stays what it is
  return {name, settings, run.data, run.network};
}

void compare(const State& state, int rounds) {
  const bool floats = state.settings.arithmetic == Arithmetic::floats;
  const auto& [network, data] = Problem<double>{state.network, state.data.data};
  const DescentPeerProblem problem{data.samples(),   network.dimension(), network.neurons(),
                                   data.X.data(),    data.y.data(),       network.W.data(),
                                   network.b.data(), network.v.data(),    network.beta};
  const auto eigen = make_descent_peer(problem, PeerProducts::eigen, floats);
  const auto blas = make_descent_peer(problem, PeerProducts::blas, floats);
  const auto ours = make_descent(state.settings, state.network, data);
  ours->look();
  const double work = static_cast<double>(data.samples() * network.neurons());
  const long peer_steps = std::max(1L, std::lround(3e7 / work)), our_steps = 200 * std::max(1L, peer_steps / 10);
  std::vector<double> by_eigen, by_blas, times;
  for (int round = 0; round < rounds; ++round) {
    const auto peer = [&](DescentPeer& p) {
      return milliseconds_a_step(peer_steps, [&](long steps) {
        for (long s = 0; s < steps; ++s) p.step(state.settings.eta);
      });
    };
    // OpenBLAS's threads keep their processors busy for a while after a product.
    if (thread_count() > 1) std::this_thread::sleep_for(std::chrono::milliseconds(200));
    ours->look();
    const double own = milliseconds_a_step(our_steps, [&](long steps) { ours->advance(steps); });
    times.push_back(own);
    by_eigen.push_back(peer(*eigen) / own);
    if (blas) by_blas.push_back(peer(*blas) / own);
  }
  fmt::print("{:>5} {:>3} {:>5} {:<6} {:<6} {:>10.4f} ms {:>8.2f} x Eigen {:>8} x OpenBLAS\n", data.samples(),
             network.dimension(), network.neurons(), state.name, floats ? "float" : "double", median(times),
             median(by_eigen), by_blas.empty() ? "-" : fmt::format("{:.2f}", median(by_blas)));
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 5;
  set_thread_count(argc > 2 ? static_cast<unsigned>(std::max(1, std::atoi(argv[2]))) : 1);
  fmt::print("one step; {} rounds, {} thread{}\n    n   d     K state  type\n", rounds, thread_count(),
             thread_count() == 1 ? "" : "s");
  const long sizes[][3] = {{128, 2, 512}, {512, 5, 1024}, {512, 10, 2048}, {1024, 32, 16}};
  for (const auto& [n, d, K] : sizes)
    for (const bool floats : {false, true}) {
      compare(state_after("init", n, d, K, 0, floats), rounds);
      compare(state_after("flat", n, d, K, 1000, floats), rounds);
    }
}
