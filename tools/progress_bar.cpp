#include "progress_bar.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include "terminal.hpp"

namespace shatterproof::tools {
namespace {

volatile std::sig_atomic_t interrupt_seen = 0;

extern "C" void note_interrupt(int signal) {
  interrupt_seen = 1;
  std::signal(signal, SIG_DFL);
}

constexpr std::chrono::milliseconds kPeriod{200}, kPatience{500};
constexpr std::size_t kBarWidth = 16;

// The line of the terminal: who may write there, which bar does, and whether it has.
std::mutex line_mutex;
const ProgressBar* line_owner = nullptr;
bool line_drawn = false;

void write_line(const std::string& text) {
  std::fputs(("\r\x1b[K" + text).c_str(), stderr);
  std::fflush(stderr);
}

std::string duration_text(double seconds) {
  constexpr double kLongest = 1e9;
  const auto s = static_cast<long>(std::min(seconds, kLongest));
  if (s < 3600) return fmt::format("{}:{:02}", s / 60, s % 60);
  return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
}

std::string rate_text(double per_second) {
  if (per_second >= 1e6) return fmt::format("{:.1f}M/s", per_second / 1e6);
  if (per_second >= 1e4) return fmt::format("{:.0f}k/s", per_second / 1e3);
  if (per_second >= 100) return fmt::format("{:.0f}/s", per_second);
  if (per_second >= 0.1) return fmt::format("{:.2g}/s", per_second);
  return per_second * 60 >= 0.1 ? fmt::format("{:.2g}/min", per_second * 60)
                                : fmt::format("{:.2g}/h", per_second * 3600);
}

}  // namespace

ProgressBar::ProgressBar(std::string unit, double total, double begun)
    : unit_(std::move(unit)), state_{begun, total}, begun_(begun) {
  start(std::chrono::milliseconds(0));
}

ProgressBar::ProgressBar(std::string unit, Source source) : unit_(std::move(unit)), source_(std::move(source)) {
  start(kPeriod);
}

ProgressBar::ProgressBar(std::string task) : unit_(std::move(task)) { start(kPatience); }

void ProgressBar::start(std::chrono::milliseconds delay) {
  if (!takes_escapes(STDERR_FILENO)) return;
  {
    const std::lock_guard lock(line_mutex);
    if (line_owner != nullptr) return;
    line_owner = this;
    if (delay.count() == 0) draw();
  }
  painter_ = std::jthread([this, delay](const std::stop_token& stop) {
    std::unique_lock lock(line_mutex);
    const auto stopped = [&] { return stop.stop_requested(); };
    auto wait = std::max(delay, kPeriod);
    while (!wake_.wait_for(lock, stop, wait, stopped)) {
      draw();
      wait = kPeriod;
    }
  });
}

ProgressBar::~ProgressBar() {
  if (!painter_.joinable()) return;
  painter_.request_stop();
  painter_.join();
  const std::lock_guard lock(line_mutex);
  if (line_drawn) write_line("");
  line_drawn = false;
  line_owner = nullptr;
}

void ProgressBar::update(double done, const std::string& note) {
  if (!painter_.joinable()) return;
  const std::lock_guard lock(line_mutex);
  state_.done = done;
  state_.note = note;
}

void ProgressBar::draw() {
  if (source_) state_ = source_();
  const std::size_t width = terminal_width(STDERR_FILENO).value_or(0);
  write_line(cut_to(line(), width > 0 ? width - 1 : 0));
  line_drawn = true;
}

std::string ProgressBar::line() const {
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  if (state_.total <= 0) return fmt::format("{}  {}", unit_, duration_text(seconds));
  const double share = std::clamp(state_.done / state_.total, 0.0, 1.0);
  const auto filled = static_cast<std::size_t>(share * kBarWidth);
  std::string text = fmt::format("[{}{}] {:3.0f}%  {:.10g}/{:.10g} {}", std::string(filled, '#'),
                                 std::string(kBarWidth - filled, '.'), 100 * share, state_.done, state_.total, unit_);
  const double rate = seconds > 0 ? (state_.done - begun_) / seconds : 0;
  if (rate > 0) text += "  " + rate_text(rate) + "  " + duration_text((state_.total - state_.done) / rate) + " left";
  return state_.note.empty() ? text : text + "  " + state_.note;
}

ProgressBar::Pause::Pause() : lock_(line_mutex), needed_(line_owner != nullptr) {
  if (!line_drawn) return;
  write_line("");
  line_drawn = false;
}

bool interrupted() { return interrupt_seen != 0; }

void catch_interrupts() {
  std::signal(SIGINT, note_interrupt);
  std::signal(SIGTERM, note_interrupt);
}

}  // namespace shatterproof::tools
