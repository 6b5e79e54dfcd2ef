#include "ui/widgets/flow_layout.h"

#include <QHBoxLayout>
#include <QWidget>
#include <algorithm>

#include "ui/theme.h"

namespace normscope {

FlowLayout::FlowLayout(Spare spare, QWidget* parent) : QLayout(parent), spare_(spare) {}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem* item) {
    items_.emplace_back(item);
    invalidate();
}

int FlowLayout::count() const {
    return static_cast<int>(items_.size());
}

QLayoutItem* FlowLayout::itemAt(int index) const {
    return index >= 0 && index < count() ? items_[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
    if (index < 0 || index >= count()) {
        return nullptr;
    }
    const auto position = items_.begin() + index;
    QLayoutItem* item = position->release();
    items_.erase(position);
    invalidate();
    return item;
}

int FlowLayout::heightForWidth(int width) const {
    const QMargins margins = contentsMargins();
    return heightOf(linesIn(width - margins.left() - margins.right())) + margins.top() +
           margins.bottom();
}

QSize FlowLayout::sizeHint() const {
    const QMargins margins = contentsMargins();
    const auto lines = linesIn(QLAYOUTSIZE_MAX);
    const int width = lines.empty() ? 0 : lines.front().width;
    return QSize(width, heightOf(lines)).grownBy(margins);
}

QSize FlowLayout::minimumSize() const {
    QSize size;
    for (const auto& item : items_) {
        if (!item->isEmpty()) {
            size = size.expandedTo(item->minimumSize());
        }
    }
    return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    const QRect area = rect.marginsRemoved(contentsMargins());
    const auto lines = linesIn(area.width());
    const auto sparePerItem = [&area](const Line& line) {
        return std::max(0, area.width() - line.width) / static_cast<int>(line.items.size());
    };
    int y = area.top();
    for (const Line& line : lines) {
        const int extra =
            spare_ == Spare::Shared ? std::min(sparePerItem(lines.front()), sparePerItem(line)) : 0;
        place(line, {area.left(), y}, extra);
        y += line.height + spacing();
    }
}

std::vector<FlowLayout::Line> FlowLayout::linesIn(int width) const {
    std::vector<Line> lines;
    for (const auto& item : items_) {
        if (item->isEmpty()) {
            continue;
        }
        const QSize size = item->sizeHint();
        if (lines.empty() || lines.back().width + spacing() + size.width() > width) {
            lines.push_back({{item.get()}, size.width(), size.height()});
            continue;
        }
        Line& line = lines.back();
        line.items.push_back(item.get());
        line.width += spacing() + size.width();
        line.height = std::max(line.height, size.height());
    }
    return lines;
}

int FlowLayout::heightOf(const std::vector<Line>& lines) const {
    int height = lines.empty() ? 0 : -spacing();
    for (const Line& line : lines) {
        height += line.height + spacing();
    }
    return height;
}

void FlowLayout::place(const Line& line, QPoint topLeft, int extraPerItem) const {
    for (QLayoutItem* item : line.items) {
        const QSize size = item->sizeHint() + QSize(extraPerItem, 0);
        const int dy = spare_ == Spare::Shared ? 0 : (line.height - size.height()) / 2;
        const int height = spare_ == Spare::Shared ? line.height : size.height();
        item->setGeometry({topLeft.x(), topLeft.y() + dy, size.width(), height});
        topLeft.rx() += size.width() + spacing();
    }
}

QWidget* keptTogether(QWidget* parent, std::initializer_list<QWidget*> members) {
    auto* group = new QWidget(parent);
    auto* row = new QHBoxLayout(group);
    row->setContentsMargins({});
    row->setSpacing(kSpacing);
    for (QWidget* member : members) {
        row->addWidget(member);
    }
    return group;
}

}  // namespace normscope
