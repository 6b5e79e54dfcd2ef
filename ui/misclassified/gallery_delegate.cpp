#include "ui/misclassified/gallery_delegate.h"

#include <QPainter>
#include <cmath>

#include "ui/flat_painting.h"
#include "ui/misclassified/gallery_model.h"
#include "ui/misclassified/gallery_words.h"
#include "ui/norm_style.h"
#include "ui/theme.h"

namespace normscope {
namespace {

QFont boldOf(const QFont& font) {
    QFont bold = font;
    bold.setWeight(QFont::DemiBold);
    return bold;
}

void paintGround(QPainter& painter, const QStyleOptionViewItem& option) {
    const QPalette& palette = option.palette;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    if (!selected && !focused && !hovered) {
        return;
    }
    const QColor accent = palette.color(QPalette::Highlight);
    const double share = selected ? 0.22 : (hovered ? 0.08 : 0.0);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBox(&painter, {.rect = option.rect,
                        .radius = gridUnit(option.font) * 0.75,
                        .fill = blend(palette.color(QPalette::Window), accent, share),
                        .outline = selected || focused ? accent : Qt::transparent,
                        .outlineWidth = focused ? 3.0 : 1.0});
    painter.setRenderHint(QPainter::Antialiasing, false);
}

}  // namespace

QSize GalleryDelegate::cellSize(const QFont& font, const DigitScale& scale) {
    const int unit = gridUnit(font);
    const QFontMetrics metrics(font);
    const int text =
        std::max(metrics.horizontalAdvance(QStringLiteral("<1 → >99 %")),
                 QFontMetrics(boldOf(font)).horizontalAdvance(QStringLiteral("6 → 0")) +
                     metrics.horizontalAdvance(QStringLiteral("10000")) + unit);
    const int side = static_cast<int>(std::ceil(scale.side()));
    return {std::max(side, text) + unit / 2, side + 2 * metrics.height() + unit + unit / 2};
}

void GalleryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const auto& model = static_cast<const GalleryModel&>(*index.model());
    const GalleryAnswers& answers = model.answers();
    const int image = model.imageAt(index.row());
    const int unit = gridUnit(option.font);
    QRect inside(QPoint(), cellSize(option.font, scale_) - QSize(unit / 2, unit));
    inside.moveCenter(option.rect.center());
    inside.moveTop(option.rect.top() + unit / 2);
    const QColor text = option.palette.color(QPalette::WindowText);
    const QColor muted = option.palette.color(QPalette::PlaceholderText);
    paintGround(*painter, option);

    const double side = scale_.side();
    const QPointF corner(inside.center().x() + 0.5 - side / 2.0, inside.top());
    if (const auto ink = model.ink(image)) {
        paintDigit(*painter, corner, *ink, scale_, isDark(option.palette));
    } else {
        painter->fillRect(QRectF(corner, QSizeF(side, side)),
                          option.palette.color(QPalette::AlternateBase));
    }

    const int line = option.fontMetrics.height();
    QRect row(inside.left(), inside.top() + static_cast<int>(std::ceil(side)) + unit / 2,
              inside.width(), line);
    const bool wrong = answers.isWrong(image);
    painter->setFont(wrong ? boldOf(option.font) : option.font);
    painter->setPen(wrong ? text : muted);
    painter->drawText(row, Qt::AlignLeft | Qt::AlignVCenter, answerText(answers, image));
    painter->setFont(option.font);
    painter->setPen(muted);
    // Apart from what the next digit is.
    painter->drawText(row.adjusted(0, 0, -unit / 2, 0), Qt::AlignRight | Qt::AlignVCenter,
                      imageNumber(image));
    row.translate(0, line);
    painter->setPen(wrong ? text : muted);
    painter->drawText(row, Qt::AlignLeft | Qt::AlignVCenter, probabilitiesText(answers, image));
}

QSize GalleryDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return cell_;
}

}  // namespace normscope
