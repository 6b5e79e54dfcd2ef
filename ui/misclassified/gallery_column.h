#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "ui/compared_model.h"
#include "ui/misclassified/gallery_answers.h"

class QLabel;
class QStackedWidget;

namespace normscope {

class ElidedLabel;
class GalleryView;

/// The gallery of one model: whose it is, how many are wrong, what the model answers to the chosen
/// digit, and the digits.
class GalleryColumn : public QWidget {
    Q_OBJECT

  public:
    explicit GalleryColumn(QWidget* parent = nullptr);

    void setModel(const ComparedModel& model);
    /// `emptyText`: why no digit is shown, where none is.
    void show(const GalleryAnswers& answers, std::vector<int> images, const QString& emptyText);
    /// The digit that all galleries have chosen.
    void choose(std::optional<int> image);

    GalleryView& view() const { return *view_; }
    const GalleryAnswers& answers() const { return answers_; }

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void takeLook();
    void showHead();
    QStringList counts() const;
    QStringList answer() const;

    ComparedModel model_;
    GalleryAnswers answers_;
    std::optional<int> chosen_;
    std::size_t shown_ = 0;

    QLabel* swatch_;
    ElidedLabel* name_;
    ElidedLabel* counts_;
    ElidedLabel* answer_;
    QStackedWidget* stack_;
    QLabel* empty_;
    GalleryView* view_;
};

}  // namespace normscope
