// Prints the learning rate and the momentum of every mini-batch of a one-cycle schedule, for a test
// that compares them with PyTorch's.

#include <cstdio>
#include <cstdlib>

#include "core/one_cycle.h"

int main(int argc, char* argv[]) {
    if (argc != 3) {
        std::fputs("Usage: print_schedule TOTAL_STEPS PEAK\n", stderr);
        return 2;
    }
    const long steps = std::atol(argv[1]);
    const normscope::OneCycle cycle(steps, std::atof(argv[2]));
    for (long step = 0; step < steps; ++step) {
        std::printf("%.17g %.17g\n", cycle.learningRate(step), cycle.momentum(step));
    }
    return 0;
}
