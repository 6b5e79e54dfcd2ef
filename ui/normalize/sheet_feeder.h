#pragma once

#include <QHash>
#include <QObject>
#include <optional>

#include "ui/normalize/sheet_input.h"
#include "ui/normalize/sheet_state.h"

namespace normscope {

class SheetDocument;

/// Puts numbers on the sheet: makes them, or asks for real ones and takes the answer in. Each is
/// one undo step.
class SheetFeeder : public QObject {
    Q_OBJECT

  public:
    explicit SheetFeeder(SheetDocument& document, QObject* parent = nullptr);

    /// What the sheet shows, also after an undo; empty where it came from a file.
    std::optional<SheetInput> input() const;
    /// What there is to say about it, in one or two lines.
    QString remark() const;
    /// Whether the sheet normalizes a part of a layer as the layer does the whole: its mean and
    /// variance are not those of the model.
    bool showsCutSets() const;

    void choose(SheetInput input);
    /// Another size. Digits and activations are asked for anew where there are more or fewer images
    /// or channels of them; numbers that were made and not edited since are made anew, of the same
    /// seed; anything else keeps its cells, and new ones are 0.
    void choose(const Shape4& shape);
    /// The next batch of the source moves the running statistics; where there is none, the same
    /// numbers do once more.
    void feedAnotherBatch();
    /// Any sample but the one last asked for is dropped. Whether it was taken.
    bool take(const Sample& sample);

  signals:
    void sampleRequested(const normscope::SampleRequest& request);

  private:
    /// What is known about a source that was on the sheet.
    struct Known {
        SheetInput input;
        QString labels;
        std::optional<NormSpec> cut;  ///< the layer's own, where a set of it is shown in part
    };
    /// A sample that was asked for.
    struct Pending {
        SheetInput input;
        bool feeds = false;  ///< into the running statistics
    };

    void ask(const SheetInput& input, bool feeds);
    void make(const SheetInput& input, const Shape4& shape);
    void feed(const Tensor4& batch, const QString& source);
    bool isAsMade() const;

    SheetDocument& document_;
    QHash<QString, Known> known_;  ///< by SheetState::source
    std::optional<Pending> pending_;
    int availableImages_ = 0;
};

}  // namespace normscope
