#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace shatterproof::tools {

/// One line on stderr for long work: bar, count, rate and remaining time. Drawn a few times a second by a thread of its
/// own, if stderr is a terminal that can erase a line; nothing otherwise. Erased at the end. Only the first of two bars
/// that live at a time is shown.
class ProgressBar {
 public:
  struct State {
    double done = 0, total = 0;  ///< total 0: unknown, only the time is shown
    std::string note = {};
  };
  /// Asked for the state by another thread while the bar lives.
  using Source = std::function<State()>;

  /// `begun`: how much of the total was done before, e.g. when long work is taken up again.
  ProgressBar(std::string unit, double total, double begun = 0);
  ProgressBar(std::string unit, Source source);
  /// Work that cannot tell how far it has got: its name and the time, shown once it has taken a while.
  explicit ProgressBar(std::string task);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// Cheap to call often.
  void update(double done, const std::string& note = "");

  /// While it lives, the line is erased and not drawn: for output of other kinds to the same terminal.
  class Pause {
   public:
    Pause();
    [[nodiscard]] bool needed() const { return needed_; }  ///< a bar is shown

   private:
    std::unique_lock<std::mutex> lock_;
    bool needed_;
  };

 private:
  using Clock = std::chrono::steady_clock;

  void start(std::chrono::milliseconds delay);
  void draw();
  [[nodiscard]] std::string line() const;

  std::string unit_;
  State state_;
  double begun_ = 0;
  Source source_;
  Clock::time_point start_ = Clock::now();
  std::condition_variable_any wake_;
  std::jthread painter_;  // last: it is joined before the rest goes
};

/// From now on the first SIGINT or SIGTERM is only noted, so that the work can save itself; the second ends the
/// program.
void catch_interrupts();
[[nodiscard]] bool interrupted();

}  // namespace shatterproof::tools
