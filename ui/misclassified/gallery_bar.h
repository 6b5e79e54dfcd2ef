#pragma once

#include <QWidget>
#include <vector>

#include "ui/misclassified/gallery_filter.h"

class QCheckBox;
class QComboBox;
class QPushButton;
class QSlider;

namespace normscope {

/// In which order the galleries show which digits, and how large.
class GalleryBar : public QWidget {
    Q_OBJECT

  public:
    explicit GalleryBar(QWidget* parent = nullptr);

    const GalleryFilter& filter() const { return filter_; }
    GalleryOrder order() const;
    int magnification() const;

    /// Shows it in the fields and tells of it, if it is another.
    void setFilter(const GalleryFilter& filter);
    /// Who can be asked for under "Misread by". `labels`: of the models held against each other.
    void setAgreement(const Agreement& agreement, const QStringList& labels);
    void stepMagnification(int steps);

  signals:
    void filterChanged();
    void orderChanged();
    void magnificationChanged(int magnification);

  private:
    QComboBox* makeChoice(const QString& name, const QString& toolTip);
    QComboBox* makeDigitChoice(const QString& name, const QString& toolTip);
    void makeControls();
    void layOut();
    void takeFields();
    void showFilter();

    GalleryFilter filter_;
    std::vector<MisreaderFilter> misreaderChoices_;  ///< as listed in misreaders_
    QComboBox* order_;
    QComboBox* label_;
    QComboBox* prediction_;
    QComboBox* misreaders_;
    QCheckBox* correctToo_;
    QPushButton* clear_;
    QSlider* size_;
};

}  // namespace normscope
