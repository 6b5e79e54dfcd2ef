// Free of torch: worth running under ThreadSanitizer.

#include "core/thread_team.h"

#include <gtest/gtest.h>

#include <vector>

#include "core/batch_source.h"
#include "core/kernels/digit_kernel.h"
#include "tests/core/support.h"

namespace normscope {
namespace {

TEST(ThreadTeam, DoesEveryTaskOnce) {
    for (const int threads : {1, 2, 3, 5}) {
        ThreadTeam team(threads);
        ASSERT_EQ(team.size(), threads);
        for (int round = 0; round < 2000; ++round) {
            const int count = round % 7;
            std::vector<int> done(static_cast<std::size_t>(count));
            team.run(count, [&](int index, int thread) {
                ASSERT_LT(thread, threads);
                ++done[static_cast<std::size_t>(index)];
            });
            ASSERT_EQ(done, std::vector<int>(static_cast<std::size_t>(count), 1)) << round;
        }
    }
}

TEST(ThreadTeam, SeesWhatWasLeftInTheLoopBefore) {
    ThreadTeam team(3);
    std::vector<int> numbers(16, 0);
    for (int round = 0; round < 500; ++round) {
        team.run(16, [&](int index, int /*thread*/) {
            numbers[static_cast<std::size_t>(15 - index)] =
                numbers[static_cast<std::size_t>(15 - index)] + round;
        });
    }
    for (const int number : numbers) {
        EXPECT_EQ(number, 499 * 500 / 2);
    }
}

TEST(ThreadTeam, WakesAfterSleep) {
    ThreadTeam team(2);
    for (int round = 0; round < 5; ++round) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        int sum = 0;
        std::vector<int> parts(4);
        team.run(4, [&](int index, int) { parts[static_cast<std::size_t>(index)] = index; });
        for (const int part : parts) {
            sum += part;
        }
        EXPECT_EQ(sum, 6);
    }
}

TEST(ThreadTeam, EndsWithoutHavingWorked) {
    for (int i = 0; i < 50; ++i) {
        const ThreadTeam team(4);
    }
}

TEST(ThreadTeam, LeadsAKernelThroughItsSteps) {
    for (const NormKind kind : {NormKind::Batch, NormKind::Group}) {
        const DigitSet digits = testing::makeDigits(70, 1);
        std::vector<const std::uint8_t*> images;
        for (int i = 0; i < digits.size(); ++i) {
            images.push_back(digits.image(i).data());
        }
        ThreadTeam team(3);
        DigitKernel kernel({.kind = kind}, team, *kernels::instructionSets().front());
        const auto count = static_cast<std::size_t>(kernel.parameterCount());
        std::vector<float> parameters(count);
        for (std::size_t i = 0; i < count; ++i) {
            parameters[i] = 0.1F * static_cast<float>(static_cast<int>(i * 7 % 11) - 5);
        }
        std::vector<float> gradient(count);
        std::array<std::vector<float>, kNormLayerCount> means;
        std::array<std::vector<float>, kNormLayerCount> variances;
        RunningBuffers running;
        for (std::size_t layer = 0; layer < kNormLayerCount; ++layer) {
            const auto channels = static_cast<std::size_t>(kNormLayerChannels[layer]);
            means[layer].assign(channels, 0.0F);
            variances[layer].assign(channels, 1.0F);
            running[layer] = {means[layer], variances[layer]};
        }
        const MiniBatch batch{images, digits.labels};
        for (int step = 0; step < 5; ++step) {
            kernel.train(batch, parameters, gradient, running);
        }
        std::vector<float> read(images.size() * kClassCount);
        kernel.evaluate(batch, parameters, running, read);
        EXPECT_LT(read.front(), 0.0F);
    }
}

/// The grey values of every mini-batch of an epoch, as a team of so many hands them out.
std::vector<std::uint8_t> epochOf(const DigitSet& digits, int threads) {
    TrainingConfig config;
    config.batchSize = 16;
    config.augmentation = Augmentation::Elastic;
    ThreadTeam team(threads);
    BatchSource batches(config, digits, team);
    batches.beginEpoch(1);
    std::vector<std::uint8_t> all;
    for (int left = digits.size(); left > 0;) {
        const MiniBatch batch = batches.next();
        for (const std::uint8_t* image : batch.images) {
            all.insert(all.end(), image, image + kImagePixels);
        }
        left -= batch.size();
    }
    return all;
}

TEST(ThreadTeam, ChangesImagesAlikeForAnyNumberOfThreads) {
    const DigitSet digits = testing::makeDigits(70, 1);
    const std::vector<std::uint8_t> alone = epochOf(digits, 1);
    EXPECT_EQ(alone.size(), digits.pixels.size());
    EXPECT_NE(alone, digits.pixels);
    EXPECT_EQ(epochOf(digits, 2), alone);
    EXPECT_EQ(epochOf(digits, 3), alone);
}

}  // namespace
}  // namespace normscope
