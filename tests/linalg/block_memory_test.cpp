#include "shatterproof/core/block_memory.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstring>
#include <set>
#include <thread>

#include "shatterproof/linalg/lanes.hpp"

using namespace shatterproof;

TEST_CASE("blocks start on a cache line, hold what was asked for, and no two in use overlap") {
  std::vector<std::pair<char*, std::size_t>> blocks;
  for (int round = 0; round < 3; ++round) {
    for (std::size_t bytes = 1; bytes < kMostKeptMemory; bytes = 3 * bytes + 1) {
      auto* block = static_cast<char*>(take_block(bytes));
      CHECK(reinterpret_cast<std::uintptr_t>(block) % 64 == 0);
      std::memset(block, static_cast<int>(blocks.size()), bytes);
      blocks.emplace_back(block, bytes);
    }
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      CHECK(blocks[b].first[0] == static_cast<char>(b));
      CHECK(blocks[b].first[blocks[b].second - 1] == static_cast<char>(b));
    }
    for (const auto& [block, bytes] : blocks) give_block(block, bytes);
    blocks.clear();
  }
}

TEST_CASE("more blocks than are kept, in every order, also given back by another thread; vectors are zero at first") {
  std::vector<void*> blocks(200);
  for (auto& block : blocks) block = take_block(kLeastKeptBlock);
  CHECK(std::set<void*>(blocks.begin(), blocks.end()).size() == blocks.size());
  std::thread([&] {
    for (std::size_t b = 0; b < 100; ++b) give_block(blocks[b], kLeastKeptBlock);
  }).join();
  for (std::size_t b = 100; b < 200; ++b) give_block(blocks[b], kLeastKeptBlock);
  for (int round = 0; round < 2; ++round) {
    AlignedVector<double> numbers(100000);
    for (const double x : numbers) REQUIRE(x == 0);
    std::fill(numbers.begin(), numbers.end(), 1);
  }
#ifndef __SANITIZE_ADDRESS__  // which ends the program there
  CHECK_THROWS_AS(take_block(SIZE_MAX / 2), std::bad_alloc);
#endif
}
