#pragma once

#include <QWidget>

class QAction;
class QCheckBox;
class QPushButton;
class QToolButton;

namespace normscope {

class SheetDocument;
class SheetView;

/// What can be done with the sheet, in a row above it.
class SheetActions : public QWidget {
    Q_OBJECT

  public:
    SheetActions(SheetDocument& document, SheetView& view, QWidget* parent = nullptr);

    QAction* undoAction() const { return undo_; }
    QAction* redoAction() const { return redo_; }

    void setSetupShown(bool shown);
    void setDetailsShown(bool shown);
    /// The image that the next poke is of, from 0.
    void setPokedImage(int image);

  signals:
    void openSheetRequested();
    void saveSheetRequested();
    void copyPictureRequested();
    void exportRequested();
    void pokeRequested();
    void backwardsToggled(bool on);
    void setupToggled(bool shown);
    void detailsToggled(bool shown);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    QPushButton* makeButton(const QString& name, const QString& toolTip);
    QToolButton* makeTool(const QString& name, const QString& toolTip);
    void makeHistory();
    void makeControls();
    void layOut();
    void connectControls();
    void enableHistory();
    void takeIcons();

    SheetDocument& document_;
    SheetView& view_;

    QAction* undo_;
    QAction* redo_;
    QToolButton* setup_;
    QToolButton* undoButton_;
    QToolButton* redoButton_;
    QPushButton* open_;
    QPushButton* save_;
    QPushButton* copy_;
    QPushButton* export_;
    QPushButton* poke_;
    QCheckBox* backwards_;
    QToolButton* zoomOut_;
    QToolButton* fit_;
    QToolButton* zoomIn_;
    QToolButton* details_;
};

}  // namespace normscope
