#pragma once
#include <cstddef>
#include <functional>

namespace shatterproof {

/// How many threads parallel_for may use in all, the caller's included; 1 until set. Set it before any work starts.
void set_thread_count(unsigned count);
[[nodiscard]] unsigned thread_count();

/// Calls task(0) .. task(count - 1), each once, on the caller and on the threads that are free; returns when all are
/// done. Calls may be nested: a free thread takes over what is left of any call, the innermost first. The
/// order is not defined, so a task writes its result to its own place. A task starts with the working precision of a
/// new thread: it sets its own PrecisionScope. The first exception (by index) is thrown again when all tasks have
/// ended.
void parallel_for(std::size_t count, const std::function<void(std::size_t)>& task);

}  // namespace shatterproof
