// How live the window stays while three models train, at 1920x1080: delay of the event loop, time
// to paint a frame, frames of the charts. With POINTS, every curve of the mini-batches has as many
// points before the training begins. Prints JSON; beside it, from Start to the first point on a
// chart, the very first time and the median and the worst of some more, and from Pause until the
// last trainer rests. "busy" in place of the trainers: some that only keep a core busy, for a
// millisecond a mini-batch.
//
//     xvfb-run -a -s "-screen 0 1920x1080x24" build/release/window_liveness [SECONDS] [POINTS]
//     [busy]

#include <qcustomplot.h>

#include <QApplication>
#include <QTemporaryDir>
#include <QTimer>
#include <atomic>
#include <chrono>
#include <clocale>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>
#include <utility>

#include "app/frame_meter.h"
#include "app/main_window.h"
#include "app/warm_start.h"
#include "core/trainer.h"
#include "ui/chart/metric_chart.h"
#include "ui/train/presets.h"
#include "ui/train/train_page.h"

using namespace normscope;
using Json = nlohmann::ordered_json;

namespace {

constexpr int kStarts = 6;

using Clock = std::chrono::steady_clock;

/// When any of the trainers was last at work.
std::atomic<Clock::time_point> lastSlice;

/// Numbers its mini-batches as if many had come before.
class LateTrainer : public Trainer {
  public:
    LateTrainer(std::unique_ptr<Trainer> trainer, std::int64_t before)
        : trainer_(std::move(trainer)), before_(before) {}

    Slice step() override {
        Slice slice = trainer_->step();
        if (slice.step) {
            slice.step->step += before_;
        }
        lastSlice = Clock::now();
        return slice;
    }
    int epochsFinished() const override { return trainer_->epochsFinished(); }
    std::string model() const override { return trainer_->model(); }
    std::string checkpoint() const override { return trainer_->checkpoint(); }

  private:
    std::unique_ptr<Trainer> trainer_;
    std::int64_t before_;
};

/// Learns nothing, fast.
class BusyTrainer : public Trainer {
  public:
    Slice step() override {
        const auto end = Clock::now() + std::chrono::milliseconds(1);
        while (Clock::now() < end) {
        }
        ++steps_;
        const float loss = 0.1F + 1.0F / static_cast<float>(steps_);
        return {.phase = ModelPhase::Training,
                .images = 64,
                .seconds = 0.001,
                .step = StepRecord{.step = steps_,
                                   .epoch = 1,
                                   .loss = loss,
                                   .accuracy = 1.0F - loss / 2.0F,
                                   .l1Penalty = 0.0F},
                .sample = nullptr,
                .epoch = std::nullopt,
                .evaluation = nullptr};
    }
    int epochsFinished() const override { return 0; }
    std::string model() const override { return {}; }
    std::string checkpoint() const override { return {}; }

  private:
    std::int64_t steps_ = 0;
};

/// A training that never was: falls as losses do, and is as noisy.
TrainingSnapshot history(std::uint64_t run, std::size_t model, std::int64_t points) {
    std::mt19937 random(static_cast<unsigned>(model));
    std::normal_distribution<float> noise(0.0F, 0.5F);
    TrainingSnapshot snapshot;
    snapshot.run = run;
    snapshot.model = model;
    snapshot.phase = ModelPhase::Training;
    for (std::int64_t step = 1; step <= points; ++step) {
        const float level = 0.02F + 2.0F / (1.0F + 0.01F * static_cast<float>(step));
        const float loss = level * std::exp(noise(random));
        snapshot.steps.push_back({.step = step,
                                  .epoch = 1,
                                  .loss = loss,
                                  .accuracy = std::exp(-0.5F * loss),
                                  .l1Penalty = 0.0F});
    }
    return snapshot;
}

Json toJson(const TimeFigures& figures) {
    return {{"median_ms", figures.median}, {"worst_ms", figures.worst}};
}

double millisecondsBetween(Clock::time_point from, Clock::time_point to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

template <typename Condition>
void waitUntil(Condition condition) {
    while (!condition()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
}

void waitFor(int milliseconds) {
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Whether a plot has been painted since it was drawn anew.
class PaintSpy : public QObject {
  public:
    explicit PaintSpy(QCustomPlot& plot) {
        plot.installEventFilter(this);
        connect(&plot, &QCustomPlot::afterReplot, this, [this] { drawn_ = true; });
    }
    void expectNext() { drawn_ = painted_ = false; }
    bool painted() const { return painted_; }

  protected:
    bool eventFilter(QObject*, QEvent* event) override {
        painted_ |= drawn_ && event->type() == QEvent::Paint;
        return false;
    }

  private:
    bool drawn_ = false;
    bool painted_ = false;
};

std::size_t points(const TrainPage& page) {
    std::size_t most = 0;
    for (const Curve& curve : page.charts().front()->content().curves) {
        most = std::max(most, curve.data.size());
    }
    return most;
}

/// Starts, pauses and stops some trainings.
Json measureCommands(TrainingSession& session, const TrainingConfig& config,
                     const TrainPage& page) {
    std::vector<double> starts;
    std::vector<double> pauses;
    PaintSpy spy(*page.charts().front()->findChild<QCustomPlot*>());
    for (int i = 0; i < kStarts; ++i) {
        const auto startTime = Clock::now();
        session.start(config);
        waitUntil([&] { return session.phase() == RunPhase::Training && points(page) > 0; });
        spy.expectNext();
        waitUntil([&] { return spy.painted(); });
        starts.push_back(millisecondsBetween(startTime, Clock::now()));
        waitFor(500);
        const auto pauseTime = Clock::now();
        session.pauseOrResume();
        waitFor(500);
        pauses.push_back(millisecondsBetween(pauseTime, lastSlice));
        session.stop();
        waitUntil([&] { return session.phase() == RunPhase::Ended; });
    }
    const double first = starts.front();
    starts.erase(starts.begin());
    return {{"first_start_to_first_point_ms", first},
            {"start_to_first_point", toJson(figuresOf(starts))},
            {"pause_to_last_slice", toJson(figuresOf(pauses))}};
}

}  // namespace

int main(int argc, char* argv[]) {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 20.0;
    const std::int64_t before = argc > 2 ? std::atoll(argv[2]) : 0;
    const bool busy = argc > 3;
    QApplication application(argc, argv);
    std::setlocale(LC_NUMERIC, "C");
    const QTemporaryDir folder;
    StoredState state;
    state.training = withPreset({}, presets()[kDefaultPreset]);
    std::int64_t shift = 0;
    MainWindow window(
        {.folders = {.bundledData = NORMSCOPE_MNIST, .runs = folder.path().toStdString()},
         .factory =
             [&](const TrainerStart& start) {
                 return std::make_unique<LateTrainer>(
                     busy ? std::make_unique<BusyTrainer>() : makeTrainer(start), shift);
             },
         .cores = 2},
        state);
    window.resize(1920, 1080);
    TrainingSession& session = window.session();
    bool dataRead = false;
    QObject::connect(&session, &TrainingSession::statusChanged, [&] { dataRead = true; });
    QObject::connect(&window, &MainWindow::pageShown, [&] { new WarmStart(window, {}); });
    window.show();
    waitUntil([&] { return dataRead && !window.findChild<WarmStart*>(); });

    TrainPage* page = &window.trainPage();
    Json json = measureCommands(session, state.training, *page);

    shift = before;
    session.start(state.training);
    waitUntil([&] { return session.phase() == RunPhase::Training; });
    for (std::size_t model = 0; before > 0 && model < state.training.models.size(); ++model) {
        page->apply(history(kStarts + 1, model, before));
    }
    waitFor(1000);
    FrameMeter meter(window);
    meter.start();
    waitFor(static_cast<int>(1e3 * seconds));
    json["points_before"] = before;
    json["window"] = Json::parse(normscope::toJson(meter.figures()));
    std::puts(json.dump(2).c_str());
    session.stop();
    waitUntil([&] { return session.phase() == RunPhase::Ended; });
    return 0;
}
