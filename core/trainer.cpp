#include "core/trainer.h"

#include "core/torch_room.h"

namespace normscope {

std::unique_ptr<Trainer> makeTrainer(const TrainerStart& start) {
    return torchRoom().makeTrainer(start);
}

}  // namespace normscope
