// How fluid long curves are: one chart with three curves of 100,000 and of 1,000,000 points each,
// smoothed and raw. Prints JSON, milliseconds: the longest that the event loop is kept busy at a
// time by a frame of a living chart ("frame"), by another zoom ("zoom") and by another smoothing
// ("smoothing"), and how long it takes until all of the latter is on the screen ("settled"); of
// each the median and the worst, on the wall and of the processor's time, which other programs on a
// busy machine do not lengthen.
//
//     QT_QPA_PLATFORM=offscreen build/release/chart_speed [REPETITIONS]

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <clocale>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>
#include <random>

#include "ui/chart/metric_chart.h"
#include "ui/theme.h"
#include "ui/train/training_charts.h"

using namespace normscope;
using Json = nlohmann::ordered_json;

namespace {

/// Of one of four charts in a window of 1920 x 1080, and of one that fills it.
constexpr QSize kSizes[] = {{750, 400}, {1500, 800}};

double milliseconds(const QElapsedTimer& timer) {
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

double processorMilliseconds() {
    std::timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

struct Times {
    std::vector<double> wall;
    std::vector<double> processor;

    Json toJson() {
        std::ranges::sort(wall);
        std::ranges::sort(processor);
        return {{"median", wall[wall.size() / 2]},
                {"worst", wall.back()},
                {"processor_median", processor[processor.size() / 2]},
                {"processor_worst", processor.back()}};
    }
};

/// The event loop's turns until there is nothing more to do; the longest of them counts.
class Turns {
  public:
    template <typename Change>
    void measure(Change change) {
        double wall = 0.0;
        double processor = 0.0;
        const auto turn = [&](auto work) {
            QElapsedTimer timer;
            timer.start();
            const double before = processorMilliseconds();
            const bool more = work();
            wall = std::max(wall, milliseconds(timer));
            processor = std::max(processor, processorMilliseconds() - before);
            return more;
        };
        QElapsedTimer whole;
        whole.start();
        turn([&] {
            change();
            return true;
        });
        // A turn of the loop that finds nothing to do is the end.
        while (turn([] {
            QCoreApplication::sendPostedEvents();
            return QCoreApplication::eventDispatcher()->processEvents(QEventLoop::AllEvents);
        })) {
        }
        longest_.wall.push_back(wall);
        longest_.processor.push_back(processor);
        settled_.wall.push_back(milliseconds(whole));
        settled_.processor.push_back(processor);
    }

    Json longest() { return longest_.toJson(); }
    Json settled() { return settled_.toJson(); }

  private:
    Times longest_;
    Times settled_;
};

/// Falls as losses do, and is as noisy.
class Loss {
  public:
    double next() {
        ++step_;
        const double level = 0.02 + 2.0 / (1.0 + 0.01 * step_);
        return level * std::exp(noise_(random_));
    }

  private:
    std::mt19937 random_{1};
    std::normal_distribution<double> noise_{0.0, 0.5};
    double step_ = 0.0;
};

Json measure(QSize size, int points, double smoothing, int repetitions) {
    constexpr std::size_t kCurves = 3;
    constexpr double kPerEpoch = 938.0;
    MetricChart chart(trainingChartDescriptions().front());
    chart.setCurves({{"batch", NormKind::Batch, 0},
                     {"layer", NormKind::Layer, 0},
                     {"group", NormKind::Group, 0}});
    chart.setPlannedEpochs(static_cast<int>(1.1 * points / kPerEpoch));
    chart.resize(size);
    chart.show();
    chart.setSmoothing(smoothing);
    Loss loss;
    int step = 0;
    const auto grow = [&](int by) {
        for (int i = 0; i < by; ++i) {
            ++step;
            for (std::size_t curve = 0; curve < kCurves; ++curve) {
                chart.append(curve, step / kPerEpoch, loss.next());
            }
        }
    };
    grow(points);
    Turns first;
    first.measure([&] { chart.refresh(); });

    Turns frames;
    for (int i = 0; i < repetitions; ++i) {
        frames.measure([&] {
            grow(2);
            chart.refresh();
        });
    }
    Turns zooms;
    const ChartView all = chart.view();
    for (int i = 0; i < repetitions; ++i) {
        const double from = all.x.upper * i / (2.0 * repetitions);
        const double width = all.x.upper * std::pow(0.5, i % 8);
        zooms.measure([&] { chart.setView({{from, from + width}, all.y}); });
    }
    chart.fit();
    Turns smoothings;
    for (int i = 0; i < repetitions / 4 + 1; ++i) {
        smoothings.measure([&] { chart.setSmoothing(0.5 + 0.499 * (i % 10) / 9.0); });
    }
    return {{"chart", {size.width(), size.height()}},
            {"points", points},
            {"smoothing", smoothing},
            {"first", first.longest()},
            {"frame", frames.longest()},
            {"zoom", zooms.longest()},
            {"smoothing_change", smoothings.longest()},
            {"smoothing_settled", smoothings.settled()}};
}

}  // namespace

int main(int argc, char* argv[]) {
    const int repetitions = argc > 1 ? std::max(1, std::atoi(argv[1])) : 40;
    QApplication application(argc, argv);
    std::setlocale(LC_NUMERIC, "C");
    applyTheme(/*dark=*/false, /*textScale=*/100);
    Json all = Json::array();
    for (const QSize& size : kSizes) {
        for (const int points : {100'000, 1'000'000}) {
            for (const double smoothing : {0.0, 0.9}) {
                all.push_back(measure(size, points, smoothing, repetitions));
                std::fprintf(stderr, "%s\n", all.back().dump().c_str());
            }
        }
    }
    std::puts(all.dump(2).c_str());
    return 0;
}
