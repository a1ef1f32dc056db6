#include "shatterproof/core/parallel.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <numeric>
#include <stdexcept>
#include <vector>

using shatterproof::parallel_for;

namespace {

struct Threads {
  Threads() {
    if (shatterproof::thread_count() == 1) shatterproof::set_thread_count(4);
  }
} const threads;

}  // namespace

TEST_CASE("every task runs exactly once, also in nested calls") {
  std::vector<int> runs(30 * 40, 0);
  parallel_for(30, [&](std::size_t i) { parallel_for(40, [&](std::size_t j) { ++runs[40 * i + j]; }); });
  CHECK(runs == std::vector<int>(runs.size(), 1));
}

TEST_CASE("no task at all is done at once") {
  parallel_for(0, [](std::size_t) { FAIL("a task ran"); });
}

TEST_CASE("the first exception by index comes back, after all tasks have ended") {
  std::atomic<int> ended{0};
  const auto task = [&](std::size_t i) {
    ++ended;
    if (i == 3 || i == 60) throw std::runtime_error(std::to_string(i));
  };
  CHECK_THROWS_WITH(parallel_for(100, task), "3");
  CHECK(ended == 100);
}

TEST_CASE("an exception of a nested call goes through the task that made it") {
  CHECK_THROWS_WITH(parallel_for(5,
                                 [](std::size_t i) {
                                   parallel_for(5, [i](std::size_t j) {
                                     if (i == 2 && j == 4) throw std::runtime_error("inner");
                                   });
                                 }),
                    "inner");
}

TEST_CASE("the number of threads cannot change once they work") {
  parallel_for(2, [](std::size_t) {});
  CHECK_THROWS(shatterproof::set_thread_count(2));
  CHECK_THROWS(shatterproof::set_thread_count(0));
}
