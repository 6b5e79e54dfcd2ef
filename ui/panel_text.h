#pragma once

#include <QLabel>

namespace normscope {

/// A short label that names what stands below it. The parts of a panel have no frames, only space.
QLabel* makeHeading(const QString& text);

/// Plain text that wraps; can be selected and copied.
QLabel* makeParagraph(const QString& text);

/// A paragraph that explains and need not be read.
QLabel* makeRemark(const QString& text);

}  // namespace normscope
