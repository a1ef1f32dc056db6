#include "progress_bar.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace shatterproof::tools {
namespace {

volatile std::sig_atomic_t interrupt_seen = 0;

extern "C" void note_interrupt(int signal) {
  interrupt_seen = 1;
  std::signal(signal, SIG_DFL);
}

std::string duration_text(double seconds) {
  const auto s = static_cast<long>(seconds);
  if (s < 3600) return fmt::format("{}:{:02}", s / 60, s % 60);
  return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
}

}  // namespace

ProgressBar::ProgressBar(std::string unit, double total, double begun)
    : unit_(std::move(unit)), total_(total), begun_(begun), shown_(isatty(STDERR_FILENO) != 0) {}

ProgressBar::~ProgressBar() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
}

void ProgressBar::update(double done, const std::string& note) {
  constexpr int kWidth = 24;
  const auto now = Clock::now();
  if (!shown_ || now - drawn_ < std::chrono::milliseconds(200)) return;
  drawn_ = now;
  const double share = total_ > 0 ? std::clamp(done / total_, 0.0, 1.0) : 1;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = seconds > 0 ? (done - begun_) / seconds : 0;
  const auto filled = static_cast<std::size_t>(share * kWidth);
  const std::string left = rate > 0 ? duration_text((total_ - done) / rate) + " left" : "";
  fmt::print(stderr, "\r\x1b[K[{}{}] {:3.0f}%  {:.3g} {}/s  {}  {}", std::string(filled, '#'),
             std::string(kWidth - filled, '.'), 100 * share, rate, unit_, left, note);
  std::fflush(stderr);
}

bool interrupted() { return interrupt_seen != 0; }

void catch_interrupts() {
  std::signal(SIGINT, note_interrupt);
  std::signal(SIGTERM, note_interrupt);
}

}  // namespace shatterproof::tools
