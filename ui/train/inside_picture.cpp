#include "ui/train/inside_picture.h"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>

#include "ui/theme.h"
#include "ui/train/inside_painting.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(InsidePicture)
};

void paintPicture(QPainter& painter, QSize size, const InsideContent& content) {
    const FigureLook look{lightPalette(), painter.font()};
    const double line = QFontMetricsF(look.font).height();
    painter.setFont(look.bold());
    painter.setPen(look.text());
    painter.drawText(QRectF(0.0, 0.0, size.width(), line), Qt::AlignLeft | Qt::AlignTop,
                     Texts::tr("%1: percentiles 15, 50 and 85 of what enters and what leaves")
                         .arg(insideTitle(content)));
    const QRectF area(0.0, 1.5 * line, size.width(), size.height() - 1.5 * line);
    paintInside(painter, layOutInside(area, content, look.font), content, std::nullopt, look);
}

ChannelCourse courseOf(const ComparedModel& model, std::size_t place) {
    const auto perEpoch =
        static_cast<double>(stepsPerEpoch(model.run->config, model.run->dataset.trainTotal));
    ChannelCourse course{.model = {model.label, model.config().network.kind, model.variant},
                         .epochs = {},
                         .values = {},
                         .moment = {}};
    for (const PercentileRecord& record : model.history().percentiles) {
        course.epochs.push_back(static_cast<double>(record.step) / perEpoch);
        course.values.push_back(record.channels[place]);
    }
    return course;
}

}  // namespace

InsideContent insideOf(const Comparison& models, int normLayer, int channel) {
    InsideContent content{
        .normLayer = normLayer, .channel = channel, .plannedEpochs = 0, .models = {}};
    for (const ComparedModel& model : models) {
        content.plannedEpochs = std::max(content.plannedEpochs, model.run->config.epochs());
        content.models.push_back(courseOf(model, normChannel(normLayer, channel)));
    }
    return content;
}

Picture insidePicture(InsideContent content) {
    return {Texts::tr("Inside the network"), Picture().naturalSize,
            [content = std::move(content)](QPainter& painter, QSize size) {
                paintPicture(painter, size, content);
            }};
}

std::vector<InsidePicture> insidePictures(const Comparison& models) {
    std::vector<InsidePicture> pictures;
    for (int layer = 0; layer < kNormLayerCount; ++layer) {
        InsideContent content = insideOf(models, layer, /*channel=*/0);
        if (!content.isEmpty()) {
            pictures.push_back({.file = QStringLiteral("inside-norm-layer-%1").arg(layer + 1),
                                .caption = Texts::tr("%1 in all models.").arg(insideTitle(content)),
                                .picture = insidePicture(std::move(content))});
        }
    }
    return pictures;
}

}  // namespace normscope
