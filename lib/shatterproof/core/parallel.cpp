#include "shatterproof/core/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

/// Waking a thread that sleeps takes longer than the steps of a small descent: a thread looks this long for the next
/// thing to do before it sleeps.
constexpr std::chrono::microseconds patience{100};
constexpr int kSpins = 1000;  // some ten microseconds: the system is not asked to run something else in between

void relax() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#endif
}

template <class Ready>
void look_for(const Ready& ready) {
  for (int spin = 0; spin < kSpins; ++spin) {
    if (ready()) return;
    relax();
  }
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!ready() && std::chrono::steady_clock::now() < end) std::this_thread::yield();
}

/// The lock is held for a few instructions at a time: to sleep meanwhile would cost more.
void acquire(std::unique_lock<std::mutex>& lock) {
  for (int spin = 0; spin < kSpins; ++spin) {
    if (lock.try_lock()) return;
    relax();
  }
  lock.lock();
}

/// One call of parallel_for: the tasks front .. back - 1 are still to be taken, and so many of those taken still run.
struct Call {
  // The caller takes tasks from the front, the others from the back: when the same data is worked on again in as many
  // parts as there are threads, each thread finds its part in its own cache.
  std::size_t front, back;
  const std::function<void(std::size_t)>* task;
  std::size_t running = 0;
  std::atomic<bool> ended = false;  ///< finished(), for those who do not hold the lock
  std::size_t failed_at = 0;
  std::exception_ptr failure = nullptr;

  [[nodiscard]] bool has_more() const { return front < back; }
  [[nodiscard]] bool finished() const { return !has_more() && running == 0; }
};

/// Threads that serve all calls; they start with the first call that can use them and end with the program.
class Pool {
 public:
  ~Pool() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_all();
  }

  void set_size(unsigned count) {
    const std::lock_guard lock(mutex_);
    require(workers_.empty() || count == size_, "the number of threads must be set before work starts");
    size_ = count;
  }
  [[nodiscard]] unsigned size() {
    const std::lock_guard lock(mutex_);
    return size_;
  }

  void run(Call& call) {
    std::unique_lock lock(mutex_, std::defer_lock);
    acquire(lock);
    while (workers_.size() + 1 < size_) workers_.emplace_back([this] { serve(); });
    const auto place = calls_.insert(calls_.begin(), &call);  // innermost first: others wait for it
    ++posted_;
    changed_.notify_all();
    while (call.has_more()) run_task(call, call.front++, lock);
    if (!call.finished()) {
      lock.unlock();
      look_for([&] { return call.ended.load(); });
      acquire(lock);
    }
    // It takes no task of another call meanwhile: it could sit in a long one when its own call is long done.
    changed_.wait(lock, [&] { return call.finished(); });
    calls_.erase(place);
    if (call.failure) std::rethrow_exception(call.failure);
  }

 private:
  void serve() {
    std::unique_lock lock(mutex_);
    while (true) {
      const auto open = [&] {
        return std::find_if(calls_.begin(), calls_.end(), [](const Call* call) { return call->has_more(); });
      };
      if (!ending_ && open() == calls_.end()) {
        const std::uint64_t seen = posted_;
        lock.unlock();
        look_for([&] { return posted_ != seen; });
        acquire(lock);
      }
      changed_.wait(lock, [&] { return ending_ || open() != calls_.end(); });
      if (ending_) return;
      Call& call = **open();
      run_task(call, --call.back, lock);
    }
  }

  /// Runs a task that was taken from the call; the lock is released meanwhile.
  void run_task(Call& call, std::size_t index, std::unique_lock<std::mutex>& lock) {
    ++call.running;
    lock.unlock();
    std::exception_ptr failure;
    try {
      (*call.task)(index);
    } catch (...) {
      failure = std::current_exception();
    }
    acquire(lock);
    if (failure && (!call.failure || index < call.failed_at)) {
      call.failure = failure;
      call.failed_at = index;
    }
    --call.running;
    if (!call.finished()) return;
    call.ended = true;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<Call*> calls_;
  std::atomic<std::uint64_t> posted_ = 0;  ///< how many calls there have been
  bool ending_ = false;
  unsigned size_ = 1;
  std::vector<std::jthread> workers_;  // last: joined before the rest goes
};

Pool& pool() {
  static Pool instance;
  return instance;
}

}  // namespace

void set_thread_count(unsigned count) {
  require(count >= 1, "at least one thread is needed");
  pool().set_size(count);
}

unsigned thread_count() { return pool().size(); }

void parallel_for(std::size_t count, const std::function<void(std::size_t)>& task) {
  if (count == 1) return task(0);
  Call call{0, count, &task};
  pool().run(call);
}

}  // namespace shatterproof
