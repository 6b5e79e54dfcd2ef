#include "app/report/markdown_report.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include "app/report/report_picture.h"
#include "ui/save_file.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(MarkdownReport)
};

/// Text that means itself, on one line.
QString plain(const QString& text) {
    static const QString kSpecial = QStringLiteral("\\`*_{}[]<>#|~$&");
    QString escaped;
    for (const QChar character : text.simplified()) {
        if (kSpecial.contains(character)) {
            escaped += u'\\';
        }
        escaped += character;
    }
    return escaped;
}

/// Text as it is, in a fence longer than any that is in it.
QString fenced(const QString& text) {
    QString fence = QStringLiteral("```");
    while (text.contains(fence)) {
        fence += u'`';
    }
    return fence + u'\n' + text + u'\n' + fence + QStringLiteral("\n\n");
}

QString tableRow(const QStringList& texts) {
    QString row = QStringLiteral("|");
    for (const QString& text : texts) {
        row += QStringLiteral(" %1 |").arg(plain(text));
    }
    return row + u'\n';
}

/// Each block of a section as Markdown.
struct BlockToMarkdown {
    QString pictures;  ///< the folder, as the text names it

    QString operator()(const ReportParagraph& block) const {
        return plain(block.text) + QStringLiteral("\n\n");
    }
    QString operator()(const ReportFormula& block) const { return fenced(block.text); }
    QString operator()(const ReportListing& block) const { return fenced(block.text); }
    QString operator()(const ReportSubheading& block) const {
        return QStringLiteral("### %1\n\n").arg(plain(block.text));
    }
    QString operator()(const ReportItems& block) const {
        QString items;
        for (const QString& text : block.texts) {
            items += QStringLiteral("- %1\n").arg(plain(text));
        }
        return items + u'\n';
    }
    QString operator()(const ReportTable& table) const {
        QString text = tableRow(table.titles) + u'|';
        for (int column = 0; column < table.titles.size(); ++column) {
            text +=
                column < table.textColumns ? QStringLiteral(" --- |") : QStringLiteral(" ---: |");
        }
        text += u'\n';
        for (const QStringList& row : table.rows) {
            text += tableRow(row);
        }
        return text + u'\n';
    }
    QString operator()(const ReportFigure& figure) const {
        return QStringLiteral("![%1](<%2/%3.png>)\n\n%4\n\n")
            .arg(plain(figure.picture.title), pictures, figure.name, plain(figure.caption));
    }
};

QString savePictures(const Report& report, const QDir& folder) {
    for (const ReportSection& section : report.sections) {
        for (const ReportBlock& block : section.blocks) {
            const auto* figure = std::get_if<ReportFigure>(&block);
            if (figure == nullptr) {
                continue;
            }
            if (const auto problem =
                    saveFile(folder.filePath(figure->name + ".png"), pngOf(*figure))) {
                return *problem;
            }
        }
    }
    return {};
}

}  // namespace

QString writeMarkdownReport(const Report& report, const QString& path) {
    const QFileInfo file(path);
    const QString pictures = file.completeBaseName() + QStringLiteral("-pictures");
    QDir folder = file.absoluteDir();
    // Not the folders above it: a path that leads nowhere is a mistake to be told.
    if (!(folder.exists(pictures) || folder.mkdir(pictures)) || !folder.cd(pictures)) {
        return couldNotWrite(folder.filePath(pictures), Texts::tr("the folder cannot be made"));
    }
    if (QString problem = savePictures(report, folder); !problem.isEmpty()) {
        return problem;
    }
    QString text =
        QStringLiteral("# %1\n\n%2\n\n").arg(plain(report.title), plain(report.subtitle));
    for (const ReportSection& section : report.sections) {
        text += QStringLiteral("## %1\n\n").arg(plain(section.title));
        for (const ReportBlock& block : section.blocks) {
            text += std::visit(BlockToMarkdown{pictures}, block);
        }
    }
    return saveFile(path, text.trimmed().toUtf8() + '\n').value_or(QString());
}

}  // namespace normscope
