#pragma once

#include <QFrame>
#include <QString>
#include <functional>
#include <vector>

class QBoxLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace normscope {

/// What can be done about a message, on a button.
struct MessageAction {
    QString text;
    std::function<void()> run;
};

struct Message {
    QString text;          ///< a sentence or two; empty: there is nothing to say
    QString details = {};  ///< more, for whoever is to help; shown and copied on demand
    std::vector<MessageAction> actions = {};
};

/// A sentence across the page that stays until it is read and closed. It interrupts nothing.
class MessageStrip : public QFrame {
    Q_OBJECT

  public:
    explicit MessageStrip(QWidget* parent = nullptr);

    /// Empty hides the strip.
    void setMessage(const QString& sentence);
    void display(const Message& message);

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    QPushButton* addButton(const QString& text);
    void fillButtons(const Message& message);
    void arrangeButtons();
    void fitToFont();

    QBoxLayout* row_;  ///< of the text and the buttons
    QLabel* text_;
    QPlainTextEdit* details_;
    QWidget* buttons_;
    std::vector<QPushButton*> all_;
};

}  // namespace normscope
