#include "ui/misclassified/draw_view.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabletEvent>
#include <QTest>
#include <QUrl>
#include <algorithm>
#include <numeric>

#include "tests/named_widget.h"
#include "tests/ui/compared_models.h"
#include "ui/misclassified/activation_maps.h"
#include "ui/misclassified/digit_image_view.h"
#include "ui/misclassified/drawing_board.h"
#include "ui/misclassified/probability_bars.h"

using namespace normscope;
using testing::comparedModels;
using testing::namedWidget;
using testing::readingOf;

namespace {

int inkIn(const DigitImage& image) {
    return static_cast<int>(std::ranges::count_if(image, [](int value) { return value > 0; }));
}

}  // namespace

class DrawViewTest : public QObject {
    Q_OBJECT

    std::unique_ptr<DrawView> view_;
    std::vector<ReadingRequest> asked_;
    DrawingBoard* board_ = nullptr;

    void answerLast() {
        view_->showAnswer({asked_.back(), {readingOf(7, 0.9, 0.0), readingOf(1, 0.8, 0.0)}});
    }

    void drawLine(QPoint from, QPoint to) const {
        QTest::mousePress(board_, Qt::LeftButton, {}, from);
        QTest::mouseMove(board_, (from + to) / 2);
        QTest::mouseMove(board_, to);
        QTest::mouseRelease(board_, Qt::LeftButton, {}, to);
    }

    template <class Widget>
    Widget* named(const char* name) const {
        return namedWidget<Widget>(*view_, QString::fromLatin1(name));
    }

    int inkOnBoard() const {
        const GreyImage ink = board_->ink();
        return std::accumulate(ink.values.begin(), ink.values.end(), 0);
    }

    bool drop(const QMimeData& data) const {
        QDragEnterEvent enter({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(board_, &enter);
        if (!enter.isAccepted()) {
            return false;
        }
        QDropEvent event({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(board_, &event);
        return event.isAccepted();
    }

  private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void init() {
        asked_.clear();
        view_ = std::make_unique<DrawView>();
        connect(view_.get(), &DrawView::readingRequested, this,
                [this](const ReadingRequest& request) { asked_.push_back(request); });
        board_ = named<DrawingBoard>("Drawing board");
        QVERIFY(board_ != nullptr);
        view_->setModels(comparedModels({NormKind::Batch, NormKind::Group}));
        view_->resize(1174, 640);
        view_->show();
        QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
    }

    void partsStandBelowEachOtherWhereTheyHaveNoRoom() {
        const auto* maps = view_->findChild<ActivationMaps*>();
        QVERIFY(maps->mapTo(view_.get(), QPoint()).x() > board_->width());
        view_->resize(view_->minimumSizeHint().width(), 640);
        QTRY_VERIFY(maps->mapTo(view_.get(), QPoint()).x() < board_->width());
        QVERIFY(maps->mapTo(view_.get(), QPoint()).y() > board_->height());
        QVERIFY(maps->width() >= maps->minimumSizeHint().width());
        view_->resize(1174, 640);
        QTRY_VERIFY(maps->mapTo(view_.get(), QPoint()).x() > board_->width());
    }

    void beginsBlank() {
        QVERIFY(asked_.empty());
        QVERIFY(!named<QPushButton>("Undo")->isEnabled());
        QVERIFY(!named<QPushButton>("Clear")->isEnabled());
        const auto labels = view_->findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
            return label->text().startsWith(QStringLiteral("Draw a digit"));
        }));
    }

    void aStrokeOfTheMouseIsAskedAtOnce() {
        drawLine({100, 60}, {110, 260});
        QCOMPARE(asked_.size(), std::size_t{1});  // the others wait
        QCOMPARE(asked_[0].index, -1);
        QVERIFY(asked_[0].companions.empty());
        answerLast();
        QCOMPARE(asked_.size(), std::size_t{2});
        answerLast();
        QCOMPARE(asked_.size(), std::size_t{2});
        // The latest is what is on the board.
        const auto prepared = prepareDigit(board_->ink());
        QVERIFY(prepared.has_value());
        QCOMPARE(asked_.back().image, prepared->image);
        QVERIFY(prepared->box.height == 20.0 && prepared->box.width < 6.0);
        const QString spoken = named<ProbabilityBars>("Probabilities")->spokenValues();
        QVERIFY(spoken.contains(QStringLiteral("batch reads a 7.")));
        QVERIFY(spoken.contains(QStringLiteral("group reads a 1.")));
        QVERIFY(named<ActivationMaps>("Activation maps")
                    ->spokenValues()
                    .startsWith(QStringLiteral("8 channels")));
        QVERIFY(named<DigitImageView>("As the networks see it")
                    ->spokenValues()
                    .startsWith(QStringLiteral("Fitted")));
    }

    void aFirmPenDrawsWider() {
        const auto strokeWith = [&](double pressure) {
            board_->clear();
            const auto* device = QPointingDevice::primaryPointingDevice();
            const auto send = [&](QEvent::Type type, QPointF at) {
                QTabletEvent event(type, device, at, board_->mapToGlobal(at), pressure, 0, 0, 0, 0,
                                   0, Qt::NoModifier, Qt::LeftButton, Qt::LeftButton);
                QCoreApplication::sendEvent(board_, &event);
            };
            send(QEvent::TabletPress, {80, 80});
            send(QEvent::TabletMove, {80, 180});
            send(QEvent::TabletRelease, {80, 180});
            return inkOnBoard();
        };
        const int light = strokeWith(0.1);
        const int firm = strokeWith(1.0);
        QVERIFY(light > 0);
        QVERIFY(firm > 2 * light);
    }

    void theKeyboardDraws() {
        board_->setFocus(Qt::TabFocusReason);
        QTest::keyClick(board_, Qt::Key_Down);
        QVERIFY(board_->isBlank());
        QTest::keyClick(board_, Qt::Key_Space);
        QVERIFY(board_->spokenValues().contains(QStringLiteral("The pen is down.")));
        const int dot = inkOnBoard();
        QVERIFY(dot > 0);
        for (int i = 0; i < 10; ++i) {
            QTest::keyClick(board_, Qt::Key_Down);
        }
        QTest::keyClick(board_, Qt::Key_Space);
        const int line = inkOnBoard();
        QVERIFY(line > 3 * dot);
        QTest::keyClick(board_, Qt::Key_Right);  // lifted
        QCOMPARE(inkOnBoard(), line);
        QTest::keyClick(board_, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(board_->isBlank());
        QTest::keyClick(board_, Qt::Key_Space);
        QTest::keyClick(board_, Qt::Key_Delete);
        QVERIFY(board_->isBlank());
    }

    void undoTakesBackStrokeAfterStrokeAndAlsoClearing() {
        drawLine({100, 60}, {110, 260});
        const int one = inkOnBoard();
        drawLine({60, 100}, {200, 100});
        const int two = inkOnBoard();
        QVERIFY(two > one);
        named<QPushButton>("Clear")->click();
        QCOMPARE(inkOnBoard(), 0);
        auto* undo = named<QPushButton>("Undo");
        undo->click();
        QCOMPARE(inkOnBoard(), two);
        undo->click();
        QCOMPARE(inkOnBoard(), one);
        undo->click();
        QCOMPARE(inkOnBoard(), 0);
        QVERIFY(!undo->isEnabled());
    }

    void aWipedBoardShowsNoLateAnswer() {
        drawLine({100, 60}, {110, 260});
        const ReadingRequest late = asked_.back();
        named<QPushButton>("Clear")->click();
        view_->showAnswer({late, {readingOf(7, 0.9, 0.0), readingOf(1, 0.8, 0.0)}});
        QVERIFY(named<ProbabilityBars>("Probabilities")->spokenValues().isEmpty());
    }

    void inkOfAPictureTakesThePlaceOfWhatWasDrawn() {
        drawLine({100, 60}, {110, 260});
        QSignalSpy problems(view_.get(), &DrawView::problemChanged);
        view_->showPictureProblem(QStringLiteral("It is damaged."));
        QCOMPARE(problems.last()[0].toString(), QStringLiteral("It is damaged."));
        GreyImage bar{60, 80, std::vector<std::uint8_t>(60 * 80, 0)};
        for (std::size_t row = 10; row < 70; ++row) {
            std::fill_n(&bar.values[row * 60 + 27], 6, std::uint8_t{255});
        }
        view_->showInk(bar);
        QVERIFY(problems.last()[0].toString().isEmpty());
        const auto prepared = prepareDigit(board_->ink());
        QVERIFY(prepared.has_value());
        QCOMPARE(prepared->box.height, 20.0);
        QVERIFY(std::abs(prepared->box.width - 2.0) < 0.6);
        QVERIFY(inkIn(prepared->image) <= 20 * 4);
    }

    /// Decoded elsewhere.
    void droppedAndPastedPicturesAreWanted() {
        QSignalSpy wanted(view_.get(), &DrawView::pictureRequested);
        QMimeData text;
        text.setText(QStringLiteral("seven"));
        QVERIFY(!drop(text));
        QCOMPARE(wanted.size(), 0);
        const auto last = [&] { return wanted.last()[0].value<GivenPicture>(); };

        QImage image(3, 5, QImage::Format_RGB32);
        image.fill(Qt::white);
        QMimeData picture;
        picture.setImageData(image);
        QVERIFY(drop(picture));
        QCOMPARE(std::get<QImage>(last()), image);

        // Whatever decoder Qt has for it.
        QMimeData foreign;
        foreign.setData(QStringLiteral("application/x-qt-image"), "from another program");
        QVERIFY(drop(foreign));
        QCOMPARE(std::get<QByteArray>(last()), QByteArray("from another program"));
        picture.setData(QStringLiteral("image/bmp"), "a bitmap");
        QVERIFY(drop(picture));
        QCOMPARE(std::get<QByteArray>(last()), QByteArray("a bitmap"));
        QMimeData bitmap;
        bitmap.setData(QStringLiteral("image/bmp"), "a bitmap");
        QVERIFY(drop(bitmap));
        QCOMPARE(std::get<QByteArray>(last()), QByteArray("a bitmap"));
        QMimeData empty;
        empty.setData(QStringLiteral("image/bmp"), {});
        QVERIFY(!drop(empty));
        QCOMPARE(wanted.size(), 4);

        picture.setData(QStringLiteral("image/png"), "as it was encoded");
        QVERIFY(drop(picture));
        QCOMPARE(std::get<QByteArray>(last()), QByteArray("as it was encoded"));

        picture.setUrls({QUrl::fromLocalFile(QStringLiteral("/pictures/seven.png"))});
        QVERIFY(drop(picture));
        QCOMPARE(std::get<QString>(last()), QStringLiteral("/pictures/seven.png"));

        QGuiApplication::clipboard()->setImage(image);
        QTest::keyClick(board_, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(wanted.size(), 7);
        QCOMPARE(std::get<QImage>(last()), image);
    }
};

QTEST_MAIN(DrawViewTest)
#include "draw_view_test.moc"
