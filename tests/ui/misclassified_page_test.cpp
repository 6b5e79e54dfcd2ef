#include "ui/misclassified/misclassified_page.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

#include "tests/named_widget.h"
#include "tests/picture_svg.h"
#include "tests/ui/compared_models.h"
#include "tests/ui/mistakes_fixture.h"
#include "tests/ui/tab_stops.h"
#include "ui/misclassified/agreement_figure.h"
#include "ui/misclassified/confusion_figure.h"
#include "ui/misclassified/digit_panel.h"
#include "ui/misclassified/draw_view.h"
#include "ui/misclassified/gallery_column.h"
#include "ui/misclassified/gallery_view.h"
#include "ui/misclassified/history_figure.h"
#include "ui/picture/picture_export.h"
#include "ui/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/message_strip.h"

using namespace normscope;
using testing::comparisonOf;
using testing::Epochs;
using testing::noisyDataset;
using testing::readings;

namespace {

constexpr int kImages = 300;

/// batch misreads images 6, 13 and 22, layer 13 and 40, group 13; batch has lost 22 in its last
/// epoch and learned 31, all others never changed.
Comparison threeModels(int furtherEpochs = 0) {
    const auto last = readings(kImages, {{6, 0}, {13, 8}, {22, 7}});
    Epochs batch{readings(kImages, {{6, 5}, {13, 8}, {31, 9}}), last};
    Epochs layer(2, readings(kImages, {{13, 8}, {40, 6}}));
    Epochs group(2, readings(kImages, {{13, 5}}));
    for (int epoch = 0; epoch < furtherEpochs; ++epoch) {
        batch.push_back(last);
        layer.push_back(layer.back());
        group.push_back(group.back());
    }
    return comparisonOf({"batch", "layer", "group"}, {batch, layer, group});
}

struct ShownPage {
    MisclassifiedPage page;

    explicit ShownPage(const Comparison& models = threeModels(), int images = kImages) {
        page.resize(1174, 716);
        page.setComparison(models, noisyDataset(images));
        page.show();
        page.activateWindow();
    }

    template <class Widget>
    Widget* named(const char* name) {
        Widget* widget = testing::namedWidget<Widget>(page, QString::fromUtf8(name));
        if (widget == nullptr) {
            qFatal("No %s", name);
        }
        return widget;
    }
    GalleryView* gallery(const char* label) {
        return named<GalleryView>(
            QStringLiteral("Mistakes of %1").arg(QLatin1String(label)).toUtf8());
    }
    std::vector<int> shown(const char* label) {
        const GalleryModel& model = gallery(label)->gallery();
        std::vector<int> images;
        for (int row = 0; row < model.rowCount(); ++row) {
            images.push_back(model.imageAt(row));
        }
        std::ranges::sort(images);
        return images;
    }
    void select(const char* label, int image) {
        GalleryView* view = gallery(label);
        view->setCurrentIndex(view->model()->index(*view->gallery().rowOf(image), 0));
    }
    std::optional<int> selected(const char* label) {
        const GalleryView* view = gallery(label);
        const QModelIndexList indices = view->selectionModel()->selectedIndexes();
        return indices.isEmpty() ? std::nullopt
                                 : std::optional(view->gallery().imageAt(indices.front().row()));
    }
    /// All that the head of a gallery says.
    QString head(const char* label) {
        QStringList texts;
        for (const auto* text :
             gallery(label)->parentWidget()->parentWidget()->findChildren<ElidedLabel*>()) {
            texts << text->text();
        }
        return texts.join('\n');
    }
    bool says(const char* words) {
        const auto labels = page.findChildren<QLabel*>();
        return std::ranges::any_of(labels, [words](const QLabel* label) {
            return label->isVisible() && label->text().contains(QLatin1String(words));
        });
    }
    void openFigures(int tab) {
        named<QToolButton>("Show figures")->setChecked(true);
        named<QTabBar>("Figures")->setCurrentIndex(tab);
        QCoreApplication::processEvents();
    }

  private:
    template <class Widget>
    Widget* named(const QByteArray& name) {
        return named<Widget>(name.constData());
    }
};

using Images = std::vector<int>;

QStringList titlesOf(const std::vector<Picture>& pictures) {
    QStringList titles;
    for (const Picture& picture : pictures) {
        titles << picture.title;
    }
    return titles;
}

}  // namespace

class MisclassifiedPageTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)"))); }
    void initTestCase() {
        QLocale::setDefault(QLocale::c());
        applyTheme(/*dark=*/false, /*textScale=*/100);
    }

    void showsTheMistakesOfEachModel() {
        ShownPage shown;
        QCOMPARE(shown.shown("batch"), (Images{6, 13, 22}));
        QCOMPARE(shown.shown("layer"), (Images{13, 40}));
        QCOMPARE(shown.shown("group"), (Images{13}));
        QVERIFY(shown.head("batch").contains(QStringLiteral("3 wrong of 300")));
        shown.named<QCheckBox>("Show correct ones too")->setChecked(true);
        for (const char* label : {"batch", "layer", "group"}) {
            QCOMPARE(shown.shown(label).size(), std::size_t{kImages});
        }
    }

    void tabGoesFromTheFilterToTheGalleriesAndOn() {
        ShownPage shown;
        const QStringList stops = testing::tabStopsOf(shown.page);
        QVERIFY2(testing::comeInOrder(
                     stops, {"Sort by", "Digit size", "Mistakes of batch", "Mistakes of layer",
                             "Mistakes of group", "Show figures", "Model of the maps"}),
                 qPrintable(stops.join(u',')));
    }

    void sortsAsAsked() {
        ShownPage shown;
        auto* order = shown.named<QComboBox>("Sort by");
        const auto first = [&] { return shown.gallery("batch")->gallery().imageAt(0); };
        QCOMPARE(first(), 22);  // the later the image, the surer
        order->setCurrentText(QStringLiteral("Image"));
        QCOMPARE(first(), 6);
        order->setCurrentText(QStringLiteral("Digit"));
        QCOMPARE(first(), 22);  // a 2
        order->setCurrentText(QStringLiteral("Loss"));
        QCOMPARE(first(), 22);
    }

    void beginsWithTheSurestMistake() {
        ShownPage shown;
        QCOMPARE(shown.gallery("batch")->gallery().imageAt(0), 22);
        QCOMPARE(shown.selected("batch"), 22);
        // Nobody's choice is taken from them when the models are shown anew.
        shown.select("batch", 13);
        shown.page.setComparison(threeModels(), noisyDataset(kImages));
        QCOMPARE(shown.selected("batch"), 13);
    }

    void choosesTheSameDigitInAllGalleries() {
        ShownPage shown;
        shown.page.resize(1814, 996);  // where heads have room for words
        shown.select("batch", 13);
        QCOMPARE(shown.selected("layer"), 13);
        QCOMPARE(shown.selected("group"), 13);
        QVERIFY(shown.head("group").contains(QStringLiteral("reads 5")));
        shown.select("layer", 40);
        QCOMPARE(shown.selected("layer"), 40);
        QVERIFY(!shown.selected("batch"));
        QVERIFY(shown.head("batch").contains(QStringLiteral("Image 41: reads 0")));
        QVERIFY(shown.head("batch").contains(QStringLiteral("rightly")));
        QVERIFY(shown.head("layer").contains(QStringLiteral("reads 6")));
    }

    void movesByKeyboard() {
        ShownPage shown;
        shown.named<QComboBox>("Sort by")->setCurrentText(QStringLiteral("Image"));
        shown.named<QCheckBox>("Show correct ones too")->setChecked(true);
        GalleryView* view = shown.gallery("layer");
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        view->setFocus();
        shown.select("layer", 0);
        QTest::keyClick(view, Qt::Key_Right);
        QCOMPARE(shown.selected("batch"), 1);
        QTest::keyClick(view, Qt::Key_Left);
        QTest::keyClick(view, Qt::Key_Down);
        const int columns = *shown.selected("layer");
        QVERIFY(columns >= 2);
        QCOMPARE(view->visualRect(view->currentIndex()).left(),
                 view->visualRect(view->model()->index(0, 0)).left());
        QTest::keyClick(view, Qt::Key_Up);
        QCOMPARE(shown.selected("layer"), 0);
        QTest::keyClick(view, Qt::Key_PageDown);
        QVERIFY(*shown.selected("layer") >= columns);
        QTest::keyClick(view, Qt::Key_End);
        QCOMPARE(shown.selected("group"), kImages - 1);
        QVERIFY(shown.gallery("group")->verticalScrollBar()->value() > 0);
        QTest::keyClick(view, Qt::Key_PageUp);
        QVERIFY(*shown.selected("layer") < kImages - 1);
        QTest::keyClick(view, Qt::Key_Home);
        QCOMPARE(shown.selected("batch"), 0);
    }

    /// Looking through the page with the Tab key must not choose anything.
    void choosesNothingByFocusAlone() {
        ShownPage shown;
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        shown.select("layer", 40);
        shown.gallery("batch")->setFocus(Qt::TabFocusReason);
        QCOMPARE(shown.selected("layer"), 40);
    }

    void isReadOut() {
        ShownPage shown;
        shown.select("batch", 6);
        GalleryView* view = shown.gallery("batch");
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(view);
        QVERIFY(list != nullptr);
        QCOMPARE(list->text(QAccessible::Name), QStringLiteral("Mistakes of batch"));
        QAccessibleTableInterface* table = list->tableInterface();
        QVERIFY(table != nullptr);
        QCOMPARE(table->rowCount(), 3);
        QCOMPARE(table->cellAt(view->currentIndex().row(), 0)->text(QAccessible::Name),
                 QStringLiteral("Test image 7, a 6 read as 0 with 51 %, probability of 6: 49 %"));
    }

    void filtersByDigits() {
        ShownPage shown;
        shown.named<QComboBox>("True digit")->setCurrentText(QStringLiteral("3"));
        QCOMPARE(shown.shown("batch"), (Images{13}));
        QCOMPARE(shown.shown("layer"), (Images{13}));
        shown.named<QComboBox>("Read as")->setCurrentText(QStringLiteral("5"));
        QCOMPARE(shown.shown("batch"), Images{});
        QCOMPARE(shown.shown("group"), (Images{13}));
        shown.named<QPushButton>("Clear filter")->click();
        QCOMPARE(shown.shown("batch"), (Images{6, 13, 22}));
        QVERIFY(!shown.named<QPushButton>("Clear filter")->isEnabled());
    }

    void filtersByCellsOfTheConfusionMatrix() {
        ShownPage shown;
        shown.openFigures(0);
        auto* matrix = shown.named<ConfusionFigure>("Confusion matrix of layer");
        const ConfusionLayout layout(matrix->rect(), matrix->font());
        const auto click = [&](const ConfusionCell& cell) {
            QTest::mouseClick(matrix, Qt::LeftButton, {}, layout.cell(cell).center().toPoint());
        };
        click({3, 8});
        QCOMPARE(shown.shown("batch"), (Images{13}));
        QCOMPARE(shown.shown("layer"), (Images{13}));
        QCOMPARE(shown.shown("group"), Images{});
        QCOMPARE(shown.named<QComboBox>("True digit")->currentText(), QStringLiteral("3"));
        click({3, 8});
        QCOMPARE(shown.shown("layer"), (Images{13, 40}));
        click({3, 3});
        QCOMPARE(shown.shown("layer").size(), std::size_t{kImages / 10 - 1});
    }

    void walksTheConfusionMatrixByKeyboard() {
        ShownPage shown;
        shown.openFigures(0);
        auto* matrix = shown.named<ConfusionFigure>("Confusion matrix of batch");
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        matrix->setFocus();
        for (int i = 0; i < 6; ++i) {
            QTest::keyClick(matrix, Qt::Key_Down);
        }
        QVERIFY(matrix->spokenValues().startsWith(QStringLiteral("6 read as 0: 1.")));
        QTest::keyClick(matrix, Qt::Key_Return);
        QCOMPARE(shown.shown("batch"), (Images{6}));
        QTest::keyClick(matrix, Qt::Key_Space);
        QCOMPARE(shown.shown("batch"), (Images{6, 13, 22}));
        QTest::keyClick(matrix, Qt::Key_End);
        QTest::keyClick(matrix, Qt::Key_Right);
        QVERIFY(matrix->spokenValues().startsWith(QStringLiteral("6 read as 9: 0.")));
    }

    void filtersByWhoMisreads() {
        ShownPage shown;
        shown.openFigures(1);
        auto* sets = shown.named<AgreementFigure>("Who misreads what");
        QCOMPARE(sets->content().sets.size(), std::size_t{3});
        QVERIFY(sets->spokenValues().contains(
            QStringLiteral("Misread by batch, not by layer, group: 2 images.")));
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        sets->setFocus();
        QTest::keyClick(sets, Qt::Key_Return);  // the largest: only batch
        QCOMPARE(shown.shown("batch"), (Images{6, 22}));
        QCOMPARE(shown.shown("layer"), Images{});
        QVERIFY(shown.says("layer misreads no digit that the filter leaves."));
        QTest::keyClick(sets, Qt::Key_Return);
        QCOMPARE(shown.shown("layer"), (Images{13, 40}));

        auto* misreaders = shown.named<QComboBox>("Misread by");
        misreaders->setCurrentText(QStringLiteral("All: 1"));
        QCOMPARE(shown.shown("batch"), (Images{13}));
        misreaders->setCurrentText(QStringLiteral("Exactly one: 3"));
        QCOMPARE(shown.shown("batch"), (Images{6, 22}));
        QCOMPARE(shown.shown("layer"), (Images{40}));
        misreaders->setCurrentText(QStringLiteral("Only layer: 1"));
        QCOMPARE(shown.shown("batch"), Images{});
    }

    void showsWhatWasWrongAfterEachEpoch() {
        ShownPage shown;
        shown.openFigures(2);
        shown.select("batch", 22);
        auto* history = shown.named<HistoryFigure>("Training history of batch");
        QCOMPARE(history->content().changes[1].learned, 1);
        QCOMPARE(history->content().changes[1].lost, 1);
        QCOMPARE(history->spokenValues(),
                 QStringLiteral("After epoch 2: 3 wrong, 1 learned, 1 lost. "
                                "Image 23, a 2, was read as 7."));
        auto* epoch = shown.named<QSlider>("Epoch");
        QCOMPARE(epoch->value(), 2);
        epoch->setValue(1);
        QCOMPARE(shown.shown("batch"), (Images{6, 13, 31}));
        QVERIFY(shown.head("batch").contains(QStringLiteral("Epoch 1")));
        QVERIFY(shown.head("batch").contains(QStringLiteral("Image 23: reads 2, rightly")));
        QVERIFY(shown.says("Probabilities are kept of the last epoch alone"));
        QCOMPARE(shown.named<ConfusionFigure>("Confusion matrix of batch")->content().count(6, 5),
                 1);
        QTest::keyClick(history, Qt::Key_End);
        QCOMPARE(epoch->value(), 2);
        QCOMPARE(shown.shown("batch"), (Images{6, 13, 22}));
    }

    void tellsTheEpochWhereThereIsLittleRoom() {
        const ComparedModel model = threeModels().front();
        GalleryColumn column;
        column.setModel(model);
        const auto labels = column.findChildren<ElidedLabel*>();
        const auto says = [&](std::optional<int> epoch, const QString& text) {
            column.resize(labels.front()->fontMetrics().horizontalAdvance(text), 400);
            column.show(answersAfter(model, epoch), {6, 13, 31}, {});
            return std::ranges::any_of(
                labels, [&](const ElidedLabel* label) { return label->text() == text; });
        };
        QVERIFY(says(1, QStringLiteral("Epoch 1: 3 wrong")));
        QVERIFY(says({}, QStringLiteral("3 wrong")));
    }

    /// It reads with the network that was saved, which is the last.
    void theDigitInDetailSaysThatItIsOfTheLastEpoch() {
        ShownPage shown;
        QSignalSpy requests(&shown.page, &MisclassifiedPage::readingRequested);
        shown.select("batch", 13);
        QCOMPARE(requests.count(), 1);
        shown.page.showAnswer({requests[0][0].value<ReadingRequest>(),
                               {testing::readingOf(8, 0.9, 0.8), testing::readingOf(8, 0.9, 0.9),
                                testing::readingOf(3, 0.9, 0.9)}});
        QVERIFY(shown.says("Misread by batch, layer."));
        shown.openFigures(2);
        auto* epoch = shown.named<QSlider>("Epoch");
        epoch->setValue(1);
        QVERIFY(shown.says("After the last epoch: misread by batch, layer."));
        epoch->setValue(2);
        QVERIFY(!shown.says("After the last epoch"));
    }

    void saysWhereEpochsWereNotKept() {
        Comparison models = threeModels();
        auto run = std::make_shared<Run>(*models.front().run);
        for (ModelHistory& history : run->models) {
            history.epochPredictions.clear();
        }
        for (ComparedModel& model : models) {
            model.run = run;
        }
        ShownPage shown(models);
        shown.openFigures(2);
        QVERIFY(shown.says("was not kept in these runs"));
        QVERIFY(!shown.named<QSlider>("Epoch")->isEnabled());
    }

    /// As training goes on, after every epoch.
    void staysWhereTheReaderIs() {
        ShownPage shown;
        shown.named<QCheckBox>("Show correct ones too")->setChecked(true);
        shown.named<QComboBox>("Misread by")->setCurrentText(QStringLiteral("Exactly one: 3"));
        shown.select("batch", 22);
        shown.page.setComparison(threeModels(1), noisyDataset(kImages));
        QCOMPARE(shown.selected("batch"), 22);
        QCOMPARE(shown.shown("batch"), (Images{6, 22, 40}));
        QCOMPARE(shown.named<QComboBox>("Misread by")->currentText(),
                 QStringLiteral("Exactly one: 3"));

        shown.named<QPushButton>("Clear filter")->click();
        QScrollBar* bar = shown.gallery("layer")->verticalScrollBar();
        bar->setValue(bar->maximum() / 2);
        const int place = bar->value();
        QVERIFY(place > 0);
        Comparison changed = threeModels(2);
        auto run = std::make_shared<Run>(*changed.front().run);
        run->models[1].evaluation = testing::evaluationOf(readings(kImages, {{77, 1}}));
        for (ComparedModel& model : changed) {
            model.run = run;
        }
        shown.page.setComparison(changed, noisyDataset(kImages));
        QCOMPARE(bar->value(), place);
        QVERIFY(shown.head("layer").contains(QStringLiteral("1 wrong")));
        QCOMPARE(shown.named<QSlider>("Epoch")->value(), 4);
    }

    void forgetsSetsOfOtherModels() {
        ShownPage shown;
        shown.named<QComboBox>("Misread by")->setCurrentText(QStringLiteral("Only layer: 1"));
        Comparison models = threeModels();
        models.erase(models.begin());
        shown.page.setComparison(models, noisyDataset(kImages));
        QCOMPARE(shown.page.findChildren<GalleryView*>().size(), 2);
        QCOMPARE(shown.shown("layer"), (Images{13, 40}));
        QCOMPARE(shown.named<QComboBox>("Misread by")->currentText(), QStringLiteral("Any"));
    }

    void saysWhatToDoWhereThereIsNothing() {
        MisclassifiedPage page;
        page.show();
        ShownPage shown(Comparison{});
        QVERIFY(shown.says("No model is chosen"));
        QVERIFY(!shown.named<QPushButton>("Save list")->isEnabled());
        QVERIFY(shown.page.pictures().empty());

        shown.page.setComparison(comparisonOf({"batch", "layer"}, {{}, {}}), nullptr);
        QVERIFY(shown.says("No epoch is finished yet"));
        QVERIFY(shown.says("The test images are not at hand"));
        QVERIFY(shown.page.pictures().empty());
        shown.page.grab();

        shown.page.setComparison(threeModels(), nullptr);
        QCOMPARE(shown.shown("batch"), (Images{6, 13, 22}));
        shown.page.grab();
        shown.page.setComparison(threeModels(), noisyDataset(kImages));
        QVERIFY(!shown.says("The test images are not at hand"));
    }

    void holdsNoModelAgainstOneOfOtherImages() {
        Comparison models = threeModels();
        auto other = std::make_shared<Run>(*models.front().run);
        other->dataset.checksum = "4567";
        models[1].run = other;
        ShownPage shown(models);
        QVERIFY(shown.says("Not all models were tested on the same images"));
        QVERIFY(shown.says("Tested on other images than batch"));
        QCOMPARE(shown.shown("layer"), Images{});
        QCOMPARE(shown.shown("group"), (Images{13}));
        QCOMPARE(shown.named<AgreementFigure>("Who misreads what")->content().labels,
                 (QStringList{QStringLiteral("batch"), QStringLiteral("group")}));
    }

    void givesEveryRequestAnIdOfItsOwn() {
        ShownPage shown;
        QSignalSpy requests(&shown.page, &MisclassifiedPage::readingRequested);
        ReadingRequest request;
        request.id = 1;
        emit shown.page.findChild<DigitPanel*>()->readingRequested(request);
        emit shown.page.findChild<DrawView*>()->readingRequested(request);
        emit shown.page.findChild<DigitPanel*>()->readingRequested(request);
        QSet<std::uint64_t> ids;
        for (const QList<QVariant>& arguments : requests) {
            ids.insert(arguments.front().value<ReadingRequest>().id);
        }
        QVERIFY(ids.size() == 3);
    }

    void tellsWhatIsWanted() {
        ShownPage shown;
        QSignalSpy choose(&shown.page, &MisclassifiedPage::chooseModelsRequested);
        QSignalSpy list(&shown.page, &MisclassifiedPage::saveListRequested);
        QSignalSpy exported(&shown.page, &MisclassifiedPage::exportRequested);
        shown.named<QPushButton>("Choose models")->click();
        auto* save = shown.named<QPushButton>("Save list");
        QVERIFY(save->toolTip().contains(QStringLiteral("image 1 is index 0")));
        save->click();
        shown.named<QToolButton>("Export Misclassified")->click();
        QCOMPARE(choose.count(), 1);
        QCOMPARE(list.count(), 1);
        QCOMPARE(exported.count(), 1);
        shown.page.setMessage(QStringLiteral("Something went wrong."));
        QVERIFY(shown.says("Something went wrong."));
    }

    void switchesToDrawing() {
        ShownPage shown;
        auto* draw = shown.page.findChild<DrawView*>();
        QVERIFY(!draw->isVisible());
        shown.named<QTabBar>("Views")->setCurrentIndex(1);
        QVERIFY(draw->isVisible());
        QVERIFY(!shown.gallery("batch")->isVisible());
    }

    void drawsPictures() {
        ShownPage shown;
        shown.select("batch", 22);
        const std::vector<Picture> pictures = shown.page.pictures();
        QCOMPARE(pictures.size(), std::size_t{9});  // two sheets for each model, and three figures
        QSet<QString> titles;
        for (const Picture& picture : pictures) {
            titles.insert(picture.title);
            QImage image(picture.naturalSize, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            picture.paint(painter, picture.naturalSize);
            painter.end();
            QSet<QRgb> colours;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    colours.insert(image.pixel(x, y));
                }
            }
            QVERIFY(colours.size() > 10);
        }
        QCOMPARE(titles.size(), 9);
        QVERIFY(shown.page.caption().contains(QStringLiteral("batch (This training)")));
    }

    void namesAnEarlierEpochInPictures() {
        ShownPage shown;
        const auto figures = [&] {
            const auto pictures = shown.page.pictures();
            return std::vector<Picture>(pictures.end() - 3, pictures.end());
        };
        const QStringList last{QStringLiteral("Confusion matrices"),
                               QStringLiteral("Who misreads what"),
                               QStringLiteral("Training history")};
        QCOMPARE(titlesOf(figures()), last);
        auto* epoch = shown.named<QSlider>("Epoch");
        epoch->setValue(1);
        const auto earlier = figures();
        QCOMPARE(titlesOf(earlier), (QStringList{QStringLiteral("Confusion matrices after epoch 1"),
                                                 QStringLiteral("Who misreads what after epoch 1"),
                                                 QStringLiteral("Training history")}));
        QVERIFY(testing::svgOf(earlier[0]).contains("batch, after epoch 1"));
        QVERIFY(testing::svgOf(earlier[1]).contains("layer, after epoch 1"));
        QVERIFY(!testing::svgOf(earlier[2]).contains("after epoch"));
        epoch->setValue(2);
        QCOMPARE(titlesOf(figures()), last);
        QVERIFY(!testing::svgOf(figures()[0]).contains("after epoch"));
    }

    void followsTheWheelInSize() {
        ShownPage shown;
        auto* size = shown.named<QSlider>("Digit size");
        const QSize before = shown.gallery("batch")->gridSize();
        size->setValue(size->value() + 2);
        QVERIFY(shown.gallery("batch")->gridSize().height() > before.height());
        const QPointF at(20, 20);
        QWheelEvent wheel(at, shown.gallery("batch")->viewport()->mapToGlobal(at), {},
                          QPoint(0, -240), Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(shown.gallery("batch")->viewport(), &wheel);
        QCOMPARE(shown.gallery("layer")->gridSize().height(), before.height());
    }
};

QTEST_MAIN(MisclassifiedPageTest)
#include "misclassified_page_test.moc"
