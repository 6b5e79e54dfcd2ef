#pragma once

#include <QString>
#include <QStringList>
#include <variant>
#include <vector>

#include "ui/picture/picture.h"

namespace normscope {

// What a report says, whatever the format it is written in.

struct ReportParagraph {
    QString text;
};

/// A formula on a line of its own.
struct ReportFormula {
    QString text;
};

/// Text that is to be copied letter by letter: a command.
struct ReportListing {
    QString text;
};

struct ReportItems {
    QStringList texts;
};

struct ReportSubheading {
    QString text;
};

struct ReportTable {
    QStringList titles;
    std::vector<QStringList> rows;  ///< each as long as `titles`
    int textColumns = 1;            ///< the first so many; the others hold numbers
    bool hasTotal = false;          ///< the last row is the sum of the others
};

struct ReportFigure {
    QString name;  ///< of its file, where it gets one; without suffix
    Picture picture;
    QString caption;
};

using ReportBlock = std::variant<ReportParagraph, ReportFormula, ReportListing, ReportItems,
                                 ReportSubheading, ReportTable, ReportFigure>;

struct ReportSection {
    QString title;
    std::vector<ReportBlock> blocks;
};

struct Report {
    QString title;
    QString subtitle;
    std::vector<ReportSection> sections;
};

}  // namespace normscope
