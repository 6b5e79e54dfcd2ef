#pragma once

#include <QListWidget>
#include <vector>

#include "core/tensor4.h"

namespace normscope {

/// The chosen channel of every image of the batch, to choose one from.
class ImageStrip : public QListWidget {
    Q_OBJECT

  public:
    explicit ImageStrip(QWidget* parent = nullptr);

    /// `names`: one for each image, for the tool tip and to be read out.
    void setImages(const Tensor4& images, int channel, const QStringList& names);
    /// Emits nothing.
    void choose(int image);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    void imageChosen(int image);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void fill();
    int iconSide() const;

    Tensor4 images_;  ///< the one channel alone
    QStringList names_;
};

}  // namespace normscope
