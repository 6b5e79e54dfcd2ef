#include "ui/shortcuts_panel.h"

#include <QGridLayout>
#include <QLabel>
#include <QStyleOption>

#include "ui/flat_painting.h"
#include "ui/panel_text.h"
#include "ui/theme.h"

namespace normscope {
namespace {

/// Text on a key of a keyboard.
class KeyCap : public QLabel {
  public:
    explicit KeyCap(const QString& keys) : QLabel(keys) {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        setAlignment(Qt::AlignCenter);
    }

    QSize sizeHint() const override {
        const int unit = gridUnit(font());
        return QLabel::sizeHint() + QSize(2 * unit, unit / 2);
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override {
        QPainter painter(this);
        paintBox(&painter, {.rect = rect(),
                            .radius = gridUnit(font()) * 0.5,
                            .fill = palette().color(QPalette::AlternateBase),
                            .outline = palette().color(QPalette::Midlight)});
        QLabel::paintEvent(event);
    }
};

}  // namespace

ShortcutsPanel::ShortcutsPanel(const std::vector<ShortcutText>& shortcuts, QWidget* parent)
    : QWidget(parent) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(2 * gridUnit(font()));
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const ShortcutText& shortcut : shortcuts) {
        grid->addWidget(new KeyCap(shortcut.keys), row, 0);
        grid->addWidget(makeParagraph(shortcut.what), row, 1);
        ++row;
    }
    grid->setRowStretch(row, 1);
}

}  // namespace normscope
