#include "ui/findings/summary_grid.h"

#include <QEvent>
#include <QGridLayout>
#include <QPainter>

#include "ui/findings/summary_chart.h"
#include "ui/theme.h"

namespace normscope {
namespace {

// Grid units from which so many stand in a row.
constexpr int kTwo = 80;
constexpr int kThree = 170;

struct SheetContent {
    SummaryContent wrong;
    SummaryContent lastEpochs;
    SummaryContent digits;
};

void paintSheet(QPainter& painter, QSize size, const SheetContent& content) {
    const FigureLook look{lightPalette(), applicationFont(100)};
    const int margin = 2 * gridUnit(look.font);
    const QRectF page = QRectF(QPointF(), QSizeF(size)).adjusted(margin, margin, -margin, -margin);
    const QSizeF cell((page.width() - 2.0 * margin) / 2.0, (page.height() - 2.0 * margin) / 2.0);
    const QRectF left(page.topLeft(), cell);
    paintSummary(painter, left, content.wrong, look);
    paintSummary(painter, left.translated(cell.width() + 2.0 * margin, 0.0), content.lastEpochs,
                 look);
    paintSummary(painter, {page.left(), page.bottom() - cell.height(), page.width(), cell.height()},
                 content.digits, look);
}

}  // namespace

SummaryGrid::SummaryGrid(QWidget* parent)
    : QWidget(parent),
      wrong_(new SummaryChart(this)),
      lastEpochs_(new SummaryChart(this)),
      digits_(new SummaryChart(this)),
      grid_(new QGridLayout(this)) {
    grid_->setContentsMargins({});
    grid_->setHorizontalSpacing(4 * kSpacing);
    grid_->setVerticalSpacing(3 * kSpacing);
    arrange();
}

void SummaryGrid::setComparison(const Comparison& models) {
    wrong_->setContent(wrongSummary(models));
    lastEpochs_->setContent(lastEpochsSummary(models));
    digits_->setContent(digitSummary(models));
}

std::vector<Picture> SummaryGrid::pictures() const {
    const SheetContent sheet{wrong_->content(), lastEpochs_->content(), digits_->content()};
    return {{tr("Findings"),
             {1200, 900},
             [sheet](QPainter& painter, QSize size) { paintSheet(painter, size, sheet); }},
            summaryPicture(sheet.wrong),
            summaryPicture(sheet.lastEpochs),
            summaryPicture(sheet.digits)};
}

void SummaryGrid::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void SummaryGrid::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        arrange();
    }
}

void SummaryGrid::arrange() {
    const int units = width() / gridUnit(font());
    const int columns = units >= kThree ? 3 : units >= kTwo ? 2 : 1;
    if (columns == columns_) {
        return;
    }
    columns_ = columns;
    grid_->addWidget(wrong_, 0, 0);
    grid_->addWidget(lastEpochs_, columns == 1 ? 1 : 0, columns == 1 ? 0 : 1);
    grid_->addWidget(digits_, 3 - columns, columns == 3 ? 2 : 0, 1, columns == 2 ? 2 : 1);
    grid_->setColumnStretch(0, 1);
    grid_->setColumnStretch(1, columns == 1 ? 0 : 1);
    grid_->setColumnStretch(2, columns == 3 ? 2 : 0);
}

}  // namespace normscope
