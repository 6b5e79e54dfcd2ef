#include "ui/normalize/arithmetic.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <functional>

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Arithmetic)
};

constexpr int kSignificantDigits = 6;
/// Terms of a long sum that are written out, before and after the ellipsis.
constexpr int kFirstTerms = 4;
constexpr int kLastTerms = 1;

/// As a factor or a term that is not the first: negative numbers in parentheses.
QString inParentheses(double value) {
    const QString text = arithmeticNumber(value);
    return std::signbit(value) && value != 0.0 ? QStringLiteral("(%1)").arg(text) : text;
}

/// The numbers of the cell, by the names that the formulas give them.
class CellArithmetic {
  public:
    CellArithmetic(const SheetState& state, const NormTrace& trace, const CellIndex& cell)
        : state_(state), trace_(trace) {
        const Shape4& shape = state.input->shape;
        set_ =
            static_cast<std::size_t>(statisticsSetOf(shape, state.spec, cell.image, cell.channel));
        const auto channel = static_cast<std::size_t>(cell.channel);
        x_ = state.input->at(cell);
        mean_ = trace.mean[set_];
        variance_ = trace.variance[set_];
        eps_ = state.spec.eps;
        deviation_ = std::sqrt(variance_ + eps_);
        normalized_ = trace.normalized.at(cell);
        gamma_ = trace.gamma[channel];
        beta_ = trace.beta[channel];
        output_ = trace.output.at(cell);
        collect(shape);
    }

    std::vector<ArithmeticStep> steps() const {
        std::vector<ArithmeticStep> steps;
        if (state_.usesRunning()) {
            steps = {runningStep()};
        } else {
            steps = {sumStep(), meanStep(), squaresStep(), varianceStep()};
        }
        steps.push_back(normalizedStep());
        steps.push_back(affineStep());
        return steps;
    }

  private:
    /// The values of the set, in the order of the tensor.
    void collect(const Shape4& shape) {
        const StatisticsSet& set = trace_.sets[set_];
        const auto plane = static_cast<std::size_t>(shape.plane());
        values_.reserve(static_cast<std::size_t>(set.count));
        for (int image = set.image.value_or(0); image <= set.image.value_or(shape.images - 1);
             ++image) {
            for (int channel = set.firstChannel; channel < set.firstChannel + set.channels;
                 ++channel) {
                const auto first =
                    state_.input->values.begin() +
                    static_cast<std::ptrdiff_t>(offsetOf(shape, {image, channel, 0, 0}));
                values_.insert(values_.end(), first, first + static_cast<std::ptrdiff_t>(plane));
            }
        }
    }

    double count() const { return static_cast<double>(values_.size()); }

    /// "1 + 2 + (−3) + … + 4"
    QString sumOf(const std::function<QString(double)>& term) const {
        constexpr auto kWhole = static_cast<std::size_t>(kFirstTerms + kLastTerms + 3);
        QStringList terms;
        for (std::size_t i = 0; i < values_.size(); ++i) {
            const bool shown =
                values_.size() <= kWhole || i < kFirstTerms || i + kLastTerms >= values_.size();
            if (shown) {
                terms << term(values_[i]);
            } else if (i == kFirstTerms) {
                terms << QStringLiteral("…");
            }
        }
        return terms.join(QStringLiteral(" + "));
    }

    double total(const std::function<double(double)>& term) const {
        double total = 0.0;
        for (const double value : values_) {
            total += term(value);
        }
        return total;
    }

    double squares() const {
        return total([this](double x) { return (x - mean_) * (x - mean_); });
    }

    ArithmeticStep sumStep() const {
        const double sum = total([](double x) { return x; });
        return {Texts::tr("Sum"),
                Texts::tr("Σx over the m = %L1 cells of S%L2").arg(values_.size()).arg(set_ + 1),
                QStringLiteral("%1 = %2").arg(sumOf(&inParentheses), arithmeticNumber(sum)),
                {}};
    }

    ArithmeticStep meanStep() const {
        const double sum = total([](double x) { return x; });
        return {Texts::tr("Mean"),
                QStringLiteral("μ = Σx / m"),
                QStringLiteral("%1 / %2 = %3")
                    .arg(arithmeticNumber(sum), arithmeticNumber(count()), arithmeticNumber(mean_)),
                {}};
    }

    ArithmeticStep squaresStep() const {
        const QString sum = sumOf([this](double x) {
            return QStringLiteral("(%1 − %2)²").arg(arithmeticNumber(x), inParentheses(mean_));
        });
        return {Texts::tr("Squared deviations"),
                QStringLiteral("Σ(x − μ)²"),
                QStringLiteral("%1 = %2").arg(sum, arithmeticNumber(squares())),
                {}};
    }

    ArithmeticStep varianceStep() const {
        ArithmeticStep step{Texts::tr("Variance"),
                            QStringLiteral("σ² = Σ(x − μ)² / m"),
                            QStringLiteral("%1 / %2 = %3")
                                .arg(arithmeticNumber(squares()), arithmeticNumber(count()),
                                     arithmeticNumber(variance_)),
                            {}};
        if (values_.size() > 1) {
            step.mistake = Texts::tr("dividing by m − 1 = %1 gives %2.")
                               .arg(arithmeticNumber(count() - 1.0),
                                    arithmeticNumber(squares() / (count() - 1.0)));
        } else {
            step.mistake = Texts::tr("dividing by m − 1 = 0 gives no number at all.");
        }
        return step;
    }

    ArithmeticStep runningStep() const {
        const std::int64_t batches = state_.running.batches;
        const QString momentum = arithmeticNumber(state_.spec.momentum);
        const QString from =
            batches == 0 ? Texts::tr("no batch was fed")
            : batches == 1
                ? Texts::tr(
                      "after 1 batch, counting %1; of the variance the one divided by m − 1 is fed")
                      .arg(momentum)
                : Texts::tr(
                      "after %L1 batches, each counting %2; of the variance the one "
                      "divided by m − 1 is fed")
                      .arg(batches)
                      .arg(momentum);
        return {Texts::tr("Running statistics"),
                Texts::tr("μ and σ² of channel %L1 are not measured on this input").arg(set_ + 1),
                QStringLiteral("μ = %1, σ² = %2 (%3)")
                    .arg(arithmeticNumber(mean_), arithmeticNumber(variance_), from),
                {}};
    }

    ArithmeticStep normalizedStep() const {
        ArithmeticStep step{Texts::tr("Normalized"),
                            QStringLiteral("x̂ = (x − μ) / √(σ² + ε)"),
                            QStringLiteral("(%1 − %2) / √(%3 + %4) = %5 / %6 = %7")
                                .arg(arithmeticNumber(x_), inParentheses(mean_),
                                     arithmeticNumber(variance_), arithmeticNumber(eps_),
                                     arithmeticNumber(x_ - mean_), arithmeticNumber(deviation_))
                                .arg(arithmeticNumber(normalized_)),
                            {}};
        // Rounding may leave a trace of a variance where all cells are equal.
        const bool measured = !state_.usesRunning();
        if (measured && std::ranges::minmax(values_).min == std::ranges::minmax(values_).max) {
            step.mistake = Texts::tr("leaving out ε divides by 0: all cells of the set are equal.");
        } else if (variance_ == 0.0) {
            step.mistake = Texts::tr("leaving out ε divides by 0.");
        } else {
            step.mistake =
                Texts::tr("dividing without the root gives %1; without the parentheses: %2.")
                    .arg(arithmeticNumber((x_ - mean_) / (variance_ + eps_)),
                         arithmeticNumber(x_ - mean_ / deviation_));
        }
        return step;
    }

    ArithmeticStep affineStep() const {
        return {Texts::tr("Output"),
                QStringLiteral("y = γ x̂ + β"),
                QStringLiteral("%1 · %2 + %3 = %4")
                    .arg(arithmeticNumber(gamma_), inParentheses(normalized_), inParentheses(beta_),
                         arithmeticNumber(output_)),
                {}};
    }

    const SheetState& state_;
    const NormTrace& trace_;
    std::size_t set_ = 0;
    std::vector<double> values_;
    double x_ = 0.0;
    double mean_ = 0.0;
    double variance_ = 0.0;
    double eps_ = 0.0;
    double deviation_ = 1.0;
    double normalized_ = 0.0;
    double gamma_ = 1.0;
    double beta_ = 0.0;
    double output_ = 0.0;
};

}  // namespace

std::vector<ArithmeticStep> arithmeticSteps(const SheetState& state, const NormTrace& trace,
                                            const CellIndex& cell) {
    return CellArithmetic(state, trace, cell).steps();
}

QString arithmeticNumber(double value) {
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    // No negative zero: it would look like a mistake of its own.
    QString text = locale.toString(value == 0.0 ? 0.0 : value, 'g', kSignificantDigits);
    text.replace(QLatin1Char('-'), QChar(0x2212));
    return text;
}

}  // namespace normscope
