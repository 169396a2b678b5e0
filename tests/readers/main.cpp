// Writes records into pictures for the readers' test (readers.py): one JSON object a line on stdin
// says what, one on stdout how it went.
#include "metadata/A1111Text.h"
#include "metadata/PictureMetadata.h"
#include "metadata/Record.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <iostream>
#include <string>

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

QByteArray contents(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    return file.readAll();
}

void put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", qPrintable(path));
}

QJsonObject embed(const QJsonObject& order)
{
    const QByteArray bytes = contents(order.value("in"_L1).toString());
    const auto before = readPictureMetadata(bytes, {});
    if (!before)
        return {{u"error"_s, before.error().detail}};
    Picture picture;
    picture.id = QUuid::createUuidV5(QUuid(), order.value("out"_L1).toString());
    picture.modelId = u"qwen-image"_s;
    picture.prompt = order.value("prompt"_L1).toString();
    picture.parameters = {{u"prompt"_s, picture.prompt},
        {u"negative_prompt"_s, order.value("negative"_L1)}, {u"steps"_s, 30}, {u"guidance"_s, 3.5},
        {u"seed"_s, 1827364}, {u"aspect_ratio"_s, u"16:9"_s}};
    picture.seed = Seed::fromNumber(1827364);
    picture.size = before->texts.size;
    picture.created = QDateTime({2026, 11, 23}, {11, 40}, Qt::UTC);
    picture.price = Money::fromUsd(0.121);
    picture.endpoint = u"https://api.segmind.com"_s;
    picture.rating = order.value("rating"_L1).toInt();
    for (const QJsonValue tag : order.value("tags"_L1).toArray())
        picture.tags.append(tag.toString());
    const EmbeddedPicture made = embedRecord(bytes, picture, u"Qwen-Image"_s);
    put(order.value("out"_L1).toString(), made.file);
    const auto after = readPictureMetadata(made.file, made.sidecar);
    const auto clean = withoutMetadata(made.file);
    if (clean)
        put(order.value("clean"_L1).toString(), *clean);
    return {{u"sidecar"_s, !made.sidecar.isEmpty()}, {u"record"_s, after->texts.xmp.ownRecord},
        {u"sameKey"_s, after && after->codedKey == before->codedKey}, {u"clean"_s, bool(clean)},
        {u"text"_s, a1111Text(picture.prompt, order.value("negative"_L1).toString(),
                        picture.parameters, picture.size, u"Qwen-Image"_s, picture.created)}};
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationVersion(u"0.1.0"_s);
    std::string line;
    while (std::getline(std::cin, line)) {
        const auto order = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
        const QByteArray answer = QJsonDocument(embed(order)).toJson(QJsonDocument::Compact) + '\n';
        std::fwrite(answer.constData(), 1, static_cast<std::size_t>(answer.size()), stdout);
    }
    return 0;
}
