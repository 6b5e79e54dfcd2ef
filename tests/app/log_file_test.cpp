#include "app/log_file.h"

#include <QTest>
#include <thread>
#include <vector>

#include "core/folder_lock.h"
#include "tests/core/support.h"

using namespace normscope;
namespace fs = std::filesystem;

class LogFileTest : public QObject {
    Q_OBJECT

    std::unique_ptr<testing::TemporaryFolder> folder_;

    fs::path place() const { return folder_->path() / "state" / "normscope" / "normscope.log"; }

  private slots:
    void init() { folder_ = std::make_unique<testing::TemporaryFolder>(); }

    void liesInTheStateFolder() {
        qputenv("XDG_STATE_HOME", "/somewhere/state");
        QCOMPARE(LogFile::defaultPlace(), fs::path("/somewhere/state/normscope/normscope.log"));
        // The specification: relative paths are to be ignored.
        qputenv("XDG_STATE_HOME", "state");
        qputenv("HOME", "/home/somebody");
        QCOMPARE(LogFile::defaultPlace(),
                 fs::path("/home/somebody/.local/state/normscope/normscope.log"));
    }

    void staysSmallAndKeepsTheLatest() {
        LogFile log(place(), /*mostBytes=*/1000);
        for (int line = 0; line < 500; ++line) {
            log.append("line " + std::to_string(line) + "\n");
        }
        const fs::path older = place().string() + ".1";
        QVERIFY(fs::file_size(place()) <= 1000);
        QVERIFY(fs::file_size(older) <= 1000);
        const std::string all = testing::readAll(older) + testing::readAll(place());
        QVERIFY(all.ends_with("line 498\nline 499\n"));
        QVERIFY(all.starts_with("line "));
        QCOMPARE(std::distance(fs::directory_iterator(place().parent_path()), {}), 2);
    }

    void linesOfTwoWritersAreNotMixed() {
        std::vector<std::thread> writers;
        for (const char* letter : {"a", "b"}) {
            writers.emplace_back([&, letter] {
                LogFile log(place(), /*mostBytes=*/100'000);  // as another window has one
                std::string line;
                for (int length = 0; length < 40; ++length) {
                    line += letter;
                }
                for (int times = 0; times < 500; ++times) {
                    log.append(line + "\n");
                }
            });
        }
        for (std::thread& writer : writers) {
            writer.join();
        }
        const std::string all = testing::readAll(place());
        QCOMPARE(all.size(), std::size_t{2 * 500 * 41});
        for (std::size_t at = 0; at < all.size(); at += 41) {
            QCOMPARE(all.find_first_not_of(all[at], at), at + 40);
            QCOMPARE(all[at + 40], '\n');
        }
    }

    void waitsForNobodyWhileThereIsRoom() {
        LogFile log(place());
        const FolderLock another(place().parent_path());  // as a window that makes room holds it
        log.append("at once\n");
        QCOMPARE(testing::readAll(place()), std::string("at once\n"));
    }

    void whatCannotBeWrittenIsLeftOut() {
        testing::writeAll(folder_->path() / "file", "mine");
        LogFile log(folder_->path() / "file" / "normscope.log");
        log.append("lost\n");
        QCOMPARE(testing::readAll(folder_->path() / "file"), std::string("mine"));
    }

    void takesWhatIsLogged() {
        qputenv("XDG_STATE_HOME", (folder_->path() / "state").c_str());
        const QtMessageHandler before = qInstallMessageHandler(nullptr);
        startLog();
        qCInfo(trainingLog).noquote() << "begins: two\nlines";
        qInstallMessageHandler(before);
        const std::string line = testing::readAll(place());
        QVERIFY2(line.ends_with(" info normscope.training: begins: two | lines\n"), line.c_str());
    }
};

QTEST_GUILESS_MAIN(LogFileTest)
#include "log_file_test.moc"
