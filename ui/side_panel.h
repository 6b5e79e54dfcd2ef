#pragma once

#include <QFrame>
#include <QPointer>

class QLabel;
class QPropertyAnimation;
class QToolButton;

namespace normscope {

class ContentArea;

/// Slides in over the right edge of a page that stays in use: preferences, help, export.
/// It lies on the page rather than beside it, so that opening it does not lay out the page anew.
class SidePanel : public QFrame {
    Q_OBJECT

  public:
    /// `host` is what the panel lies on.
    explicit SidePanel(QWidget* host);

    void setMotion(bool motion) { motion_ = motion; }

    /// Opens with `content`, or puts it in place of what is shown, and takes ownership of it.
    void present(const QString& title, QWidget* content);
    void dismiss();

    /// What is shown; null while the panel is closed.
    QWidget* content() const;

  signals:
    void dismissed();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void showContent(QWidget* content);
    void focusContent();
    void applyFont();
    void place();
    QPoint restingPlace() const;
    int openWidth() const;
    int shadowWidth() const;
    void slide(bool open);

    QLabel* title_;
    QToolButton* close_;
    ContentArea* scrollArea_;
    QPropertyAnimation* animation_;
    QPointer<QWidget> focusBefore_;
    int preferredWidth_ = 0;
    bool motion_ = true;
    bool open_ = false;
};

}  // namespace normscope
