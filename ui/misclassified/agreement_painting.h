#pragma once

#include <QRectF>
#include <QStringList>
#include <optional>
#include <vector>

#include "core/agreement.h"
#include "ui/affine/figure.h"
#include "ui/norm_style.h"
#include "ui/picture/picture.h"

class QPainter;

namespace normscope {

/// Who misreads what, as an UpSet picture (Lex et al. 2014, IEEE TVCG 20:1983): a column for each
/// set of models, as high as it has images, over dots for its members.
struct AgreementContent {
    QStringList labels;              ///< of the models
    std::vector<CurveStyle> styles;  ///< as many
    std::vector<int> wrong;          ///< images of each model in all
    std::vector<SharedMistakes> sets;
};

/// Columns by place in AgreementContent::sets.
struct AgreementMarks {
    std::vector<std::size_t> chosen;
    std::optional<std::size_t> current;  ///< of the keyboard
};

class AgreementLayout {
  public:
    AgreementLayout(const QRectF& rect, const QFont& font, const AgreementContent& content);

    QRectF column(std::size_t set) const;
    std::optional<std::size_t> columnAt(QPointF point) const;
    /// Of a model: its name left of the dots, the dots.
    QRectF row(std::size_t model) const;
    QRectF bars() const;
    QPointF dot(std::size_t set, std::size_t model) const;
    double left() const { return left_; }

    static QSize minimumSize(const QFont& font, const AgreementContent& content);

  private:
    QRectF rect_;
    std::size_t sets_;
    std::size_t models_;
    double left_;
    double rowHeight_;
    double columnWidth_;
};

void paintAgreement(QPainter& painter, const QRectF& rect, const AgreementContent& content,
                    const FigureLook& look, const AgreementMarks& marks = {});

/// The styles must be those on a light ground.
Picture agreementPicture(AgreementContent content);

}  // namespace normscope
