#pragma once

#include <QLineEdit>
#include <optional>

namespace normscope {

/// A real number typed as text, in the user's locale or as programs write it: 0,05, 0.05, 5e-2.
class NumberField : public QLineEdit {
    Q_OBJECT

  public:
    explicit NumberField(QWidget* parent = nullptr);

    /// The number the text spells, if it spells one.
    std::optional<double> number() const;
    void setNumber(double number);

    /// One sentence on why the text is no number; empty if it is one.
    QString problem() const;
};

/// Group separators are refused, since "0.050" would be fifty where they are points.
std::optional<double> readNumber(const QString& text);

/// The shortest text in the user's locale that reads back as `number`: "0.05", "0,05", "1e-05".
QString shortNumber(double number);

}  // namespace normscope
