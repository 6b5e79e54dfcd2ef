#include "ui/misclassified/agreement_painting.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <bit>
#include <cmath>

#include "ui/theme.h"

namespace normscope {
namespace {

constexpr double kNarrowest = 4.0;  ///< a column, in grid units
constexpr double kWidest = 8.0;
constexpr double kDot = 1.4;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Agreement)
};

bool isMember(const SharedMistakes& set, std::size_t model) {
    return (set.models & modelSetOf(model)) != 0;
}

double rowHeightOf(const QFont& font) {
    return std::ceil(1.25 * QFontMetricsF(font).height());
}

/// The names, the swatches and the totals of the models.
double leftOf(const QFont& font, const AgreementContent& content) {
    constexpr double kMostCharacters = 24.0;
    const QFontMetricsF metrics(font);
    double widest = 0.0;
    for (const QString& label : content.labels) {
        widest = std::max(widest, metrics.horizontalAdvance(label));
    }
    widest = std::min(widest, kMostCharacters * metrics.averageCharWidth());
    return widest + metrics.horizontalAdvance(QStringLiteral("10.000")) + 7.0 * gridUnit(font);
}

QColor barColour(const SharedMistakes& set, const AgreementContent& content,
                 const FigureLook& look) {
    return std::has_single_bit(set.models)
               ? content.styles[static_cast<std::size_t>(std::countr_zero(set.models))].color
               : look.muted();
}

void paintRows(QPainter& painter, const AgreementLayout& layout, const AgreementContent& content,
               const FigureLook& look) {
    const int unit = gridUnit(look.font);
    const QLocale locale;
    for (std::size_t model = 0; model < content.styles.size(); ++model) {
        const QRectF row = layout.row(model);
        if (model % 2 == 0) {
            painter.fillRect(row, look.palette.color(QPalette::AlternateBase));
        }
        paintSwatch(painter,
                    QRectF(row.left() + unit / 2.0, row.center().y() - unit, 3.0 * unit, 2.0 * unit)
                        .toRect(),
                    content.styles[model]);
        const QRectF text(row.left() + 4.5 * unit, row.top(), layout.left() - 6.5 * unit,
                          row.height());
        const QString total = locale.toString(content.wrong[model]);
        painter.setPen(look.text());
        painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter, total);
        const QFontMetricsF metrics(look.font);
        const QString name =
            metrics.elidedText(content.labels[static_cast<int>(model)], Qt::ElideMiddle,
                               text.width() - metrics.horizontalAdvance(total) - unit);
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, name);
    }
}

void paintBar(QPainter& painter, const QRectF& bars, const QRectF& column, int images, int most,
              const QColor& colour) {
    const double line = QFontMetricsF(painter.font()).height();
    const double height = std::max(1.0, (bars.height() - line) * images / most);
    const double width = 0.6 * column.width();
    const QRectF bar(column.center().x() - width / 2.0, bars.bottom() - height, width, height);
    painter.fillRect(bar, colour);
    painter.drawText(QRectF(column.left(), bar.top() - line, column.width(), line), Qt::AlignCenter,
                     QLocale().toString(images));
}

void paintDots(QPainter& painter, const AgreementLayout& layout, const AgreementContent& content,
               std::size_t place, const FigureLook& look) {
    const SharedMistakes& set = content.sets[place];
    const double radius = kDot * gridUnit(look.font) / 2.0;
    const int first = std::countr_zero(set.models);
    const int last = static_cast<int>(std::bit_width(set.models)) - 1;
    painter.setPen(QPen(look.muted(), radius / 2.0));
    painter.drawLine(layout.dot(place, static_cast<std::size_t>(first)),
                     layout.dot(place, static_cast<std::size_t>(last)));
    painter.setPen(Qt::NoPen);
    for (std::size_t model = 0; model < content.styles.size(); ++model) {
        const bool member = isMember(set, model);
        painter.setBrush(member ? content.styles[model].color : look.hairline());
        const double size = member ? radius : 0.6 * radius;
        painter.drawEllipse(layout.dot(place, model), size, size);
    }
}

}  // namespace

AgreementLayout::AgreementLayout(const QRectF& rect, const QFont& font,
                                 const AgreementContent& content)
    : rect_(rect),
      sets_(content.sets.size()),
      models_(content.styles.size()),
      left_(leftOf(font, content)),
      rowHeight_(rowHeightOf(font)) {
    const double unit = gridUnit(font);
    const double each =
        (rect.width() - left_) / static_cast<double>(std::max<std::size_t>(sets_, 1));
    columnWidth_ = std::clamp(each, kNarrowest * unit, kWidest * unit);
}

QRectF AgreementLayout::column(std::size_t set) const {
    return {rect_.left() + left_ + columnWidth_ * static_cast<double>(set), rect_.top(),
            columnWidth_, rect_.height()};
}

std::optional<std::size_t> AgreementLayout::columnAt(QPointF point) const {
    for (std::size_t set = 0; set < sets_; ++set) {
        if (column(set).contains(point)) {
            return set;
        }
    }
    return std::nullopt;
}

QRectF AgreementLayout::row(std::size_t model) const {
    const double width = left_ + columnWidth_ * static_cast<double>(sets_);
    return {rect_.left(), bars().bottom() + rowHeight_ * static_cast<double>(model), width,
            rowHeight_};
}

QRectF AgreementLayout::bars() const {
    return rect_.adjusted(left_, 0.0, 0.0, -rowHeight_ * static_cast<double>(models_));
}

QPointF AgreementLayout::dot(std::size_t set, std::size_t model) const {
    return {column(set).center().x(), row(model).center().y()};
}

QSize AgreementLayout::minimumSize(const QFont& font, const AgreementContent& content) {
    constexpr double kLinesOfBars = 3.0;
    const double width = leftOf(font, content) +
                         kNarrowest * gridUnit(font) * static_cast<double>(content.sets.size());
    const double height = kLinesOfBars * QFontMetricsF(font).height() +
                          rowHeightOf(font) * static_cast<double>(content.styles.size());
    return QSizeF(width, height).toSize() + QSize(1, 1);
}

void paintAgreement(QPainter& painter, const QRectF& rect, const AgreementContent& content,
                    const FigureLook& look, const AgreementMarks& marks) {
    const AgreementLayout layout(rect, look.font, content);
    painter.save();
    painter.setFont(look.font);
    paintRows(painter, layout, content, look);
    if (content.sets.empty()) {
        painter.setPen(look.muted());
        painter.drawText(rect.adjusted(layout.left(), 0.0, 0.0, 0.0), Qt::AlignLeft | Qt::AlignTop,
                         Texts::tr("No model misreads any image."));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = look.accent();
    ground.setAlphaF(0.22F);
    for (const std::size_t set : marks.chosen) {
        painter.fillRect(layout.column(set), ground);
    }
    int most = 0;
    for (const SharedMistakes& set : content.sets) {
        most = std::max(most, set.images);
    }
    for (std::size_t place = 0; place < content.sets.size(); ++place) {
        const SharedMistakes& set = content.sets[place];
        painter.setPen(look.text());
        paintBar(painter, layout.bars(), layout.column(place), set.images, most,
                 barColour(set, content, look));
        paintDots(painter, layout, content, place, look);
    }
    if (marks.current) {
        painter.setPen(QPen(look.accent(), 2.0));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(layout.column(*marks.current).adjusted(1.0, 1.0, -1.0, -1.0));
    }
    painter.restore();
}

Picture agreementPicture(AgreementContent content) {
    constexpr int kWidth = 1000;
    constexpr int kHeightOfBars = 320;
    constexpr int kHeightOfRow = 28;
    Picture picture;
    picture.title = Texts::tr("Who misreads what");
    picture.naturalSize =
        QSize(kWidth, kHeightOfBars + kHeightOfRow * static_cast<int>(content.styles.size()));
    picture.paint = [content = std::move(content)](QPainter& painter, QSize size) {
        paintAgreement(painter, QRectF(QPointF(), size), content,
                       FigureLook{lightPalette(), painter.font()});
    };
    return picture;
}

}  // namespace normscope
