#include "ui/normalize/affine_section.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <algorithm>

#include "ui/normalize/sheet_document.h"
#include "ui/widgets/named_combo_box.h"
#include "ui/widgets/number_setting.h"
#include "ui/widgets/setting_fields.h"

namespace normscope {
namespace {

/// What all channels have; nothing where they differ.
std::optional<double> common(const std::vector<double>& numbers) {
    const bool equal = std::all_of(numbers.begin(), numbers.end(),
                                   [&](double number) { return number == numbers.front(); });
    return equal ? std::optional(numbers.front()) : std::nullopt;
}

}  // namespace

AffineSection::AffineSection(SheetDocument& document, QWidget* parent)
    : QWidget(parent),
      document_(document),
      eps_(new NumberSetting(
          tr("Epsilon"), tr("Added to the variance, so that nothing is divided by zero."),
          [this](double eps) { return document_.setEps(eps); }, this)),
      channel_(new NamedComboBox(this)),
      gamma_(new NumberSetting(
          tr("Gamma"), tr("What x̂ is multiplied with: one number for each channel."),
          [this](double gamma) { return document_.setGamma(channel(), gamma); }, this)),
      beta_(new NumberSetting(
          tr("Beta"), tr("What is added then: one number for each channel."),
          [this](double beta) { return document_.setBeta(channel(), beta); }, this)) {
    channel_->setAccessibleName(tr("Gamma and beta of"));
    channel_->setToolTip(tr("Change all channels at once, or one alone."));
    layOut();
    connect(channel_, &QComboBox::currentIndexChanged, this, &AffineSection::displayPairs);
    connect(&document_, &SheetDocument::changed, this, &AffineSection::display);
    display();
}

void AffineSection::layOut() {
    QFormLayout* form = makeSettingsForm();
    form->setContentsMargins({});
    setLayout(form);
    form->addRow(tr("Epsilon ε"), eps_);
    form->addRow(tr("γ and β of"), channel_);
    form->addRow(tr("Gamma γ"), gamma_);
    form->addRow(tr("Beta β"), beta_);
}

void AffineSection::display() {
    const int channels = document_.shape().channels;
    if (channel_->count() != channels + 1) {
        const QSignalBlocker blocker(channel_);
        const int chosen = std::min(channel_->currentIndex(), channels);
        channel_->clear();
        channel_->addItem(tr("All channels"));
        for (int i = 1; i <= channels; ++i) {
            channel_->addItem(tr("Channel %1").arg(i));
        }
        channel_->setCurrentIndex(std::max(chosen, 0));
    }
    eps_->display(document_.state().spec.eps);
    displayPairs();
}

void AffineSection::displayPairs() {
    const Affine& affine = document_.state().affine;
    if (const auto chosen = channel()) {
        gamma_->display(affine.gamma[static_cast<std::size_t>(*chosen)]);
        beta_->display(affine.beta[static_cast<std::size_t>(*chosen)]);
        return;
    }
    const QString several = tr("differ");
    gamma_->display(common(affine.gamma), several);
    beta_->display(common(affine.beta), several);
}

std::optional<int> AffineSection::channel() const {
    const int index = channel_->currentIndex();
    return index > 0 ? std::optional(index - 1) : std::nullopt;
}

}  // namespace normscope
