#pragma once

#include "ui/normalize/sheet_navigation.h"
#include "ui/widgets/number_field.h"

namespace normscope {

/// The field that lies over a cell while its number is typed. Whoever owns it decides whether the
/// text is taken.
class SheetEditor : public NumberField {
    Q_OBJECT

  public:
    /// `text` is what stands in it at first: the old number, selected, or the first key typed.
    SheetEditor(const QString& text, bool selected, QWidget* parent);

    /// Over this cell, wider where the text is, inside the parent.
    void placeOver(const QRectF& cell);
    /// Marks the text as refused and says why to screen readers.
    void refuse(const QString& why);

  signals:
    /// Enter (Down), Tab (Next), Shift+Tab (Previous), Up or Down.
    void committed(normscope::SheetMove move);
    void cancelled();
    void accepted();  ///< after a refusal the text is a number again
    void left();      ///< the focus went elsewhere

  protected:
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    QSize sizeForText() const;

    bool refused_ = false;
    QRectF cell_;
};

}  // namespace normscope
