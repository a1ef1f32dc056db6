#pragma once
#include <filesystem>
#include <functional>

#include "shatterproof/training/record.hpp"

namespace shatterproof {

/// A run at one of its records, or at its end.
struct TrainingRun {
  TrainingSettings settings;
  TrainingData data;
  Network<double> network;
  long epoch = 0;    ///< steps made
  long clipped = 0;  ///< of them with a clipped gradient
  std::vector<TrainingRecord> records;
  std::vector<NeuronRecord> neurons;  ///< one for each record
  Vector<double> direction;           ///< last eigenvector, where the next search starts
  std::string end;                    ///< why it ended: "all epochs done", ...; empty while it has not
};

/// The run before its first step. Throws as make_training_data does.
[[nodiscard]] TrainingRun begin_training(const TrainingSettings& settings);

/// Lets a run go on to more epochs, as if it had been started with them. Throws PreconditionError if it has gone
/// further, or ended between two records or for another reason.
void extend_training(TrainingRun& run, long epochs);

/// Trains up to the end. The result depends on the settings alone: not on threads, nor on where it was interrupted.
/// keep_going: called after each record; false interrupts the run there.
void continue_training(TrainingRun& run, const std::function<bool(const TrainingRun&)>& keep_going);

/// Writes an .npz file for NumPy: "settings" (text), one array for each of record_columns(), "activation" and "norm"
/// (records x K, float32), W, b, v, beta, X, y, R as `shatterproof flatness` reads them, "truth" = f0(x_i), and what it
/// takes to continue. Atomic.
void write_run(const std::filesystem::path& path, const TrainingRun& run);

/// Reads it back; data are drawn anew from the settings and compared. Throws FormatError naming file, array, what was
/// found and what was expected.
[[nodiscard]] TrainingRun read_run(const std::filesystem::path& path);

}  // namespace shatterproof
