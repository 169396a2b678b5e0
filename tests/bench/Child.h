#pragma once

#include "bench/Measure.h"

#include <QHash>
#include <QList>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QTemporaryDir>

#include <chrono>

namespace seedbook::bench {

using Figures = QHash<QString, QList<double>>;

// Everything of this environment that keeps a program of ours to itself: its folders below
// `folder`, and no keychain.
[[nodiscard]] QProcessEnvironment ownEnvironment(const QString& folder);

// One of the processes of Children.h, on folders of its own.
class Child final
{
public:
    explicit Child(const QString& name);
    // On folders that stay.
    Child(
        const QString& name, const QStringList& arguments, const QProcessEnvironment& environment);

    // What it told. That it fails ends all.
    [[nodiscard]] Figures finish(std::chrono::milliseconds within = std::chrono::minutes(2));
    [[nodiscard]] double started() const { return m_started; }

private:
    void start(const QStringList& arguments, const QProcessEnvironment& environment);

    QTemporaryDir m_folder;
    QProcess m_process;
    double m_started = 0;
};

} // namespace seedbook::bench
