// Starts and stops trainings in the real window, and moves sliders, and looks whether memory grows.
//
//     QT_QPA_PLATFORM=offscreen build/release/soak [STARTS] [MOVES] [IMAGES]
//
// Prints JSON: what was taken from the heap at the start and at the end, once the first tenth has
// filled what is kept for good. Fails where either grows by more than a page for each repetition,
// the least that a forgotten network or picture would cost.

#include <malloc.h>

#include <QApplication>
#include <QLoggingCategory>
#include <QPixmapCache>
#include <QSlider>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <nlohmann/json.hpp>
#include <random>

#include "app/main_window.h"
#include "app/window_environment.h"
#include "core/trainer.h"
#include "tests/app/small_mnist.h"
#include "tests/named_widget.h"
#include "ui/affine/affine_page.h"
#include "ui/train/presets.h"

using namespace normscope;
using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

constexpr double kMostBytesEach = 4096;

template <typename Condition>
void waitUntil(Condition condition) {
    while (!condition()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
}

/// Bytes that were asked for and not given back, but for Qt's cache of pictures, which is bounded.
/// There is but one arena: see main().
double heapInUse() {
    QPixmapCache::clear();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    const struct mallinfo2 info = ::mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd);
}

/// Does it so many times. What the heap holds is compared between the two halves of what follows
/// the first tenth, each by its median: what is kept for a while is in both.
Json repeat(int times, const std::function<void(int)>& once) {
    std::vector<double> heap;
    for (int time = 0; time < times; ++time) {
        once(time);
        if (time >= times / 10) {
            heap.push_back(heapInUse());
        }
    }
    const auto middle = heap.begin() + static_cast<std::ptrdiff_t>(heap.size() / 2);
    const auto median = [](std::vector<double> values) {
        const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
        std::ranges::nth_element(values, half);
        return *half;
    };
    const double before = median({heap.begin(), middle});
    const double after = median({middle, heap.end()});
    return {{"times", times},
            {"heap_before", before},
            {"heap_after", after},
            {"bytes_each", (after - before) / (0.5 * static_cast<double>(heap.size()))}};
}

/// Every third comes to its end, the others are stopped in the middle of an epoch.
Json trainings(MainWindow& window, const TrainingConfig& config, int times) {
    TrainingSession& session = window.session();
    return repeat(times, [&](int time) {
        session.start(config);
        waitUntil([&] { return session.phase() == RunPhase::Training; });
        if (time % 3 != 0) {
            waitUntil([&] { return !session.trained()->models.back().epochs.empty(); });
            session.stop();
        }
        waitUntil([&] { return session.phase() == RunPhase::Ended; });
        // Somebody who keeps none of them: the list of the runs may grow with the runs.
        fs::remove_all(session.shownFolder());
    });
}

Json slides(MainWindow& window, int times) {
    window.showPage(Page::Affine);
    waitUntil([&] { return !window.isReading(); });
    std::vector<QSlider*> sliders;
    for (const char* name : {"Between slider", "Gamma slider", "Beta slider"}) {
        sliders.push_back(testing::namedWidget<QSlider>(window.affinePage(), name));
    }
    std::mt19937 random(1);
    return repeat(times, [&](int time) {
        QSlider& slider = *sliders[static_cast<std::size_t>(time) % sliders.size()];
        slider.setValue(std::uniform_int_distribution(slider.minimum(), slider.maximum())(random));
        QCoreApplication::processEvents();
    });
}

bool isSteady(const Json& figures) {
    return figures["bytes_each"].get<double>() < kMostBytesEach;
}

}  // namespace

int main(int argc, char* argv[]) {
    ::mallopt(M_ARENA_MAX, 1);                                            // heapInUse() sees one
    const int starts = std::max(2, argc > 1 ? std::atoi(argv[1]) : 500);  // there are two halves
    const int moves = std::max(2, argc > 2 ? std::atoi(argv[2]) : 10'000);
    const int images = argc > 3 ? std::atoi(argv[3]) : 640;
    QApplication application(argc, argv);
    settleApplication();
    QLoggingCategory::setFilterRules(QStringLiteral("normscope.*=false"));
    const testing::TemporaryFolder folder;
    testing::writeSmallMnist(folder.path() / "data");
    StoredState state;
    state.training = withPreset({}, presets()[kDefaultPreset]);
    state.training.cycles = {2};
    state.training.batchSize = 32;
    state.training.trainLimit = images;
    MainWindow window({.folders = {.bundledData = folder.path() / "data",
                                   .runs = folder.path() / "runs",
                                   .bundledRuns = {}},
                       .factory = &makeTrainer,
                       .cores = 2},
                      state);
    window.resize(1280, 800);
    window.show();
    const Json json{{"trainings", trainings(window, state.training, starts)},
                    {"slider_moves", slides(window, moves)}};
    std::puts(json.dump(2).c_str());
    return isSteady(json["trainings"]) && isSteady(json["slider_moves"]) ? EXIT_SUCCESS
                                                                         : EXIT_FAILURE;
}
