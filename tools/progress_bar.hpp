#pragma once
#include <chrono>
#include <string>

namespace shatterproof::tools {

/// One line on stderr with bar, rate and remaining time, if that is a terminal; nothing otherwise. Cleared at the end.
class ProgressBar {
 public:
  /// `begun`: how much of the total was done before, e.g. when long work is taken up again.
  ProgressBar(std::string unit, double total, double begun = 0);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// Cheap to call often: the line is drawn a few times a second.
  void update(double done, const std::string& note = "");

 private:
  using Clock = std::chrono::steady_clock;
  std::string unit_;
  double total_, begun_;
  bool shown_;
  Clock::time_point start_ = Clock::now(), drawn_ = {};
};

/// From now on the first SIGINT or SIGTERM is only noted, so that the work can save itself; the second ends the
/// program.
void catch_interrupts();
[[nodiscard]] bool interrupted();

}  // namespace shatterproof::tools
