// How fluid the galleries are: three models with all 10,000 test digits each ("Show correct ones
// too"), one gallery scrolled without a pause. Prints JSON, milliseconds: from nothing to the
// painted page ("open") and from one epoch of a training to the next ("epoch"); of each frame of
// scrolling on ("scroll") and of going to anywhere, which paints every digit anew ("jump"). Of the
// frames the median and the 99th percentile, and the same of the processor's time, which other
// programs on a busy machine do not lengthen. Beside it, in the same run, a bare QListView of as
// many ready-made pixmaps and nothing else ("list_of_pixmaps"). 60 frames a second are 16.7 ms.
//
//     QT_QPA_PLATFORM=offscreen build/release/gallery_speed [FRAMES]

#include <QAbstractListModel>
#include <QApplication>
#include <QCheckBox>
#include <QElapsedTimer>
#include <QListView>
#include <QPixmap>
#include <QScrollBar>
#include <algorithm>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>
#include <random>
#include <vector>

#include "tests/named_widget.h"
#include "tests/ui/mistakes_fixture.h"
#include "ui/misclassified/gallery_delegate.h"
#include "ui/misclassified/gallery_image.h"
#include "ui/misclassified/gallery_view.h"
#include "ui/misclassified/misclassified_page.h"
#include "ui/theme.h"

using namespace normscope;
using Json = nlohmann::ordered_json;

namespace {

constexpr int kImages = 10'000;
constexpr int kEpochs = 20;
constexpr int kMistakesPerMille = 10;
constexpr int kPixelsPerFrame = 24;
/// What a window of 1280 x 800 and of 1920 x 1080 gives the page.
constexpr QSize kPageSizes[] = {{1174, 716}, {1814, 996}};

double quantile(std::vector<double> times, double share) {
    const auto place =
        times.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(times.size() - 1));
    std::ranges::nth_element(times, place);
    return *place;
}

double milliseconds(const QElapsedTimer& timer) {
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

Comparison threeModels() {
    std::mt19937 random(1);
    std::vector<testing::Epochs> models(3);
    for (testing::Epochs& epochs : models) {
        for (int epoch = 0; epoch < kEpochs; ++epoch) {
            std::vector<std::uint8_t> read = testing::readings(kImages, {});
            for (std::uint8_t& digit : read) {
                digit = static_cast<int>(random() % 1000) < kMistakesPerMille
                            ? static_cast<std::uint8_t>(random() % 10)
                            : digit;
            }
            epochs.push_back(read);
        }
    }
    return testing::comparisonOf({"batch", "layer", "group"}, models);
}

/// Each frame with the view at another place.
template <typename Place>
Json framesAt(QAbstractItemView& view, int frames, Place place) {
    std::vector<double> times;
    std::vector<double> processorTimes;
    for (int frame = 0; frame < frames; ++frame) {
        const int value = place(frame);
        QElapsedTimer timer;
        timer.start();
        const std::clock_t processor = std::clock();
        view.verticalScrollBar()->setValue(value);
        QCoreApplication::processEvents();
        times.push_back(milliseconds(timer));
        processorTimes.push_back(1e3 * static_cast<double>(std::clock() - processor) /
                                 CLOCKS_PER_SEC);
    }
    return {{"median", quantile(times, 0.5)},
            {"p99", quantile(times, 0.99)},
            {"processor", quantile(processorTimes, 0.5)},
            {"processor_p99", quantile(processorTimes, 0.99)}};
}

Json scrolling(QAbstractItemView& view, int frames) {
    const int end = view.verticalScrollBar()->maximum() + 1;
    std::mt19937 random(2);
    return {{"scroll", framesAt(view, frames, [=](int i) { return i * kPixelsPerFrame % end; })},
            {"jump", framesAt(view, frames, [&](int) {
                 return static_cast<int>(random() % static_cast<unsigned>(end));
             })}};
}

/// Ready-made pictures of the digits and nothing else.
class PixmapModel : public QAbstractListModel {
  public:
    PixmapModel(const Dataset& dataset, const DigitScale& scale) {
        for (int image = 0; image < kImages; ++image) {
            pixmaps_.push_back(
                QPixmap::fromImage(digitImage(dataset.test.image(image), scale, /*dark=*/false)));
        }
    }
    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(pixmaps_.size());
    }
    QVariant data(const QModelIndex& index, int role) const override {
        return role == Qt::DecorationRole
                   ? QVariant(pixmaps_[static_cast<std::size_t>(index.row())])
                   : QVariant();
    }

  private:
    std::vector<QPixmap> pixmaps_;
};

Json measureList(const Dataset& dataset, const GalleryView& gallery, int frames) {
    PixmapModel model(dataset, digitScale(3.0, gallery.devicePixelRatioF()));
    QListView list;
    list.setFlow(QListView::LeftToRight);
    list.setWrapping(true);
    list.setUniformItemSizes(true);
    list.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list.setGridSize(gallery.gridSize());
    list.setModel(&model);
    list.resize(gallery.size());
    list.show();
    QCoreApplication::processEvents();
    return scrolling(list, frames);
}

Json measure(QSize size, int frames) {
    const Comparison models = threeModels();
    const auto dataset = testing::noisyDataset(kImages);
    QElapsedTimer timer;
    timer.start();
    MisclassifiedPage page;
    page.resize(size);
    page.setComparison(models, dataset);
    page.show();
    QCoreApplication::processEvents();
    page.repaint();
    Json json{{"page", {size.width(), size.height()}}, {"open", milliseconds(timer)}};

    timer.start();
    testing::namedWidget<QCheckBox>(page, QStringLiteral("Show correct ones too"))
        ->setChecked(true);
    QCoreApplication::processEvents();
    json["show_all"] = milliseconds(timer);
    const Comparison next = threeModels();
    timer.start();
    page.setComparison(next, dataset);
    QCoreApplication::processEvents();
    json["epoch"] = milliseconds(timer);

    auto* gallery = page.findChild<GalleryView*>();
    json["gallery"] = {gallery->width(), gallery->height()};
    json["digits"] = gallery->model()->rowCount();
    json["gallery_of_digits"] = scrolling(*gallery, frames);
    json["list_of_pixmaps"] = measureList(*dataset, *gallery, frames);
    return json;
}

}  // namespace

int main(int argc, char* argv[]) {
    const int frames = argc > 1 ? std::max(1, std::atoi(argv[1])) : 1000;
    QApplication application(argc, argv);
    std::setlocale(LC_NUMERIC, "C");
    applyTheme(/*dark=*/false, /*textScale=*/100);
    Json all = Json::array();
    for (const QSize& size : kPageSizes) {
        all.push_back(measure(size, frames));
    }
    std::puts(all.dump(2).c_str());
    return 0;
}
