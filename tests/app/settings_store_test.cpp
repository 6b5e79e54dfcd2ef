#include "app/settings_store.h"

#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <limits>
#include <memory>

#include "app/settings_file.h"
#include "core/files.h"

namespace normscope {
namespace {

constexpr int kCores = 4;

/// Gives one field of a state its default.
using Reset = void (*)(StoredState&);

StoredState defaults() {
    StoredState state;
    state.training.models = {parseModel("batch=batch"), parseModel("layer=layer")};
    return state;
}

/// Every value differs from its default.
StoredState unusualState() {
    StoredState state;
    state.settings = {
        .theme = Settings::Theme::Dark, .textScale = 170, .motion = false, .threads = 3};
    state.page = Page::Affine;
    state.windowGeometry = QByteArray("\x01\xd9\xd0\xcb\x00\"\\,;=", 10);
    state.training.models = {parseModel("two, or more=group:groups=4,4,4,4,5,5")};
    state.training.models.front().label = "zwei Gruppen (ä)";
    state.training.models.push_back(parseModel("batch+L1=batch:l1=0.00010000000000000002"));
    state.training.cycles = {20, 5, 1};
    state.training.batchSize = 3;
    state.training.learningRate = 0.1 + 0.2;
    state.training.augmentation = Augmentation::Affine;
    state.training.engine = EngineKind::Torch;
    state.training.seed = std::numeric_limits<std::uint64_t>::max();
    state.training.threads = state.settings.threads;
    state.training.trainLimit = 512;
    state.training.data = "/media/stick, two/Fashion \"MNIST\" = \u00e9";
    state.openedRuns = {"/media/stick, two/Monday", "/tmp/\u00e9 = 1"};
    return state;
}

}  // namespace

class SettingsStoreTest : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void keepsToTheConfigurationFolder();
    void aFirstStartHasTheDefaults();
    void everythingComesBack();
    void noLimitComesBackOverALimit();
    void garbageFallsBackAlone_data();
    void garbageFallsBackAlone();
    void garbageEverywhereGivesTheDefaults();
    void aFileThatIsNoObjectGivesTheDefaults_data();
    void aFileThatIsNoObjectGivesTheDefaults();
    void numbersNeedNoQuotes();
    void fewerCoresThanThreadsFallBack();
    void damagedFilesAreMovedAside();
    void whatCanBeReadStaysWhereItIs();
    void saysWhenItCannotWrite();

  private:
    QString file() const { return folder_->filePath(QStringLiteral("normscope/settings.json")); }
    SettingsStore store(int cores = kCores) const { return {file(), cores}; }

    SettingsFile read() const {
        const std::string path = file().toStdString();
        return SettingsFile::parse(readFile(path, /*limit=*/1 << 20), path);
    }
    void write(const std::string& content) const {
        createFolder(QFileInfo(file()).path().toStdString());
        writeFile(file().toStdString(), content);
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

void SettingsStoreTest::init() {
    folder_ = std::make_unique<QTemporaryDir>();
}

void SettingsStoreTest::keepsToTheConfigurationFolder() {
    const QString before = qEnvironmentVariable("XDG_CONFIG_HOME");
    qputenv("XDG_CONFIG_HOME", QFile::encodeName(folder_->path()));
    QCOMPARE(SettingsStore::defaultFile(), file());
    before.isNull() ? qunsetenv("XDG_CONFIG_HOME")
                    : qputenv("XDG_CONFIG_HOME", QFile::encodeName(before));
}

void SettingsStoreTest::aFirstStartHasTheDefaults() {
    QVERIFY(store().load(defaults()) == defaults());
}

void SettingsStoreTest::everythingComesBack() {
    QVERIFY(store().save(unusualState()));
    QVERIFY(store().load(defaults()) == unusualState());
}

void SettingsStoreTest::noLimitComesBackOverALimit() {
    QVERIFY(store().save(defaults()));
    StoredState limited = defaults();
    limited.training.trainLimit = 100;
    QVERIFY(store().load(limited) == defaults());
}

void SettingsStoreTest::garbageFallsBackAlone_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("garbage");
    QTest::addColumn<Reset>("reset");
    const auto add = [](const char* key, Reset reset, const QStringList& garbage) {
        for (const QString& text : garbage) {
            QTest::addRow("%s=%s", key, qPrintable(text))
                << QString::fromLatin1(key) << text << reset;
        }
    };
    using State = StoredState;
    add("appearance/theme", [](State& s) { s.settings.theme = defaults().settings.theme; },
        {"", "purple", "Dark"});
    add("appearance/textScale", [](State& s) { s.settings.textScale = 100; },
        {"", "large", "99", "201", "-150", "1e300", "99999999999999"});
    add("appearance/motion", [](State& s) { s.settings.motion = true; }, {"", "maybe"});
    add("window/page", [](State& s) { s.page = Page::Train; }, {"", "nosuch", "Normalize"});
    add("training/threads", [](State& s) { s.settings.threads = s.training.threads = 1; },
        {"", "many", "0", "-1", "5", "2.5"});
    add("training/models", [](State& s) { s.training.models = defaults().training.models; },
        {"", "batch", "=batch", "a=b", "x=group:groups=7", "x=batch:l1=nan"});
    add("training/cycles", [](State& s) { s.training.cycles = defaults().training.cycles; },
        {"", "twenty", "0", "-5", "1000000000"});
    add("training/batchSize", [](State& s) { s.training.batchSize = 64; },
        {"", "big", "0", "-1", "99999999999999"});
    add("training/learningRate", [](State& s) { s.training.learningRate = 0.05; },
        {"", "fast", "0", "-0.1", "nan", "inf", "0,5"});
    add("training/augmentation", [](State& s) { s.training.augmentation = Augmentation::None; },
        {"", "more"});
    add("training/engine", [](State& s) { s.training.engine = EngineKind::Kernel; }, {"", "more"});
    add("training/seed", [](State& s) { s.training.seed = 1; },
        {"", "x", "-1", "18446744073709551616"});
    add("training/trainLimit", [](State& s) { s.training.trainLimit.reset(); },
        {"", "some", "0", "-3"});
}

void SettingsStoreTest::garbageFallsBackAlone() {
    QFETCH(QString, key);
    QFETCH(QString, garbage);
    QFETCH(Reset, reset);
    QVERIFY(store().save(unusualState()));
    SettingsFile stored = read();
    stored.set(key.toStdString(), garbage.toStdString());
    write(stored.format());

    StoredState expected = unusualState();
    reset(expected);
    QVERIFY(expected != unusualState());
    QVERIFY(store().load(defaults()) == expected);
}

void SettingsStoreTest::garbageEverywhereGivesTheDefaults() {
    QVERIFY(store().save(unusualState()));
    SettingsFile stored = read();
    for (const std::string& name : stored.names()) {
        stored.set(name, std::string("\x00\xff@Variant(\x7f", 12));
    }
    write(stored.format());
    StoredState loaded = store().load(defaults());
    // Any bytes may be a geometry and any text a folder; those who use them say what is wrong.
    loaded.windowGeometry = defaults().windowGeometry;
    loaded.training.data = defaults().training.data;
    loaded.openedRuns = defaults().openedRuns;
    QVERIFY(loaded == defaults());
}

void SettingsStoreTest::aFileThatIsNoObjectGivesTheDefaults_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("garbage") << QByteArray("[appear\n\x00\x01]]==\n@Variant(\xff\xff", 27);
    QTest::newRow("a list") << QByteArray(R"(["appearance/theme", "dark"])");
    QTest::newRow("other kinds") << QByteArray(R"({"appearance/theme": {"dark": 1},
                                                   "training/seed": null, "runs/opened": {}})");
    QTest::newRow("deep") << QByteArray(100'000, '[');
    QTest::newRow("far too large") << QByteArray(2 << 20, ' ') + "{\"appearance/theme\": \"dark\"}";
}

void SettingsStoreTest::aFileThatIsNoObjectGivesTheDefaults() {
    QVERIFY(store().save(unusualState()));
    QFETCH(QByteArray, content);
    write(content.toStdString());
    QVERIFY(store().load(defaults()) == defaults());
}

void SettingsStoreTest::numbersNeedNoQuotes() {
    write(R"({"training/seed": 7, "training/cycles": [3, 4], "appearance/motion": false})");
    StoredState expected = defaults();
    expected.training.seed = 7;
    expected.training.cycles = {3, 4};
    expected.settings.motion = false;
    QVERIFY(store().load(defaults()) == expected);
}

void SettingsStoreTest::fewerCoresThanThreadsFallBack() {
    QVERIFY(store().save(unusualState()));
    const StoredState loaded = store(/*cores=*/2).load(defaults());
    QCOMPARE(loaded.settings.threads, 1);
    QCOMPARE(loaded.training.threads, 1);
    QCOMPARE(loaded.settings.textScale, unusualState().settings.textScale);
}

void SettingsStoreTest::damagedFilesAreMovedAside() {
    const QString aside = file() + ".damaged";
    for (const std::string& content : {std::string("{\"appearance/theme\": \"da"),
                                       std::string("[1, 2]"), std::string(2 << 20, ' ')}) {
        write(content);
        const QString said = store().moveDamagedAside();
        QVERIFY2(said.startsWith(file()) || said.contains("Cannot read " + file()),
                 qPrintable(said));
        QVERIFY2(said.contains(aside), qPrintable(said));
        QVERIFY(!QFileInfo::exists(file()));
        QVERIFY(readFile(aside.toStdString(), /*limit=*/4 << 20) == content);
        QVERIFY(store().moveDamagedAside().isEmpty());
        QVERIFY(store().load(defaults()) == defaults());
    }
    QVERIFY(store().save(unusualState()));
    QVERIFY(QFileInfo::exists(aside));
}

void SettingsStoreTest::whatCanBeReadStaysWhereItIs() {
    QVERIFY(store().moveDamagedAside().isEmpty());
    QVERIFY(store().save(unusualState()));
    QVERIFY(store().moveDamagedAside().isEmpty());
    QVERIFY(store().load(defaults()) == unusualState());
    QVERIFY(!QFileInfo::exists(file() + ".damaged"));
}

void SettingsStoreTest::saysWhenItCannotWrite() {
    QFile obstacle(
        folder_->filePath(QStringLiteral("normscope")));  // a file where a folder must be
    QVERIFY(obstacle.open(QIODevice::WriteOnly));
    QString problem;
    QVERIFY(!store().save(unusualState(), &problem));
    QVERIFY2(problem.contains(obstacle.fileName() + ": "), qPrintable(problem));  // and why
}

}  // namespace normscope

QTEST_GUILESS_MAIN(normscope::SettingsStoreTest)
#include "settings_store_test.moc"
