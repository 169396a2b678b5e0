#include "app/Inspect.h"

#include "app/CommandOptions.h"
#include "app/Printing.h"
#include "app/Translations.h"
#include "core/ErrorText.h"
#include "core/Words.h"
#include "library/PictureEntry.h"
#include "metadata/BoundedJson.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

QString plain(const QJsonValue& value)
{
    if (value.isArray()) {
        QStringList parts;
        for (const QJsonValue part : value.toArray())
            parts.append(plain(part));
        return parts.join(u", "_s);
    }
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    if (value.isBool())
        return value.toBool() ? Words::tr("yes") : Words::tr("no");
    return value.toVariant().toString();
}

QSize sizeOf(const PictureMetadata& metadata)
{
    return metadata.texts.size.isEmpty() && metadata.record ? metadata.record->size
                                                            : metadata.texts.size;
}

QString sizeText(QSize size)
{
    return u"%1 × %2"_s.arg(size.width()).arg(size.height());
}

// What our own record has at its top level, but for the parameters and how it is laid out.
QJsonObject ownFields(const PictureMetadata& metadata)
{
    if (!metadata.own)
        return {};
    QJsonObject own = readBoundedJson(metadata.texts.xmp.ownRecord).value_or(QJsonObject());
    for (const QLatin1StringView name : {"parameters"_L1, "schema"_L1, "model"_L1, "prompt"_L1,
             "seed"_L1, "sequence"_L1, "rating"_L1, "tags"_L1})
        own.remove(name);
    return own;
}

QString whyNot(const Error& error, const QString& path)
{
    if (error.kind == ErrorKind::PictureUndecodable)
        return Words::tr("%1 is not a readable image. %2 Use an intact PNG, JPEG or WebP file.")
            .arg(path, error.detail);
    // A picture that is missing from the library is another matter than a mistyped name.
    if (error.kind == ErrorKind::PictureMissing)
        return sentence(
            Error{ErrorKind::FileUnreadable, path, Words::tr("The file does not exist.")});
    return sentence(error);
}

class Lines
{
public:
    void add(const QString& label, const QString& text)
    {
        if (text.isEmpty())
            return;
        QString indented = QString(text).replace(u"\r\n"_s, u"\n"_s);
        m_lines.append(
            QString(label).replace(u'\n', u' ') + u": "_s + indented.replace(u'\n', u"\n  "_s));
    }
    [[nodiscard]] QString text() const { return m_lines.join(u'\n'); }

private:
    QStringList m_lines;
};

// What only our own record tells.
void addOwn(Lines& lines, const PictureMetadata& metadata)
{
    const Picture picture = toPicture(metadata, {}, 0, {});
    lines.add(Words::tr("Created"),
        QLocale().toString(picture.created.toLocalTime(), QLocale::LongFormat));
    if (picture.duration.count() > 0)
        lines.add(Words::tr("Time"),
            Words::tr("%1 s").arg(double(picture.duration.count()) / 1000, 0, 'f', 1));
    lines.add(Words::tr("Price"), picture.practice         ? Words::tr("free (practice image)")
                                  : picture.priceConfirmed ? picture.price.text()
                                                           : estimated(picture.price.text()));
    lines.add(Words::tr("Endpoint"), picture.endpoint);
    lines.add(Words::tr("Request ID"), picture.serviceRequestId);
    lines.add(Words::tr("ID"), picture.recordId.toString(QUuid::WithoutBraces));
    if (hasOtherSeed(picture))
        lines.add(Words::tr("Reported seed"), picture.reportedSeed->text());
    QStringList parents;
    for (const QUuid& parent : picture.provenance.parents)
        parents.append(parent.toString(QUuid::WithoutBraces));
    lines.add(Words::tr("Parents"), parents.join(u", "_s));
}

} // namespace

QJsonObject Inspect::json(const PictureMetadata& metadata)
{
    const FoundRecord record = metadata.record.value_or(FoundRecord{});
    QJsonObject object = ownFields(metadata);
    for (auto it = record.values.begin(); it != record.values.end(); ++it)
        object.insert(it.key(), *it);
    const auto orNull = [](bool there, const QJsonValue& value) {
        return there ? value : QJsonValue();
    };
    const QSize size = sizeOf(metadata);
    object.insert(u"source"_s, orNull(!record.source.isEmpty(), record.source));
    object.insert(u"model"_s, orNull(!record.model.isEmpty(), record.model));
    object.insert(u"width"_s, orNull(!size.isEmpty(), size.width()));
    object.insert(u"height"_s, orNull(!size.isEmpty(), size.height()));
    object.insert(u"rating"_s, metadata.rating);
    object.insert(u"tags"_s, QJsonArray::fromStringList(metadata.tags));
    if (!record.readable)
        object.insert(u"readable"_s, false);
    return object;
}

QString Inspect::text(const PictureMetadata& metadata, const ModelCatalog& models)
{
    const FoundRecord& record = *metadata.record;
    Lines lines;
    lines.add(Words::tr("Source"), record.source);
    if (!record.readable)
        lines.add(Words::tr("Note"), Words::tr("This file contains a %1 workflow that Seedbook "
                                               "cannot read. Open it in %1 to see its parameters.")
                                         .arg(record.source));
    lines.add(Words::tr("Model"), record.model);
    const QSize size = sizeOf(metadata);
    if (!size.isEmpty())
        lines.add(Words::tr("Size"),
            record.size.isEmpty() || record.size == size
                ? sizeText(size)
                : Words::tr("%1 (metadata says %2)").arg(sizeText(size), sizeText(record.size)));
    QJsonObject rest = record.values;
    const ModelPtr found = models.find(record.model);
    if (const ModelPtr model = found ? found : models.standard()) {
        for (const Parameter& parameter : model->parameters())
            lines.add(Words::ofModel(parameter.title), plain(rest.take(parameter.name)));
    }
    for (auto it = rest.begin(); it != rest.end(); ++it)
        lines.add(it.key(), plain(*it));
    if (metadata.rating != 0)
        lines.add(Words::tr("Rating"),
            metadata.rating < 0 ? Words::tr("rejected") : QString::number(metadata.rating));
    lines.add(Words::tr("Tags"), metadata.tags.join(u", "_s));
    if (metadata.own)
        addOwn(lines, metadata);
    return lines.text();
}

int Inspect::run(const InspectOptions& options, const ModelCatalog& models)
{
    const QString path = QDir::toNativeSeparators(options.path);
    const auto metadata = readPictureMetadata(options.path);
    if (!metadata) {
        printLine(stderr, whyNot(metadata.error(), path));
        return NothingFound;
    }
    const auto asFiled = isPictureAsFiled(options.path);
    if (options.json) {
        QJsonObject object = json(*metadata);
        if (asFiled)
            object.insert(u"asFiled"_s, *asFiled);
        printLine(stdout, jsonLine(object));
    }
    if (!metadata->record) {
        printLine(stderr, Words::tr("%1 contains no generation parameters. Apps and websites often "
                                    "remove them; inspect the original file if you have it.")
                              .arg(path));
        return NothingFound;
    }
    if (!options.json) {
        printText(stdout, text(*metadata, models));
        if (asFiled)
            printLine(stdout, *asFiled
                                  ? Words::tr("The image data is unchanged since it was saved.")
                                  : Words::tr("The image data has changed since it was saved; "
                                              "another app has re-encoded it."));
    }
    return RecordFound;
}

Parsed<InspectOptions> readInspect(const QStringList& arguments, const ModelCatalog& /*models*/)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Words::tr(
        "Prints the generation parameters stored in an image file by Seedbook or other apps."));
    parser.addPositionalArgument(u"FILE"_s, Words::tr("A PNG, JPEG or WebP file."));
    parser.addOption({u"json"_s, Words::tr("Print one JSON object.")});
    addHelpOption(parser);
    if (auto reply = parse(parser, arguments))
        return *std::move(reply);
    const QStringList files = parser.positionalArguments();
    if (files.size() != 1 || files.first().isEmpty())
        return wrongUsage(Words::tr("“seedbook inspect” needs exactly one file."));
    return InspectOptions{files.first(), parser.isSet(u"json"_s)};
}

int runInspect(Program& program, const InspectOptions& options)
{
    QCoreApplication application(program.argc, program.argv);
    installTranslations(application);
    return Inspect::run(options, program.models);
}

} // namespace seedbook
