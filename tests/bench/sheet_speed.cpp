// From the move of a slider and of the mouse to the painted picture: of the sheet alone ("sheet"),
// and of the whole page in the window, with formula, histograms and statistics ("page"). Prints
// JSON, milliseconds: median and 99th percentile, and the median of the processor's time, which
// other programs on a busy machine do not lengthen. Of the page also the longest that the event
// loop is kept busy at a time while what may come later, such as histograms, is worked out.
//
//     QT_QPA_PLATFORM=offscreen build/release/sheet_speed [REPETITIONS]

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QScrollBar>
#include <algorithm>
#include <array>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "core/sample_tensors.h"
#include "ui/normalize/normalize_page.h"
#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_view.h"
#include "ui/theme.h"

using namespace normscope;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::array kShapes{Shape4{4, 4, 3, 3}, Shape4{8, 16, 8, 8}, Shape4{32, 32, 28, 28}};
/// A sheet that fills the screen, more than any window shows of it.
constexpr std::array kSheetSizes{QSize(1280, 800), QSize(1920, 1080)};
/// What a window of 1280 x 800 and of 1920 x 1080 gives the page.
constexpr std::array kPageSizes{QSize(1174, 716), QSize(1814, 996)};

double quantile(std::vector<double> times, double share) {
    const auto place =
        times.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(times.size() - 1));
    std::ranges::nth_element(times, place);
    return *place;
}

/// Times of one kind of change, each with the picture that follows.
class Times {
  public:
    explicit Times(int repetitions) : repetitions_(repetitions) {}

    template <typename Change>
    Json of(SheetView& view, Change change) const {
        return ofAlone([&](int i) {
            change(i);
            view.viewport()->repaint();
        });
    }

    /// Without a picture.
    template <typename Change>
    Json ofAlone(Change change) const {
        std::vector<double> times;
        std::vector<double> processorTimes;
        for (int i = 0; i < repetitions_; ++i) {
            QElapsedTimer timer;
            timer.start();
            const std::clock_t processor = std::clock();
            change(i);
            times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
            processorTimes.push_back(1e3 * static_cast<double>(std::clock() - processor) /
                                     CLOCKS_PER_SEC);
            QCoreApplication::processEvents();
        }
        return {{"median", quantile(times, 0.5)},
                {"p99", quantile(times, 0.99)},
                {"processor", quantile(processorTimes, 0.5)}};
    }

  private:
    int repetitions_;
};

std::vector<int> divisorsOf(int channels) {
    std::vector<int> divisors;
    for (int divisor = 1; divisor <= channels; ++divisor) {
        if (channels % divisor == 0) {
            divisors.push_back(divisor);
        }
    }
    return divisors;
}

void moveMouse(SheetView& view, QPointF point) {
    QMouseEvent event(QEvent::MouseMove, point, view.viewport()->mapToGlobal(point), Qt::NoButton,
                      Qt::NoButton, Qt::NoModifier);
    QApplication::sendEvent(view.viewport(), &event);
}

QRectF lastBlock(const SheetView& view) {
    const Shape4& shape = view.document().shape();
    return view.sheetLayout().block(SheetPart::Output, shape.images - 1, shape.channels - 1);
}

/// Every paint of a glide, with the layout that it shows.
Json glideFrames(SheetView& view, SheetDocument& document, int groups, int otherGroups) {
    std::vector<double> times;
    view.setMotion(true);
    for (const int to : {groups, otherGroups, groups, otherGroups}) {
        document.setGroups(to);
        QElapsedTimer whole;
        for (whole.start(); whole.elapsed() < 300;) {
            const QRectF before = lastBlock(view);
            QElapsedTimer timer;
            timer.start();
            QCoreApplication::processEvents();
            if (lastBlock(view) != before) {
                view.viewport()->repaint();
                times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
            }
        }
    }
    view.setMotion(false);
    if (times.empty()) {
        return nullptr;
    }
    return {{"median", quantile(times, 0.5)}, {"worst", quantile(times, 1.0)}};
}

Json measureSheet(const Shape4& shape, QSize size, int repetitions) {
    SheetDocument document;
    SheetView view(document);
    view.setMotion(false);
    view.resize(size);
    view.show();
    document.setInput(smallIntegers(shape, 1), QString());
    document.setKind(NormKind::Group);
    QCoreApplication::processEvents();

    const Times times(repetitions);
    const std::vector<int> divisors = divisorsOf(shape.channels);
    std::mt19937 random(1);
    const auto anywhere = [&] {
        const auto within = [&](int extent) {
            return std::uniform_real_distribution<double>(0.0, extent)(random);
        };
        return QPointF(within(view.viewport()->width()), within(view.viewport()->height()));
    };
    Json json{{"shape", {shape.images, shape.channels, shape.height, shape.width}},
              {"sheet", {size.width(), size.height()}}};
    json["slider"] = times.of(view, [&](int i) {
        document.setGroups(divisors[static_cast<std::size_t>(i) % divisors.size()]);
    });
    SheetDocument unseen;
    unseen.setState(document.state(), QString());
    json["arithmetic_of_slider"] = times.ofAlone(
        [&](int i) { unseen.setGroups(divisors[static_cast<std::size_t>(i) % divisors.size()]); });
    json["glide_frame"] = glideFrames(view, document, divisors.front(), divisors[1]);
    json["hover"] = times.of(view, [&](int) { moveMouse(view, anywhere()); });
    json["gamma"] = times.of(view, [&](int i) { document.setGamma({}, 0.01 * i); });
    view.setBackwards(true);
    json["backwards"] = times.of(view, [&](int i) {
        view.setCurrent(SheetCell{SheetPart::Output, {0, i % shape.channels, 0, 0}});
    });
    view.setBackwards(false);
    view.setCurrent(std::nullopt);
    // Close enough for numbers.
    const qreal close = 20.0 / view.sheetLayout().metrics().cell.height();
    view.setZoom(close, QPointF(size.width(), size.height()) / 2.0);
    json["hover_close"] = times.of(view, [&](int) { moveMouse(view, anywhere()); });
    json["slider_close"] = times.of(view, [&](int i) {
        document.setGroups(divisors[static_cast<std::size_t>(i) % divisors.size()]);
    });
    QScrollBar* bar = view.verticalScrollBar();
    json["scroll_close"] =
        times.of(view, [&](int i) { bar->setValue(bar->value() + (i / 20 % 2 == 0 ? 24 : -24)); });
    return json;
}

/// Changes the page and waits for its picture; then lets what was put off happen.
class PageTimes {
  public:
    PageTimes(NormalizePage& page, int repetitions) : page_(page), repetitions_(repetitions) {}

    template <typename Change>
    Json of(Change change) const {
        std::vector<double> pictures;
        std::vector<double> processorTimes;
        std::vector<double> later;
        for (int i = 0; i < repetitions_; ++i) {
            QElapsedTimer timer;
            timer.start();
            const std::clock_t processor = std::clock();
            change(i);
            paint();
            pictures.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
            processorTimes.push_back(1e3 * static_cast<double>(std::clock() - processor) /
                                     CLOCKS_PER_SEC);
            later.push_back(longestEvent());
        }
        return {
            {"median", quantile(pictures, 0.5)},
            {"p99", quantile(pictures, 0.99)},
            {"processor", quantile(processorTimes, 0.5)},
            {"longest_later", {{"median", quantile(later, 0.5)}, {"p99", quantile(later, 0.99)}}}};
    }

  private:
    /// As the event loop does before the next frame: what moves is laid out, and what has changed
    /// is painted, all of it at once.
    void paint() const {
        QCoreApplication::sendPostedEvents();
        QEvent request(QEvent::UpdateRequest);
        QCoreApplication::sendEvent(&page_, &request);
    }

    /// The longest turn of the event loop in the time that a reader takes for the next move.
    static double longestEvent() {
        constexpr int kMilliseconds = 60;
        double longest = 0.0;
        QElapsedTimer whole;
        for (whole.start(); whole.elapsed() < kMilliseconds;) {
            QElapsedTimer timer;
            timer.start();
            QCoreApplication::processEvents(QEventLoop::AllEvents, /*maxtime=*/0);
            longest = std::max(longest, static_cast<double>(timer.nsecsElapsed()) / 1e6);
        }
        return longest;
    }

    NormalizePage& page_;
    int repetitions_;
};

Json measurePage(const Shape4& shape, QSize size, int repetitions) {
    NormalizePage page;
    page.setMotion(false);
    page.resize(size);
    page.show();
    SheetDocument& document = page.document();
    document.setInput(smallIntegers(shape, 1), QStringLiteral("Numbers"));
    document.setKind(NormKind::Group);
    const PageTimes times(page, repetitions);
    const std::vector<int> divisors = divisorsOf(shape.channels);
    SheetView& view = page.view();
    std::mt19937 random(1);
    const auto anywhere = [&](SheetPart part) {
        const auto below = [&](int count) {
            return static_cast<int>(random() % static_cast<unsigned>(count));
        };
        return SheetCell{
            part,
            {below(shape.images), below(shape.channels), below(shape.height), below(shape.width)}};
    };
    Json json{{"page", {size.width(), size.height()}},
              {"sheet", {view.viewport()->width(), view.viewport()->height()}},
              {"shape", {shape.images, shape.channels, shape.height, shape.width}}};
    json["hover"] = times.of(
        [&](int) { moveMouse(view, view.viewportRect(anywhere(SheetPart::Input)).center()); });
    json["slider"] = times.of([&](int i) {
        document.setGroups(divisors[static_cast<std::size_t>(i) % divisors.size()]);
    });
    json["gamma"] = times.of([&](int i) { document.setGamma({}, 0.01 * i); });
    json["edit"] =
        times.of([&](int i) { document.setCell(anywhere(SheetPart::Input).cell, 0.5 * i); });
    json["cell"] = times.of([&](int) { view.setCurrent(anywhere(SheetPart::Output)); });
    return json;
}

}  // namespace

int main(int argc, char* argv[]) {
    const int repetitions = argc > 1 ? std::max(1, std::atoi(argv[1])) : 200;
    QApplication application(argc, argv);
    std::setlocale(LC_NUMERIC, "C");
    applyTheme(/*dark=*/false, /*textScale=*/100);
    Json all = Json::array();
    for (const Shape4& shape : kShapes) {
        for (const QSize& size : kPageSizes) {
            all.push_back(measurePage(shape, size, repetitions));
            std::fprintf(stderr, "%s\n", all.back().dump().c_str());
        }
        for (const QSize& size : kSheetSizes) {
            all.push_back(measureSheet(shape, size, repetitions));
            std::fprintf(stderr, "%s\n", all.back().dump().c_str());
        }
    }
    std::puts(all.dump().c_str());
    return 0;
}
