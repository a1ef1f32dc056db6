#include "shatterproof/training/job_store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/digest.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

namespace fs = std::filesystem;

constexpr const char* kJobHead = "shatterproof job 1";

/// Head with the lengths and the digest of what follows: description and result.
std::string job_file_text(const std::string& description, const std::string& result) {
  return std::string(kJobHead) + " " + std::to_string(description.size()) + " " + std::to_string(result.size()) + " " +
         digest_of(description + result) + "\n" + description + result;
}

/// The right to work on one job, as long as it lives: a lock on one byte of the store's lock file, which the system
/// gives back however the process ends.
class JobLock {
 public:
  JobLock(const fs::path& file, const std::string& digest) {
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor_ < 0) throw IoError(file.string() + ": " + std::strerror(errno));
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = static_cast<off_t>(std::stoull(digest.substr(0, 15), nullptr, 16));
    lock.l_len = 1;
    held_ = ::fcntl(descriptor_, F_OFD_SETLK, &lock) == 0;
    if (!held_ && errno != EAGAIN && errno != EACCES) {
      const std::string why = std::strerror(errno);
      ::close(descriptor_);
      throw IoError(file.string() + ": cannot lock: " + why);
    }
  }
  ~JobLock() { ::close(descriptor_); }
  JobLock(const JobLock&) = delete;
  JobLock& operator=(const JobLock&) = delete;
  [[nodiscard]] bool held() const { return held_; }

 private:
  int descriptor_ = -1;
  bool held_ = false;
};

}  // namespace

JobStore::JobStore(fs::path folder, Use use) : folder_(std::move(folder)) {
  if (use == Use::reading) return;
  std::error_code failed;
  fs::create_directories(folder_ / "cells", failed);
  if (failed) throw IoError((folder_ / "cells").string() + ": " + failed.message());
}

fs::path JobStore::file_of(const std::string& description) const {
  return folder_ / "cells" / (digest_of(description) + ".txt");
}

std::optional<std::string> JobStore::find(const std::string& description) const {
  std::ifstream in(file_of(description), std::ios::binary);
  if (!in) return {};
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const std::size_t head = text.find('\n');
  if (head == std::string::npos || text.size() - head - 1 < description.size()) return {};
  const std::string result = text.substr(head + 1 + description.size());
  if (text != job_file_text(description, result)) return {};
  return result;
}

JobStore::Outcome JobStore::run(const std::string& description,
                                const std::function<std::optional<std::string>()>& job) {
  if (find(description)) return Outcome::done_before;
  const JobLock lock(folder_ / "lock", digest_of(description));
  if (!lock.held()) return Outcome::elsewhere;
  if (find(description)) return Outcome::done_before;  // done since the first look
  const std::optional<std::string> result = job();
  if (!result) return Outcome::interrupted;
  write_file_atomically(file_of(description), job_file_text(description, *result));
  return Outcome::done;
}

}  // namespace shatterproof
