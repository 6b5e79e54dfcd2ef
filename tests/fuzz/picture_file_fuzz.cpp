// A picture that is opened or dropped: PNG and JPEG, which Qt decodes.

#include <QCoreApplication>
#include <algorithm>

#include "app/picture_file.h"
#include "tests/fuzz/reader.h"
#include "tests/fuzz/scratch_file.h"

using namespace normscope;
using namespace normscope::fuzz;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static int count = 1;
    static char name[] = "picture_file_fuzz";
    static char* arguments[] = {name, nullptr};
    static const QCoreApplication application(count, arguments);
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    static const ScratchFolder folder;

    const std::string content(textOf(data, size));
    const std::string file = folder.write("picture", content).string();
    const PictureFile read = readPicture(QString::fromStdString(file));
    expect(read.picture.isNull() != read.problem.isEmpty(), "a picture or a problem");
    expect(std::max(read.picture.width(), read.picture.height()) <= 1024, "no larger than asked");
    if (!read.problem.isEmpty()) {
        expectSentence(read.problem.toStdString(), file);
    }
    const PictureFile pasted = readPicture(QByteArray::fromStdString(content));
    expect(pasted.picture == read.picture, "the same picture when it is pasted");
    return 0;
}
