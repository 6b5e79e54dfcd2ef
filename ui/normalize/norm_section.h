#pragma once

#include <QWidget>

class QComboBox;
class QLabel;

namespace normscope {

class GroupsSlider;
class SheetDocument;

/// Which cells share a mean and a variance: the method and, from layer to instance norm, the
/// number of groups; and what that comes to in statistics and parameters.
class NormSection : public QWidget {
    Q_OBJECT

  public:
    explicit NormSection(SheetDocument& document, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void makeFields();
    void layOut();
    QWidget* makeCounts();
    void takeKind(int index);
    void takeGroups(int groups);
    void display();
    void displayCounts();
    void takeSwatches();
    void keepRoomForGroups();

    SheetDocument& document_;
    QComboBox* kind_;
    GroupsSlider* groups_;
    QLabel* groupsText_;
    QLabel* lastStop_;
    QLabel* statistics_;
    QLabel* simplified_;
    QLabel* perChannel_;
    QLabel* perElement_;
    QLabel* perElementTitle_;
    QLabel* refusal_;
};

}  // namespace normscope
