#pragma once

#include <QScrollArea>
#include <QSet>

namespace normscope {

/// A column of settings at the side of a page: as wide as its fields and its text need, scrolled
/// where the page is too low for it. Fields go into widget().
class SettingsColumn : public QScrollArea {
    Q_OBJECT

  public:
    /// `characters`: preferred width in average characters.
    explicit SettingsColumn(int characters, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    /// Whoever scrolls the column must not change what the pointer happens to pass over.
    void keepFromTheWheel(QWidget* field);
    /// The same for every field that there is by now.
    void keepFieldsFromTheWheel();

    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    int characters_;
    QSet<const QObject*> fields_;  ///< kept from the wheel
};

}  // namespace normscope
