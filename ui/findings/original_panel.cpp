#include "ui/findings/original_panel.h"

#include <QVBoxLayout>

#include "core/findings.h"
#include "ui/findings/finding_words.h"
#include "ui/panel_text.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr int kOriginalTotal = 10'000;

}  // namespace

QString originalTitle() {
    return OriginalPanel::tr("The original work, 20-odd epochs");
}

QStringList originalFigures(const Comparison& models) {
    QStringList lines;
    for (const ComparedModel& model : models) {
        if (const auto wrong = originalWrong(*model.run, model.model)) {
            lines << OriginalPanel::tr("Like %1: %2 wrong of %3")
                         .arg(quoted(model), count(*wrong), count(kOriginalTotal));
        }
    }
    return lines;
}

QString originalRemark() {
    return OriginalPanel::tr(
        "Counted in the course work that compared these networks first, on the same images. "
        "It also saw ups and downs under batch norm and none under the others. Its "
        "normalization and epochs match, and so does its having an L1 penalty under batch norm "
        "alone; how strong that was, and what else it was trained with, is not known.");
}

OriginalPanel::OriginalPanel(QWidget* parent) : QWidget(parent), figures_(makeParagraph({})) {
    setAccessibleName(tr("Original work"));
    figures_->setTextFormat(Qt::PlainText);
    QLabel* remark = makeRemark(originalRemark());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(kSpacing);
    column->addWidget(makeHeading(originalTitle()));
    column->addWidget(figures_);
    column->addWidget(remark);
    column->addStretch(1);
    for (QLabel* label : {figures_, remark}) {
        label->setMinimumWidth(1);  // selectable text that wraps asks for its whole line
    }
    hide();
}

void OriginalPanel::setComparison(const Comparison& models) {
    const QStringList lines = originalFigures(models);
    figures_->setText(lines.join('\n'));
    setVisible(!lines.isEmpty());
}

QString OriginalPanel::figures() const {
    return figures_->text();
}

}  // namespace normscope
