#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace shatterproof {

/// Results of jobs as plain files, one each, named by the digest of what describes the job. Any number of processes and
/// threads, on any machines that share the folder, may work on one store: a job that is done is not done again, and no
/// two do the same job at once. A process that is killed loses the jobs it is in, and no others.
class JobStore {
 public:
  enum class Use { reading, running };
  /// Makes the folder, unless it is only read. Throws IoError.
  explicit JobStore(std::filesystem::path folder, Use use = Use::running);

  /// Nothing if the job is not done, or if its file is damaged.
  [[nodiscard]] std::optional<std::string> find(const std::string& description) const;
  [[nodiscard]] std::filesystem::path file_of(const std::string& description) const;

  enum class Outcome { done, done_before, elsewhere, interrupted };
  /// Does the job unless it is done; elsewhere: another one is at it now. job: returns the result, or nothing if it was
  /// interrupted.
  Outcome run(const std::string& description, const std::function<std::optional<std::string>()>& job);

 private:
  std::filesystem::path folder_;
};

}  // namespace shatterproof
