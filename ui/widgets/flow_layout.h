#pragma once

#include <QLayout>
#include <initializer_list>
#include <memory>
#include <vector>

namespace normscope {

/// Puts widgets beside each other and goes on in a new line when the width is used up, so that a
/// row of controls survives a narrow window and large text.
class FlowLayout : public QLayout {
    Q_OBJECT

  public:
    /// Shared: the items of the first line grow into its spare width, those below as much if they
    /// can.
    enum class Spare { AtTheEnd, Shared };

    explicit FlowLayout(Spare spare, QWidget* parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    int count() const override;
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

  private:
    struct Line {
        std::vector<QLayoutItem*> items;
        int width = 0;
        int height = 0;
    };
    std::vector<Line> linesIn(int width) const;
    int heightOf(const std::vector<Line>& lines) const;
    void place(const Line& line, QPoint topLeft, int extraPerItem) const;

    Spare spare_;
    std::vector<std::unique_ptr<QLayoutItem>> items_;
};

/// Widgets that stay beside each other where a flow goes on in a new line.
QWidget* keptTogether(QWidget* parent, std::initializer_list<QWidget*> members);

}  // namespace normscope
