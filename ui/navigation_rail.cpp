#include "ui/navigation_rail.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/rail_button.h"

namespace normscope {
namespace {

constexpr int kEntrySpacing = 2;
constexpr int kEdge = 8;

/// As large as its pages where there is room, and scrolling where there is not.
class PageList : public QScrollArea {
  public:
    using QScrollArea::QScrollArea;
    QSize sizeHint() const override { return widget()->sizeHint(); }

  protected:
    void keyPressEvent(QKeyEvent* event) override {
        event->ignore();
    }  // Up and Down are the rail's
};

QVBoxLayout* makeColumn(QWidget* parent) {
    auto* column = new QVBoxLayout(parent);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kEntrySpacing);
    return column;
}

}  // namespace

NavigationRail::NavigationRail(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Pages"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);

    scrollArea_ = new PageList(this);
    auto* list = new QWidget;
    pageColumn_ = makeColumn(list);
    pageColumn_->addStretch();
    scrollArea_->setWidget(list);
    scrollArea_->setWidgetResizable(true);
    scrollArea_->setFrameShape(QFrame::NoFrame);
    scrollArea_->setFocusPolicy(Qt::NoFocus);
    scrollArea_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scrollArea_->viewport()->setAutoFillBackground(false);
    list->setAutoFillBackground(false);

    auto* preferences = new RailButton(QStringLiteral("preferences"), tr("Preferences"), this);
    auto* help = new RailButton(QStringLiteral("help"), tr("Help"), this);
    footer_ = {preferences, help};
    connect(preferences, &RailButton::clicked, this, &NavigationRail::preferencesRequested);
    connect(help, &RailButton::clicked, this, &NavigationRail::helpRequested);

    auto* column = makeColumn(this);
    column->setContentsMargins(0, kEdge, 0, kEdge);
    column->addWidget(scrollArea_, 1);
    column->addWidget(preferences);
    column->addWidget(help);
}

int NavigationRail::addPage(const QString& iconName, const QString& name) {
    const int page = static_cast<int>(pages_.size());
    auto* button = new RailButton(iconName, name, scrollArea_->widget());
    button->setCheckable(true);
    pageColumn_->insertWidget(page, button);
    QWidget::setTabOrder(pages_.empty() ? scrollArea_ : static_cast<QWidget*>(pages_.back()),
                         button);
    // From the last, for Qt moves nothing that comes next already, once around the window.
    for (RailButton* const entry : {footer_[1], footer_[0]}) {
        QWidget::setTabOrder(button, entry);
    }
    pages_.push_back(button);
    // Not clicked(): assistive technology toggles without clicking.
    connect(button, &RailButton::toggled, this, [this, page] { setCurrentPage(page); });
    scrollArea_->updateGeometry();
    if (page == 0) {
        setCurrentPage(0);
    }
    return page;
}

void NavigationRail::setCurrentPage(int page) {
    const int before = std::exchange(currentPage_, page);
    for (std::size_t i = 0; i < pages_.size(); ++i) {
        const QSignalBlocker blocker(pages_[i]);
        pages_[i]->setChecked(static_cast<int>(i) == page);
    }
    if (page != before) {
        emit pageSelected(page);
    }
}

void NavigationRail::keyPressEvent(QKeyEvent* event) {
    std::vector<RailButton*> entries = pages_;
    entries.insert(entries.end(), footer_.begin(), footer_.end());
    const auto focused = std::ranges::find_if(entries, &QWidget::hasFocus);
    if (focused == entries.end()) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
        case Qt::Key_Up:
            moveFocusTo(focused == entries.begin() ? *focused : *std::prev(focused));
            break;
        case Qt::Key_Down:
            moveFocusTo(std::next(focused) == entries.end() ? *focused : *std::next(focused));
            break;
        case Qt::Key_Home:
            moveFocusTo(entries.front());
            break;
        case Qt::Key_End:
            moveFocusTo(entries.back());
            break;
        default:
            QWidget::keyPressEvent(event);
    }
}

void NavigationRail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::AlternateBase));
}

void NavigationRail::moveFocusTo(RailButton* button) {
    button->setFocus(Qt::TabFocusReason);
    scrollArea_->ensureWidgetVisible(button);
    if (const auto page = std::ranges::find(pages_, button); page != pages_.end()) {
        setCurrentPage(static_cast<int>(page - pages_.begin()));
    }
}

}  // namespace normscope
