#include "ui/misclassified/drawing_board.h"

#include <QAccessible>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QTabletEvent>
#include <QUrl>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/affine/value_colors.h"
#include "ui/misclassified/digit_image_view.h"
#include "ui/norm_style.h"
#include "ui/theme.h"

namespace normscope {
namespace {

/// A stroke of MNIST is about a tenth as wide as its digit is high, and people fill some four
/// fifths of the board.
constexpr double kStrokeWidth = 0.08 * DrawingBoard::kSide;
constexpr double kKeyStep = DrawingBoard::kSide / 28.0;
constexpr double kUsualPressure = 0.5;
constexpr qsizetype kMostUndone = 100;

QImage blankInk() {
    QImage ink(DrawingBoard::kSide, DrawingBoard::kSide, QImage::Format_Grayscale8);
    ink.fill(0);
    return ink;
}

QString pictureFileIn(const QMimeData& data) {
    const QList<QUrl> urls = data.urls();
    return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

/// What it is offered as in the form of a file.
QStringList encodingsIn(const QMimeData& data) {
    return data.formats().filter(QRegularExpression(QStringLiteral("^image/")));
}

/// Not decoded here: that takes time, and Qt would let any of its decoders do it. What is neither
/// PNG nor JPEG is refused where it is read, in words.
QByteArray encodedPictureIn(const QMimeData& data) {
    QStringList types{QStringLiteral("image/png"), QStringLiteral("image/jpeg")};
    types += encodingsIn(data);
    types += QStringLiteral("application/x-qt-image");  // bytes only if another program offers it
    for (const QString& type : types) {
        if (QByteArray content = data.data(type); !content.isEmpty()) {
            return content;
        }
    }
    return {};
}

bool holdsPicture(const QMimeData& data) {
    return data.hasImage() || !encodingsIn(data).isEmpty() || !pictureFileIn(data).isEmpty();
}

}  // namespace

DrawingBoard::DrawingBoard(QWidget* parent) : Figure(parent), ink_(blankInk()) {
    setAccessibleName(tr("Drawing board"));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::CrossCursor);
    QSizePolicy square(QSizePolicy::Preferred, QSizePolicy::Preferred);
    square.setHeightForWidth(true);
    setSizePolicy(square);
    setAcceptDrops(true);
}

GreyImage DrawingBoard::ink() const {
    GreyImage grey{kSide, kSide, {}};
    for (int row = 0; row < kSide; ++row) {
        const uchar* const line = ink_.constScanLine(row);
        grey.values.insert(grey.values.end(), line, line + kSide);
    }
    return grey;
}

void DrawingBoard::clear() {
    penDown_ = false;
    if (!isBlank()) {
        change({});
    }
}

void DrawingBoard::undo() {
    end();
    penDown_ = false;
    if (canUndo()) {
        items_ = history_.takeLast();
        repaintInk();
    }
}

void DrawingBoard::setInk(const GreyImage& ink) {
    QImage grey(ink.width, ink.height, QImage::Format_Grayscale8);
    for (int row = 0; row < ink.height; ++row) {
        std::copy_n(ink.values.data() + static_cast<std::ptrdiff_t>(row) * ink.width, ink.width,
                    grey.scanLine(row));
    }
    const QImage fit = grey.scaled(kSide, kSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    QImage whole = blankInk();
    QPainter painter(&whole);
    painter.drawImage((kSide - fit.width()) / 2, (kSide - fit.height()) / 2, fit);
    painter.end();
    change({Item{{}, whole}});
}

bool DrawingBoard::take(const QMimeData* given) {
    if (given == nullptr) {
        return false;
    }
    // A file first: file managers offer its icon as a picture too.
    if (const QString path = pictureFileIn(*given); !path.isEmpty()) {
        emit pictureGiven(path);
        return true;
    }
    if (const QByteArray content = encodedPictureIn(*given); !content.isEmpty()) {
        emit pictureGiven(content);
        return true;
    }
    if (!encodingsIn(*given).isEmpty()) {
        return false;  // offered, but not handed over
    }
    // From this program itself.
    const auto picture = qvariant_cast<QImage>(given->imageData());
    if (!picture.isNull()) {
        emit pictureGiven(picture);
    }
    return !picture.isNull();
}

QString DrawingBoard::spokenValues() const {
    const QString pen = penDown_ ? tr("The pen is down.") : tr("The pen is up.");
    const QString what = isBlank() ? tr("Blank.") : tr("Something is drawn.");
    return what + ' ' + pen + ' ' +
           tr("Arrow keys move the pen, the space bar puts it down and lifts it, Delete clears.");
}

QSize DrawingBoard::minimumSizeHint() const {
    const int side = 24 * gridUnit(this);
    return {side, side};
}

bool DrawingBoard::event(QEvent* event) {
    // Keys of the board go before shortcuts of the window.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Paste) ||
            key->key() == Qt::Key_Space || key->key() == Qt::Key_Delete) {
            event->accept();
            return true;
        }
    }
    return Figure::event(event);
}

void DrawingBoard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const bool dark = isDark(palette());
    const QRectF place = paper();
    const GreyImage now = ink();
    painter.drawImage(place, digitPicture(now, dark));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(look().accent(), 2.0)
                              : QPen(look().palette.color(QPalette::Mid), 1.0));
    painter.drawRect(place);
    if (isBlank() && !drawing_) {
        painter.setPen(look().muted());
        painter.setFont(look().font);
        painter.drawText(place.adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Draw a digit here, or drop a picture of one.\n\nWith the keyboard: "
                            "arrow keys move the pen, the space bar puts it down and lifts it, "
                            "Delete clears."));
    }
    if (showsPen_) {
        const double scale = place.width() / kSide;
        const double radius = scale * kStrokeWidth / 2.0;
        painter.setPen(QPen(look().accent(), 2.0));
        painter.setBrush(penDown_ ? QBrush(look().accent()) : QBrush(Qt::NoBrush));
        painter.drawEllipse(place.topLeft() + pen_ * scale, radius, radius);
    }
}

void DrawingBoard::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        showsPen_ = false;
        begin(toInk(event->position()), kUsualPressure);
    }
}

void DrawingBoard::mouseMoveEvent(QMouseEvent* event) {
    extend(toInk(event->position()), kUsualPressure);
}

void DrawingBoard::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        end();
    }
}

void DrawingBoard::tabletEvent(QTabletEvent* event) {
    const QPointF at = toInk(event->position());
    switch (event->type()) {
        case QEvent::TabletPress:
            showsPen_ = false;
            begin(at, event->pressure());
            break;
        case QEvent::TabletMove:
            extend(at, event->pressure());
            break;
        default:
            end();
            break;
    }
    event->accept();  // so that no mouse events come after it
}

void DrawingBoard::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Undo)) {
        undo();
        return;
    }
    if (event->matches(QKeySequence::Paste)) {
        take(QGuiApplication::clipboard()->mimeData());
        return;
    }
    switch (event->key()) {
        case Qt::Key_Left:
            movePen({-kKeyStep, 0.0});
            break;
        case Qt::Key_Right:
            movePen({kKeyStep, 0.0});
            break;
        case Qt::Key_Up:
            movePen({0.0, -kKeyStep});
            break;
        case Qt::Key_Down:
            movePen({0.0, kKeyStep});
            break;
        case Qt::Key_Space:
            togglePen();
            break;
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            clear();
            break;
        default:
            Figure::keyPressEvent(event);
    }
}

void DrawingBoard::focusInEvent(QFocusEvent* event) {
    Figure::focusInEvent(event);
    showsPen_ = event->reason() != Qt::MouseFocusReason;
    update();
}

void DrawingBoard::focusOutEvent(QFocusEvent* event) {
    Figure::focusOutEvent(event);
    end();
    penDown_ = false;
    showsPen_ = false;
    update();
}

void DrawingBoard::dragEnterEvent(QDragEnterEvent* event) {
    if (holdsPicture(*event->mimeData())) {
        event->acceptProposedAction();
    }
}

void DrawingBoard::dropEvent(QDropEvent* event) {
    if (take(event->mimeData())) {
        event->acceptProposedAction();
    }
}

/// The largest square.
QRectF DrawingBoard::paper() const {
    const double side = std::min(width(), height()) - 2.0;
    return {1.0, 1.0, side, side};
}

QPointF DrawingBoard::toInk(QPointF position) const {
    const QRectF place = paper();
    return (position - place.topLeft()) * (kSide / place.width());
}

void DrawingBoard::begin(QPointF at, double pressure) {
    end();
    drawing_ = true;
    QList<Item> items = items_;
    items << Item{{Dot{at, kStrokeWidth * (0.5 + pressure)}}, {}};
    change(std::move(items));
}

void DrawingBoard::extend(QPointF at, double pressure) {
    if (!drawing_ || items_.isEmpty()) {
        return;
    }
    QList<Dot>& stroke = items_.last().stroke;
    stroke << Dot{at, kStrokeWidth * (0.5 + pressure)};
    paintStroke(stroke, stroke.size() - 1);
    update();
    emit inkChanged();
}

void DrawingBoard::end() {
    drawing_ = false;
}

void DrawingBoard::movePen(QPointF by) {
    showsPen_ = true;
    const QPointF moved = pen_ + by;
    pen_ = {std::clamp(moved.x(), 0.0, 1.0 * kSide), std::clamp(moved.y(), 0.0, 1.0 * kSide)};
    if (penDown_) {
        extend(pen_, kUsualPressure);
    }
    update();
}

void DrawingBoard::togglePen() {
    showsPen_ = true;
    penDown_ = !penDown_;
    penDown_ ? begin(pen_, kUsualPressure) : end();
    update();
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

void DrawingBoard::change(QList<Item> items) {
    history_ << std::exchange(items_, std::move(items));
    if (history_.size() > kMostUndone) {
        history_.removeFirst();
    }
    repaintInk();
}

/// Segment after segment from the dot `from` on.
void DrawingBoard::paintStroke(const QList<Dot>& stroke, qsizetype from) {
    QPainter painter(&ink_);
    painter.setRenderHint(QPainter::Antialiasing);
    for (qsizetype i = std::max<qsizetype>(from, 0); i < stroke.size(); ++i) {
        const Dot& to = stroke[i];
        const Dot& start = stroke[std::max<qsizetype>(i - 1, 0)];
        painter.setPen(QPen(Qt::white, to.width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        if (i == 0 || start.at == to.at) {
            painter.drawPoint(to.at);
        } else {
            painter.drawLine(start.at, to.at);
        }
    }
}

void DrawingBoard::repaintInk() {
    ink_ = blankInk();
    for (const Item& item : items_) {
        if (!item.picture.isNull()) {
            ink_ = item.picture;
        }
        paintStroke(item.stroke, 0);
    }
    update();
    emit inkChanged();
}

}  // namespace normscope
