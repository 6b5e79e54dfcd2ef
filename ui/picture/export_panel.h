#pragma once

#include <QWidget>
#include <vector>

#include "ui/picture/picture.h"
#include "ui/picture/picture_export.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLayout;
class QSpinBox;
class QTimer;

namespace normscope {

/// Saves one of the pictures of a page at a chosen size.
class ExportPanel : public QWidget {
    Q_OBJECT

  public:
    explicit ExportPanel(QWidget* parent = nullptr);

    /// The pictures on offer. What they draw from must outlive the panel.
    void setPictures(std::vector<Picture> pictures);
    /// What stands below every picture: the settings that it came from.
    void setCaption(const QString& caption);
    /// Chooses by the place in setPictures(); width and height become those that suit the picture.
    void choose(int picture);

    PictureOptions options() const;
    PictureFormat format() const;

    /// Writes the picture as chosen and says how it went. True if it was written.
    bool save(const QString& path);
    void copyToClipboard();

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    QLayout* makeForm();
    QLayout* makeButtons();
    const Picture* chosen() const;  ///< null if there are none
    void takeNaturalSize();
    QString suggestedName() const;
    void askForFile();
    void schedulePreview();
    void updatePreview();
    void say(const QString& sentence);

    std::vector<Picture> pictures_;
    QString caption_;
    QString folder_;  ///< where the last picture went

    QComboBox* picture_ = nullptr;
    QComboBox* format_ = nullptr;
    QSpinBox* width_ = nullptr;
    QSpinBox* height_ = nullptr;
    QDoubleSpinBox* scale_ = nullptr;
    QLabel* pixels_ = nullptr;
    QLabel* preview_ = nullptr;
    QLabel* result_ = nullptr;
    QTimer* previewTimer_ = nullptr;
};

}  // namespace normscope
