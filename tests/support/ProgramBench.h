#pragma once

#include <QByteArray>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QVariant>

#include <memory>

namespace seedbook::test {

// How a run of the program ended, and what it printed.
struct Run
{
    int exitCode = -1;
    QByteArray out;
    QString said; // on standard error

    [[nodiscard]] QList<QByteArray> lines() const
    {
        QList<QByteArray> all = out.split('\n');
        all.removeLast(); // behind the last line's end
        return all;
    }
    [[nodiscard]] QList<QJsonObject> objects() const
    {
        QList<QJsonObject> all;
        for (const QByteArray& line : lines())
            all.append(QJsonDocument::fromJson(line).object());
        return all;
    }
};

// The program itself (SEEDBOOK_PROGRAM), as a script calls it: in a folder of its own, with neither
// display nor bus, and with a key unless it is told otherwise.
class ProgramBench final
{
public:
    static constexpr auto secret = "SG_0123456789abcdef";

    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString dataFolder() const
    {
        return path(QStringLiteral("XDG_DATA_HOME/seedbook"));
    }
    [[nodiscard]] QString ledger() const { return dataFolder() + QStringLiteral("/ledger.sqlite"); }

    // `output` takes standard output's place, where it is given.
    [[nodiscard]] std::unique_ptr<QProcess> start(
        const QStringList& arguments, const QByteArray& key = secret, const QString& output = {})
    {
        auto process = prepare(key);
        if (!output.isEmpty())
            process->setStandardOutputFile(output);
        process->start(QStringLiteral(SEEDBOOK_PROGRAM), arguments);
        return process;
    }

    [[nodiscard]] Run run(
        const QStringList& arguments, const QByteArray& key = secret, const QString& output = {})
    {
        return end(*start(arguments, key, output));
    }

    // With a standard output that was closed.
    [[nodiscard]] Run runClosed(const QStringList& arguments)
    {
        const auto process = prepare(secret);
        process->start(QStringLiteral("/bin/sh"),
            QStringList{QStringLiteral("-c"), QStringLiteral("exec \"$0\" \"$@\" >&-"),
                QStringLiteral(SEEDBOOK_PROGRAM)} +
                arguments);
        return end(*process);
    }

    // As the shell runs these words; $0 is the program.
    [[nodiscard]] Run runShell(const QString& words)
    {
        const auto process = prepare(secret);
        process->start(QStringLiteral("/bin/sh"),
            {QStringLiteral("-c"), words, QStringLiteral(SEEDBOOK_PROGRAM)});
        return end(*process);
    }

    // The answers to a question to the ledger, first column.
    [[nodiscard]] QStringList ask(const QString& question) const
    {
        QStringList answers;
        {
            QSqlDatabase database =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("bench"));
            database.setDatabaseName(ledger());
            if (QFile::exists(ledger()) && database.open()) {
                QSqlQuery rows(database);
                if (!rows.exec(question))
                    qWarning("cannot ask: %s", qPrintable(question));
                while (rows.next())
                    answers.append(rows.value(0).toString());
            }
        }
        QSqlDatabase::removeDatabase(QStringLiteral("bench"));
        return answers;
    }
    [[nodiscard]] QStringList states() const
    {
        return ask(QStringLiteral("SELECT state FROM jobs ORDER BY id"));
    }

    // All that the runs have printed so far.
    [[nodiscard]] const QByteArray& printed() const { return m_printed; }

private:
    [[nodiscard]] std::unique_ptr<QProcess> prepare(const QByteArray& key) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name :
            {"HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_PICTURES_DIR"}) {
            const QString variable = QString::fromLatin1(name);
            environment.insert(variable, path(variable));
        }
        for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
            environment.remove(QString::fromLatin1(name));
        environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("disabled:"));
        environment.insert(QStringLiteral("SEGMIND_API_KEY"), QString::fromUtf8(key));
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(environment);
        return process;
    }

    [[nodiscard]] Run end(QProcess& process)
    {
        Run run;
        if (!process.waitForFinished(60000) || process.exitStatus() != QProcess::NormalExit)
            return run;
        run.exitCode = process.exitCode();
        run.out = process.readAllStandardOutput();
        run.said = QString::fromUtf8(process.readAllStandardError());
        m_printed += run.out + run.said.toUtf8();
        return run;
    }

    QTemporaryDir m_folder;
    QByteArray m_printed;
};

} // namespace seedbook::test
