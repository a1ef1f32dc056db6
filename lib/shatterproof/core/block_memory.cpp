#include "shatterproof/core/block_memory.hpp"

#include <array>
#include <new>

namespace shatterproof {
namespace {

constexpr std::align_val_t kLine{64};
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(__clang__)
constexpr bool kKeeps = false;  // so that sanitizers see a use after the end; clang builds are for them
#else
constexpr bool kKeeps = true;
#endif

/// Sizes in steps of an eighth of their leading power of 2, so that blocks of about the same size replace each other.
std::size_t rounded_size(std::size_t bytes) {
  std::size_t step = kLeastKeptBlock / 8;
  while (bytes / step >= 16) step *= 2;
  return (bytes + step - 1) / step * step;
}

/// The blocks that a thread keeps, the oldest first.
class KeptBlocks {
 public:
  ~KeptBlocks();
  void* take(std::size_t size) {
    for (std::size_t b = count_; b-- > 0;)
      if (blocks_[b].size == size) return remove(b);
    return nullptr;
  }
  void keep(void* block, std::size_t size) {
    while (count_ == blocks_.size() || kept_ + size > kMostKeptMemory) ::operator delete(remove(0), kLine);
    blocks_[count_++] = {block, size};
    kept_ += size;
  }

 private:
  struct Block {
    void* memory;
    std::size_t size;
  };
  void* remove(std::size_t b) {
    void* memory = blocks_[b].memory;
    kept_ -= blocks_[b].size;
    for (--count_; b < count_; ++b) blocks_[b] = blocks_[b + 1];
    return memory;
  }

  std::array<Block, 64> blocks_{};
  std::size_t count_ = 0, kept_ = 0;
};

// Vectors of this thread may be freed after its blocks are.
thread_local bool ended = false;

KeptBlocks::~KeptBlocks() {
  ended = true;
  while (count_ > 0) ::operator delete(remove(0), kLine);
}

KeptBlocks& kept_blocks() {
  thread_local KeptBlocks blocks;
  return blocks;
}

bool has_kept_size(std::size_t bytes) { return bytes >= kLeastKeptBlock && bytes <= kMostKeptMemory / 2; }

}  // namespace

void* take_block(std::size_t bytes) {
  if (!kKeeps || !has_kept_size(bytes)) return ::operator new(bytes, kLine);
  const std::size_t size = rounded_size(bytes);
  void* block = ended ? nullptr : kept_blocks().take(size);
  return block != nullptr ? block : ::operator new(size, kLine);
}

void give_block(void* block, std::size_t bytes) noexcept {
  if (!kKeeps || ended || !has_kept_size(bytes)) return ::operator delete(block, kLine);
  kept_blocks().keep(block, rounded_size(bytes));
}

}  // namespace shatterproof
