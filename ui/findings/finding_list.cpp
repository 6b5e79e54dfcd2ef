#include "ui/findings/finding_list.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panel_text.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr double kLarge = 1.35;  ///< for the last row of a class

/// What was found, rather than what limits it.
bool isFound(FindingKind kind) {
    switch (kind) {
        case FindingKind::Measured:
        case FindingKind::Difference:
        case FindingKind::NoDifference:
        case FindingKind::Consistency:
            return true;
        case FindingKind::Caution:
        case FindingKind::PickedOnTest:
        case FindingKind::Explanation:
        case FindingKind::NextStep:
            return false;
    }
    return false;
}

/// Selectable text that wraps would ask for the width of its whole line.
QLabel* asNarrowAsNeedBe(QLabel* label) {
    label->setTextFormat(Qt::PlainText);
    label->setMinimumWidth(1);
    return label;
}

/// A claim stands out by a bar in the accent before it.
QWidget* makeBar(FindingKind kind, int unit) {
    auto* bar = new QWidget;
    bar->setFixedWidth(unit / 2);
    bar->setAutoFillBackground(kind == FindingKind::Difference);
    bar->setBackgroundRole(QPalette::Highlight);
    return bar;
}

}  // namespace

FindingList::FindingList(QWidget* parent)
    : QWidget(parent),
      column_(new QVBoxLayout(this)),
      experiment_(new QPushButton(tr("Experiments…"), this)) {
    setAccessibleName(tr("What was found"));
    column_->setContentsMargins({});
    experiment_->setAccessibleName(tr("Run an experiment"));
    connect(experiment_, &QPushButton::clicked, this, &FindingList::experimentRequested);
    auto* below = new QHBoxLayout;
    below->setContentsMargins(3 * gridUnit(font()) / 2, 0, 0, 0);  // in line with the sentences
    below->addWidget(experiment_);
    below->addStretch(1);
    column_->addLayout(below);
    column_->addStretch(1);
    experiment_->hide();
}

void FindingList::setFindings(const std::vector<Finding>& findings) {
    if (findings != findings_) {
        findings_ = findings;
        rebuild();
    }
}

void FindingList::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        rebuild();
    }
}

void FindingList::rebuild() {
    delete entries_;
    entries_ = new QWidget(this);
    auto* column = new QVBoxLayout(entries_);
    column->setContentsMargins({});
    column->setSpacing(3 * gridUnit(font()) / 2);
    for (const Finding& finding : findings_) {
        column->addWidget(makeEntry(finding));
    }
    column_->insertWidget(0, entries_);
    experiment_->setVisible(std::ranges::any_of(
        findings_, [](const Finding& finding) { return finding.kind == FindingKind::NextStep; }));
}

QWidget* FindingList::makeEntry(const Finding& finding) {
    const int unit = gridUnit(font());
    auto* words = new QVBoxLayout;
    words->setSpacing(unit / 4);
    QLabel* sentence = asNarrowAsNeedBe(makeParagraph(finding.text));
    if (isFound(finding.kind)) {
        QFont large = font();
        large.setPointSizeF(font().pointSizeF() * kLarge);
        sentence->setFont(large);
    }
    words->addWidget(sentence);
    if (!finding.support.isEmpty()) {
        words->addWidget(asNarrowAsNeedBe(makeRemark(finding.support)));
    }
    auto* entry = new QWidget(this);
    auto* row = new QHBoxLayout(entry);
    row->setContentsMargins({});
    row->setSpacing(unit);
    row->addWidget(makeBar(finding.kind, unit));
    row->addLayout(words, 1);
    return entry;
}

}  // namespace normscope
