#pragma once

#include <QObject>
#include <QString>
#include <optional>
#include <vector>

#include "ui/normalize/sheet_state.h"

class QUndoStack;

namespace normscope {

/// The tensor on the page, how it is normalized and what comes of it. Everything that changes it
/// is one step of the undo stack. What does not make sense changes nothing and is answered with a
/// sentence.
class SheetDocument : public QObject {
    Q_OBJECT

  public:
    explicit SheetDocument(QObject* parent = nullptr);  ///< classExample() under batch norm
    ~SheetDocument() override;

    const SheetState& state() const { return state_; }
    const Shape4& shape() const { return state_.input->shape; }
    /// The arithmetic of state(); always up to date.
    const NormTrace& trace() const { return trace_; }
    QUndoStack& undoStack() { return *undo_; }

    /// The value that a cell of any of the three parts shows.
    double value(const SheetCell& cell) const;

    // Each is one undo step. Consecutive changes of the same slider or field merge into one.
    // The answer is empty when done, else why not, as a sentence for the reader.
    QString setCell(const CellIndex& cell, double value);
    void setShape(const Shape4& shape);    ///< keeps the cells both shapes have; new ones are 0
    void setKind(NormKind kind);           ///< under group norm the nearest divisor of the channels
    void setGroups(int groups);            ///< must divide the channels
    QString setEps(double eps);            ///< above 0
    QString setMomentum(double momentum);  ///< 0..1
    void setTraining(bool training);
    QString setGamma(std::optional<int> channel, double gamma);  ///< empty: all channels
    QString setBeta(std::optional<int> channel, double beta);
    /// A new tensor under the present method. `affine` and `running` are reset where empty.
    void setInput(Tensor4 input, const QString& source, std::optional<Affine> affine = {},
                  std::optional<RunningStatistics> running = {});
    /// All at once: a sheet that was opened.
    void setState(const SheetState& state, const QString& undoText);
    /// Batch norm in training mode: the input moves the running statistics.
    void feedBatch();
    void resetRunning();

    /// Adds kPoke to the first cell of each channel of this image, and remembers what moved until
    /// the next change of anything else.
    void poke(int image);
    static constexpr double kPoke = 3.0;
    const std::optional<PokeResult>& pokeResult() const { return poke_; }

    /// Cells as they lie in the part's grid (row = image * H + y, column = channel * W + x), tab
    /// and line separated in the user's locale, as spreadsheets take them.
    QString copyCells(SheetPart part, const CellIndex& first, const CellIndex& last) const;
    /// Writes a block of text (tabs, semicolons, or commas where the locale's decimal point is not
    /// a comma; CSV and spreadsheets alike) with its top left number at `first` in the input grid.
    /// All or nothing: the answer names the first piece that is no number or does not fit.
    QString pasteCells(const CellIndex& first, const QString& text);

  signals:
    void changed();

  private:
    class Command;
    /// What a change is called, what it merges with, and the image that it pokes, if any.
    struct Step {
        QString text;
        int mergeId = -1;
        std::optional<int> poked = {};
    };

    void push(SheetState next, const Step& step);
    void show(const SheetState& state, std::optional<int> poked);
    /// The state before the running series of such changes; the present one if there is none.
    const SheetState& beforeSeries(int mergeId) const;
    QString setPairs(std::vector<double> Affine::*numbers, std::optional<int> channel, double value,
                     const Step& step);

    SheetState state_;
    NormTrace trace_;
    std::optional<PokeResult> poke_;
    QUndoStack* undo_;
};

}  // namespace normscope
