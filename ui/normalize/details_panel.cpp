#include "ui/normalize/details_panel.h"

#include <QBoxLayout>
#include <QEvent>
#include <QStackedWidget>
#include <QTabBar>

#include "ui/normalize/cube_picture.h"
#include "ui/normalize/histogram_panel.h"
#include "ui/normalize/sheet_document.h"
#include "ui/normalize/statistics_model.h"
#include "ui/theme.h"
#include "ui/widgets/copyable_table.h"

namespace normscope {
DetailsPanel::DetailsPanel(SheetDocument& document, QWidget* parent)
    : QWidget(parent),
      document_(document),
      cube_(new CubeView(this)),
      tabs_(new QTabBar(this)),
      stack_(new QStackedWidget(this)),
      histograms_(new HistogramPanel(document, this)),
      statistics_(new StatisticsModel(document, this)),
      table_(new CopyableTable(this)),
      layout_(new QBoxLayout(QBoxLayout::LeftToRight, this)) {
    table_->setAccessibleName(tr("Statistics"));
    statistics_->setPalette(palette());
    table_->setModel(statistics_);
    layOut();
    setOrientation(Qt::Horizontal);
    connect(&document_, &SheetDocument::changed, this, &DetailsPanel::display);
    display();
}

void DetailsPanel::setOrientation(Qt::Orientation orientation) {
    const bool strip = orientation == Qt::Horizontal;
    layout_->setDirection(strip ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    layout_->setContentsMargins(strip ? 0 : kSpacing, strip ? kSpacing : 0, 0, 0);
}

void DetailsPanel::setSet(std::optional<int> set) {
    set_ = set;
    histograms_->setSet(set);
    display();
}

void DetailsPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        statistics_->setPalette(palette());
    }
}

void DetailsPanel::layOut() {
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    tabs_->setUsesScrollButtons(false);  // there are two
    tabs_->setAccessibleName(tr("Details"));
    const auto add = [this](const QString& title, QWidget* page) {
        tabs_->addTab(title);
        stack_->addWidget(page);
    };
    add(tr("Histograms"), histograms_);
    add(tr("Statistics"), table_);
    connect(tabs_, &QTabBar::currentChanged, stack_, &QStackedWidget::setCurrentIndex);

    auto* column = new QVBoxLayout;
    column->setSpacing(kSpacing);
    column->addWidget(tabs_);
    column->addWidget(stack_, 1);
    layout_->setSpacing(2 * kSpacing);
    layout_->addWidget(cube_);
    layout_->addLayout(column, 1);
}

void DetailsPanel::display() {
    const SheetState& state = document_.state();
    const auto sets = static_cast<int>(document_.trace().sets.size());
    const int set = set_.value_or(0);
    cube_->display(state.input->shape, state.spec, set < sets ? set : 0);
}

}  // namespace normscope
