#include "app/report/html_report.h"

#include <QCoreApplication>
#include <algorithm>

#include "app/report/report_picture.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(HtmlReport)
};

/// Dark where the reader's desktop is; the pictures keep their white paper. On paper no heading is
/// left alone and no picture cut.
constexpr auto kStyle = R"(
:root { color-scheme: light dark; --text: #202020; --quiet: #555; --ground: #fff; --line: #ccc;
        --shade: #f4f4f4; }
@media screen and (prefers-color-scheme: dark) {
  :root { --text: #e6e6e6; --quiet: #aaa; --ground: #1c1c1c; --line: #444; --shade: #282828; }
}
body { font: 1rem/1.5 "Noto Sans", "Segoe UI", "Helvetica Neue", Arial, sans-serif;
       color: var(--text); background: var(--ground); max-width: 60rem; margin: 2rem auto;
       padding: 0 1rem; }
h1 { font-size: 1.8rem; line-height: 1.2; margin-bottom: 0.5rem; }
h2 { font-size: 1.3rem; margin-top: 2.5rem; }
h3 { font-size: 1rem; margin-top: 2rem; }
.subtitle, figcaption { color: var(--quiet); }
.subtitle { white-space: pre-line; margin-top: 0; }
.formula { margin: 0.5rem 0 0.5rem 2rem; white-space: pre-wrap; }
pre { background: var(--shade); padding: 0.75rem 1rem; white-space: pre-wrap;
      overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: 0.2rem 1.5rem 0.2rem 0; text-align: left; vertical-align: top; }
th { border-bottom: 1px solid var(--line); vertical-align: bottom; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.total td { border-top: 1px solid var(--line); font-weight: bold; }
figure { margin: 1.5rem 0; }
figure img { display: block; max-width: 100%; height: auto; background: #fff; }
@media print {
  body { max-width: none; margin: 0; font-size: 10pt; }
  h2, h3 { break-after: avoid; }
  figure, tr { break-inside: avoid; }
  figure img { max-height: 22cm; }
}
)";

QString element(const QString& tag, const QString& text) {
    return QStringLiteral("<%1>%2</%1>\n").arg(tag, text.toHtmlEscaped());
}

QString cells(const ReportTable& table, const QStringList& texts, const QString& tag) {
    QString html;
    for (int column = 0; column < texts.size(); ++column) {
        const QString open = column < table.textColumns ? tag : tag + " class=\"number\"";
        html += QStringLiteral("<%1>%2</%3>").arg(open, texts[column].toHtmlEscaped(), tag);
    }
    return html;
}

/// Each block of a section as HTML.
struct BlockToHtml {
    QString operator()(const ReportParagraph& block) const {
        return element(QStringLiteral("p"), block.text);
    }
    QString operator()(const ReportFormula& block) const {
        return QStringLiteral("<p class=\"formula\">%1</p>\n").arg(block.text.toHtmlEscaped());
    }
    QString operator()(const ReportListing& block) const {
        return element(QStringLiteral("pre"), block.text);
    }
    QString operator()(const ReportSubheading& block) const {
        return element(QStringLiteral("h3"), block.text);
    }
    QString operator()(const ReportItems& block) const {
        QString items;
        for (const QString& text : block.texts) {
            items += element(QStringLiteral("li"), text);
        }
        return QStringLiteral("<ul>\n%1</ul>\n").arg(items);
    }
    QString operator()(const ReportTable& table) const {
        QString rows = QStringLiteral("<thead><tr>%1</tr></thead>\n<tbody>\n")
                           .arg(cells(table, table.titles, QStringLiteral("th")));
        for (const QStringList& row : table.rows) {
            const bool total = table.hasTotal && &row == &table.rows.back();
            rows += QStringLiteral("<tr%1>%2</tr>\n")
                        .arg(total ? QStringLiteral(" class=\"total\"") : QString(),
                             cells(table, row, QStringLiteral("td")));
        }
        return QStringLiteral("<div class=\"wide\"><table>\n%1</tbody>\n</table></div>\n")
            .arg(rows);
    }
    QString operator()(const ReportFigure& figure) const {
        const QSize size = figure.picture.naturalSize;
        return QStringLiteral(
                   "<figure><img width=\"%1\" height=\"%2\" alt=\"%3\" "
                   "src=\"data:image/png;base64,%4\">\n<figcaption>%5</figcaption>"
                   "</figure>\n")
            .arg(QString::number(size.width()), QString::number(size.height()),
                 figure.picture.title.toHtmlEscaped(),
                 QString::fromLatin1(pngOf(figure).toBase64()), figure.caption.toHtmlEscaped());
    }
};

}  // namespace

QByteArray htmlReport(const Report& report) {
    QString html = QStringLiteral(
                       "<!DOCTYPE html>\n<html lang=\"%1\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width\">\n")
                       .arg(Texts::tr("en", "code of the language that this is translated to"));
    html += element(QStringLiteral("title"), report.title);
    html += QStringLiteral("<style>%1</style>\n</head>\n<body>\n").arg(QLatin1String(kStyle));
    html += element(QStringLiteral("h1"), report.title);
    html += QStringLiteral("<p class=\"subtitle\">%1</p>\n").arg(report.subtitle.toHtmlEscaped());
    for (const ReportSection& section : report.sections) {
        html += element(QStringLiteral("h2"), section.title);
        for (const ReportBlock& block : section.blocks) {
            html += std::visit(BlockToHtml(), block);
        }
    }
    html += QStringLiteral("</body>\n</html>\n");
    return html.toUtf8();
}

}  // namespace normscope
