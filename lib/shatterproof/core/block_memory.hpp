#pragma once
#include <cstddef>

namespace shatterproof {

constexpr std::size_t kLeastKeptBlock = std::size_t(1) << 16;   ///< bytes
constexpr std::size_t kMostKeptMemory = std::size_t(64) << 20;  ///< bytes for each thread

/// Memory that starts on a cache line. What a thread gives back is kept for what it takes next, up to
/// kMostKeptMemory: pages that are new from the system cost more than sums over them. Not set to anything.
/// Throws std::bad_alloc.
[[nodiscard]] void* take_block(std::size_t bytes);
/// bytes: those it was taken with. By any thread.
void give_block(void* block, std::size_t bytes) noexcept;

}  // namespace shatterproof
