#include "shatterproof/training/run.hpp"

#include <algorithm>
#include <cmath>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

constexpr const char* kAllDone = "all epochs done";

void note(TrainingRun& run, const Descent& descent) {
  NeuronRecord neurons;
  TrainingRecord record = make_record(run.settings, run.data, descent, run.direction, neurons);
  record.epoch = static_cast<double>(run.epoch);
  record.clipped = static_cast<double>(run.clipped);
  const long every = run.settings.certify_every;
  if (every > 0 && run.epoch % every == 0) certify_record(run.settings, run.data, descent, record);
  run.records.push_back(record);
  run.neurons.push_back(std::move(neurons));
}

bool has_ended(const TrainingRun& run, std::string& why) {
  const double loss = run.records.back().loss;
  if (run.epoch >= run.settings.epochs) why = kAllDone;
  if (loss <= run.settings.stop_loss && run.settings.stop_loss > 0) why = "the loss asked for is reached";
  return !why.empty();
}

void note_the_end(TrainingRun& run, const Descent& descent) {
  TrainingRecord& last = run.records.back();
  if (std::isnan(last.lambda_lower)) certify_record(run.settings, run.data, descent, last);
}

}  // namespace

TrainingRun begin_training(const TrainingSettings& settings) {
  TrainingRun run;
  run.settings = settings;
  run.data = make_training_data(settings);
  run.settings.dimension = run.data.data.X.cols();  // a data file has sizes of its own
  run.settings.samples = run.data.data.samples();
  run.network = initial_network(settings, run.data.data.X.cols());
  return run;
}

void extend_training(TrainingRun& run, long epochs) {
  const auto refuse = [](const std::string& why) { throw PreconditionError("epochs: " + why); };
  if (epochs < run.epoch) refuse("the run has made " + std::to_string(run.epoch) + " steps already");
  if (epochs == run.settings.epochs) return;
  run.settings.epochs = epochs;
  if (run.end.empty()) return;
  if (run.end != kAllDone) refuse("the run has ended (" + run.end + ")");
  if (run.epoch % run.settings.record_every != 0)
    refuse("the run ended between two records, so it cannot be taken further");
  run.end.clear();
  const long every = run.settings.certify_every;
  if (every == 0 || run.epoch % every != 0) run.records.back().lambda_lower = run.records.back().lambda_upper = NAN;
}

void continue_training(TrainingRun& run, const std::function<bool(const TrainingRun&)>& keep_going) {
  if (!run.end.empty()) return;
  const auto descent = make_descent(run.settings, run.network, run.data.data);
  const long clipped_before = run.clipped;
  descent->look();
  while (true) {
    if (run.records.empty() || static_cast<long>(run.records.back().epoch) != run.epoch) note(run, *descent);
    if (has_ended(run, run.end)) return note_the_end(run, *descent);
    if (!keep_going(run)) return;
    const long before = run.epoch, steps = std::min(run.settings.record_every, run.settings.epochs - before);
    const long made_before = descent->made();
    descent->advance(steps);
    run.epoch = before + (descent->made() - made_before);
    run.clipped = clipped_before + descent->clipped();
    run.network = descent->network();
    if (descent->diverged()) {
      run.end = "diverged: the gradient is not finite at epoch " + std::to_string(run.epoch);
      return note(run, *descent);
    }
    descent->look();
  }
}

}  // namespace shatterproof
