#pragma once

#include <QWidget>
#include <vector>

class QScrollArea;
class QVBoxLayout;

namespace normscope {

class RailButton;

/// The pages of the program on the left edge, preferences and help below them.
/// Up, Down, Home and End move between the entries; arriving at a page shows it.
class NavigationRail : public QWidget {
    Q_OBJECT

  public:
    explicit NavigationRail(QWidget* parent = nullptr);

    /// `iconName` as themedIcon() takes it. The first page added is the current one.
    int addPage(const QString& iconName, const QString& name);
    int currentPage() const { return currentPage_; }
    void setCurrentPage(int page);

  signals:
    void pageSelected(int page);
    void preferencesRequested();
    void helpRequested();

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void moveFocusTo(RailButton* button);

    std::vector<RailButton*> pages_;
    std::vector<RailButton*> footer_;
    QScrollArea* scrollArea_;
    QVBoxLayout* pageColumn_;
    int currentPage_ = -1;
};

}  // namespace normscope
