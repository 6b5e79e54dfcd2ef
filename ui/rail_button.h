#pragma once

#include <QAbstractButton>

namespace normscope {

/// One entry of the navigation rail: an icon above its name, which may take several lines.
/// A checkable one is a page; the checked one is the page that is shown.
class RailButton : public QAbstractButton {
    Q_OBJECT

  public:
    RailButton(const QString& iconName, const QString& name, QWidget* parent);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    QFont nameFont() const;
    QRect nameRect(int width) const;
    int iconSide() const;

    QString iconName_;
    mutable QSize hint_;  ///< asked for again and again; empty until it is known
};

}  // namespace normscope
