// How live the window stays while three models train: delay of the event loop and frames of the
// charts. Prints JSON.
//
//     xvfb-run -a build/release/window_liveness [SECONDS]

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "app/main_window.h"
#include "core/trainer.h"
#include "ui/chart/metric_chart.h"
#include "ui/train/presets.h"
#include "ui/train/train_page.h"

using namespace normscope;

namespace {

/// Counts what a widget and its children paint.
class PaintCounter : public QObject {
  public:
    explicit PaintCounter(QWidget& widget) {
        widget.installEventFilter(this);
        for (QWidget* child : widget.findChildren<QWidget*>()) {
            child->installEventFilter(this);
        }
    }
    /// Of the child that paints most often: the plot.
    int most() const {
        const auto most =
            std::ranges::max_element(counts_, {}, [](const auto& entry) { return entry.second; });
        return most == counts_.end() ? 0 : most->second;
    }
    void clear() { counts_.clear(); }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint) {
            ++counts_[watched];
        }
        return false;
    }

  private:
    std::map<QObject*, int> counts_;
};

double quantile(const std::vector<double>& sorted, double share) {
    return sorted.empty()
               ? 0.0
               : sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

}  // namespace

int main(int argc, char* argv[]) {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 20.0;
    QApplication application(argc, argv);
    std::setlocale(LC_NUMERIC, "C");
    const QTemporaryDir folder;
    StoredState state;
    state.training = withPreset({}, presets()[kDefaultPreset]);
    MainWindow window(
        {.folders = {.bundledData = NORMSCOPE_MNIST, .runs = folder.path().toStdString()},
         .factory = &makeTrainer,
         .cores = 2},
        state);
    window.resize(1920, 1080);
    window.show();
    window.session().start(state.training);

    auto* page = window.findChild<TrainPage*>();
    PaintCounter chart(*page->charts().front());
    std::vector<double> delays;
    QElapsedTimer beat;
    QTimer heart;
    constexpr int kBeat = 5;
    QObject::connect(&heart, &QTimer::timeout, [&] {
        delays.push_back(static_cast<double>(beat.nsecsElapsed()) / 1e6 - kBeat);
        beat.start();
    });
    heart.setTimerType(Qt::PreciseTimer);
    // The images and torch come first; what is measured is the training.
    QObject::connect(&window.session(), &TrainingSession::changed, &heart, [&] {
        if (window.session().phase() == RunPhase::Training && !heart.isActive()) {
            QTimer::singleShot(1000, &heart, [&] {
                chart.clear();
                beat.start();
                heart.start(kBeat);
                // quit() would ask the window, which asks the user.
                QTimer::singleShot(static_cast<int>(seconds * 1000), &application,
                                   [] { QApplication::exit(); });
            });
        }
    });
    QApplication::exec();

    std::ranges::sort(delays);
    const nlohmann::ordered_json json{
        {"seconds", seconds},
        {"delay_median_ms", quantile(delays, 0.5)},
        {"delay_p99_ms", quantile(delays, 0.99)},
        {"delay_worst_ms", quantile(delays, 1.0)},
        {"frames_per_second", chart.most() / seconds},
    };
    std::puts(json.dump().c_str());
    return 0;
}
