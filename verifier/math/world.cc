#include "verifier/math/world.h"

#include <sys/random.h>

#include <string>
#include <utility>

#include "absl/status/status.h"

namespace assay::math {

std::atomic<uint64_t>& ContradictionsCount() {
  static std::atomic<uint64_t> count{0};
  return count;
}

bool MathWorld::IsCrossChecked() const {
  constexpr uint32_t kOneIn = 64;
  static thread_local uint32_t count = 0;
  return cross_check || ++count % kOneIn == 0;
}

absl::StatusOr<std::shared_ptr<const MathWorld>> MakeMathWorld(
    const MathOptions& options) {
  constexpr size_t kSecretBytes = 16;
  std::string secret = options.secret;
  if (secret.empty()) {
    secret.resize(2 * kSecretBytes);
    if (getrandom(secret.data(), secret.size(), 0) !=
        static_cast<ssize_t>(secret.size())) {
      return absl::InternalError("getrandom gave no secret");
    }
  }
  if (secret.size() < kSecretBytes) {
    return absl::InvalidArgumentError("the secret has under 16 bytes");
  }
  auto world = std::make_shared<MathWorld>(secret);
  world->cross_check = options.cross_check;
  world->keep_findings = options.keep_findings;
  world->mersenne = kernels::ResidueField::Mersenne(world->points);
  for (size_t i = 0; i < world->fields.size(); ++i) {
    auto field = kernels::ResidueField::Draw(world->points, i);
    if (!field.ok()) return field.status();
    world->fields[i] = *std::move(field);
  }
  world->evaluator = options.make_evaluator ? options.make_evaluator()
                                            : kernels::MakeHostEvaluator();
  if (world->evaluator->wants_batches() || options.batch_all) {
    world->queue = std::make_unique<EvaluationQueue>(world->evaluator.get(),
                                                     kernels::BatchLimits());
  }
  if (options.batch_all) world->batched_cost_min = 0;
  return world;
}

std::vector<std::string> Evaluators(const MathWorld& world) {
  return {std::string(world.evaluator->name())};
}

}  // namespace assay::math
