#include "ui/about_panel.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/panel_text.h"
#include "ui/theme.h"
#include "ui/themed_icon.h"

namespace normscope {
namespace {

/// The icon of the program, as large as the text asks for.
class ProgramIcon : public QWidget {
  public:
    QSize sizeHint() const override {
        const int side = 8 * gridUnit(font());
        return {side, side};
    }

  protected:
    void changeEvent(QEvent* event) override {
        updateGeometry();
        QWidget::changeEvent(event);
    }
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        applicationIcon().paint(&painter, rect(), Qt::AlignLeft);
    }
};

QLayout* makeComponentTable(const std::vector<Component>& components, int gap) {
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(gap);
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const Component& component : components) {
        grid->addWidget(makeParagraph(component.name), row, 0);
        grid->addWidget(makeParagraph(component.version), row, 1);
        grid->addWidget(makeRemark(component.licence), row, 2);
        ++row;
    }
    return grid;
}

}  // namespace

AboutPanel::AboutPanel(const QString& version, const std::vector<Component>& components,
                       QWidget* parent)
    : QWidget(parent) {
    const int unit = gridUnit(font());
    auto* icon = new ProgramIcon;
    icon->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(icon);
    //: The name of the program, then its version number
    column->addWidget(makeHeading(tr("Normscope %1").arg(version)));
    column->addWidget(makeParagraph(
        tr("Shows what batch, layer and group normalization do to a network that learns to read "
           "digits.")));
    column->addWidget(
        makeRemark(tr("Free software under the GNU General Public License, version 3 or later "
                      "(GPL-3.0-or-later). It comes with no warranty.")));

    column->addSpacing(2 * unit);
    column->addWidget(makeHeading(tr("Built on")));
    column->addLayout(makeComponentTable(components, 2 * unit));

    column->addSpacing(2 * unit);
    column->addWidget(makeHeading(tr("Digits")));
    column->addWidget(makeParagraph(
        tr("MNIST, by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, under the Creative "
           "Commons Attribution-ShareAlike 3.0 licence (CC BY-SA 3.0).")));
    column->addStretch();
}

}  // namespace normscope
