#pragma once

#include <QImage>
#include <optional>
#include <vector>

#include "core/drawn_digit.h"
#include "ui/affine/figure.h"

namespace normscope {

/// Ink 0..255 on paper in the colours of the screen.
QImage digitPicture(const GreyImage& ink, bool dark);
QImage digitPicture(const DigitImage& ink, bool dark);

/// One image of 28 x 28 as large as there is room for, every pixel a crisp square.
class DigitImageView : public Figure {
    Q_OBJECT

  public:
    explicit DigitImageView(QWidget* parent = nullptr);

    /// `spoken`: what it is, in words.
    void setImage(const DigitImage& image, const QString& spoken);
    /// Marks the box that the ink was fitted into and its centre of mass.
    void setPrepared(const PreparedDigit& digit, const QString& spoken);
    void clear(const QString& spoken);

    QString spokenValues() const override { return spoken_; }
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void paintMarks(QPainter& painter, const QRectF& place) const;

    std::optional<DigitImage> image_;
    std::optional<PreparedDigit> prepared_;
    QString spoken_;
};

/// Several images of 28 x 28 in a row, the first set apart from the others.
class DigitImageRow : public Figure {
    Q_OBJECT

  public:
    explicit DigitImageRow(QWidget* parent = nullptr);

    /// `labels`: one for each image.
    void setImages(std::vector<DigitImage> images, std::vector<int> labels);

    QString spokenValues() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    std::vector<DigitImage> images_;
    std::vector<int> labels_;
};

}  // namespace normscope
