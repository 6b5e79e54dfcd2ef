#include "ui/normalize/formula_bar.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/theme.h"
#include "ui/widgets/elided_label.h"

namespace normscope {
namespace {

constexpr double kLarge = 1.4;
constexpr int kLinesOfAll = 9;

/// One step as plain text, for screen readers.
QString spokenStep(const ArithmeticStep& step) {
    QString text =
        step.name + QStringLiteral(": ") + step.formula + QStringLiteral("; ") + step.numbers;
    if (!step.mistake.isEmpty()) {
        text += ' ' + FormulaBar::tr("Common mistake: %1").arg(step.mistake);
    }
    return text;
}

/// A cross says that it is a mistake where the colour does not.
QString mistakeHtml(const QString& mistake) {
    return QStringLiteral("✗ <i>%1</i> %2")
        .arg(FormulaBar::tr("Common mistake:").toHtmlEscaped(), mistake.toHtmlEscaped());
}

}  // namespace

FormulaBar::FormulaBar(QWidget* parent) : QFrame(parent) {
    setFrameShape(QFrame::StyledPanel);
    setProperty("card", true);
    setAccessibleName(tr("Arithmetic"));
    makeControls();
    layOut();
    fitToFont();
    clear();
}

void FormulaBar::display(const QString& cell, std::vector<ArithmeticStep> steps) {
    cell_->setText(cell);
    steps_ = std::move(steps);
    step_ = std::clamp(step_, 0, std::max(0, stepCount() - 1));
    show();
}

void FormulaBar::clear() {
    cell_->clear();
    steps_.clear();
    show();
}

void FormulaBar::next() {
    if (stepCount() > 0) {
        goTo((step_ + 1) % stepCount());
    }
}

void FormulaBar::back() {
    if (step_ > 0) {
        goTo(step_ - 1);
    }
}

bool FormulaBar::showsAll() const {
    return all_->isChecked();
}

void FormulaBar::setShowsAll(bool all) {
    all_->setChecked(all);
}

void FormulaBar::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitToFont();
        show();
    }
}

void FormulaBar::makeControls() {
    cell_ = new ElidedLabel(this);
    cell_->setForegroundRole(QPalette::PlaceholderText);
    name_ = new ElidedLabel(this);
    QFont bold;  // nothing but the weight is set, so family and size stay the program's
    bold.setWeight(QFont::DemiBold);
    name_->setFont(bold);
    const auto makeButton = [this](const QString& name, const QString& toolTip) {
        auto* button = new QPushButton(name, this);
        button->setAccessibleName(name);
        button->setToolTip(toolTip);
        return button;
    };
    back_ = makeButton(tr("Back"), tr("The step before (B or Shift+Space)"));
    next_ = makeButton(tr("Next"), tr("The next step (N or Space)"));
    all_ = makeButton(tr("All steps"), tr("All steps at once, or one at a time"));
    all_->setCheckable(true);
    text_ = new QLabel;
    text_->setTextFormat(Qt::RichText);
    text_->setWordWrap(true);
    text_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text_->setAccessibleName(tr("Step"));
    connect(back_, &QPushButton::clicked, this, &FormulaBar::back);
    connect(next_, &QPushButton::clicked, this, &FormulaBar::next);
    connect(all_, &QPushButton::toggled, this, [this] {
        fitToFont();
        show();
        announce();
    });
}

void FormulaBar::layOut() {
    auto* head = new QHBoxLayout;
    head->setSpacing(kSpacing);
    head->addWidget(name_);
    head->addWidget(cell_, 1);
    head->addWidget(back_);
    head->addWidget(next_);
    head->addWidget(all_);

    scroll_ = new QScrollArea(this);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setWidgetResizable(true);
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->viewport()->setAutoFillBackground(false);
    text_->setAutoFillBackground(false);
    scroll_->setWidget(text_);
    text_->setAutoFillBackground(false);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * kSpacing, kSpacing, kSpacing, kSpacing);
    column->setSpacing(kSpacing / 2);
    column->addLayout(head);
    column->addWidget(scroll_);
}

void FormulaBar::goTo(int step) {
    step_ = step;
    if (showsAll()) {
        setShowsAll(false);  // shows and announces
        return;
    }
    show();
    announce();
}

void FormulaBar::show() {
    const bool any = !steps_.empty();
    back_->setEnabled(any && step_ > 0);
    next_->setEnabled(any);
    next_->setText(any && step_ + 1 == stepCount() ? tr("Again") : tr("Next"));
    if (!any) {
        name_->clear();
        text_->setText(
            tr("Choose a cell with the mouse, or with Tab and the arrow keys, to see how "
               "its number comes about.")
                .toHtmlEscaped());
        return;
    }
    const ArithmeticStep& step = steps_[static_cast<std::size_t>(step_)];
    name_->setText(showsAll()
                       ? tr("All steps")
                       : tr("Step %1 of %2: %3").arg(step_ + 1).arg(stepCount()).arg(step.name));
    text_->setText(showsAll() ? allHtml() : stepHtml(step));
}

/// For whoever does not see it: what the step says, once it was asked for.
void FormulaBar::announce() {
    if (steps_.empty()) {
        return;
    }
    text_->setAccessibleDescription(spokenStep(steps_[static_cast<std::size_t>(step_)]));
    QAccessibleEvent event(text_, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void FormulaBar::fitToFont() {
    const int line = fontMetrics().lineSpacing();
    const int lines =
        showsAll() ? kLinesOfAll * line : static_cast<int>((2.0 * kLarge + 1.2) * line);
    scroll_->setFixedHeight(lines + kSpacing);
    int widest = 0;
    for (const QString& text : {tr("Next"), tr("Again")}) {
        widest = std::max(widest, fontMetrics().horizontalAdvance(text));
    }
    next_->setMinimumWidth(widest + 4 * kSpacing);
}

QString FormulaBar::stepHtml(const ArithmeticStep& step) const {
    QString html = QStringLiteral("<div style='font-size:%1pt'>%2<br>%3</div>")
                       .arg(kLarge * font().pointSizeF())
                       .arg(step.formula.toHtmlEscaped(), step.numbers.toHtmlEscaped());
    if (!step.mistake.isEmpty()) {
        html += QStringLiteral("<div>%1</div>").arg(mistakeHtml(step.mistake));
    }
    return html;
}

QString FormulaBar::allHtml() const {
    QString rows;
    for (const ArithmeticStep& step : steps_) {
        rows +=
            QStringLiteral("<tr><td><b>%1</b></td><td>%2<br>%3%4</td></tr>")
                .arg(step.name.toHtmlEscaped(), step.formula.toHtmlEscaped(),
                     step.numbers.toHtmlEscaped(),
                     step.mistake.isEmpty() ? QString()
                                            : QStringLiteral("<br>") + mistakeHtml(step.mistake));
    }
    return QStringLiteral("<table cellspacing='%1'>%2</table>").arg(kSpacing).arg(rows);
}

}  // namespace normscope
