#include "metadata/Xmp.h"

#include <QHash>
#include <QMutex>
#include <QXmlStreamReader>

#include <algorithm>
#include <exiv2/exiv2.hpp>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Far beyond any real packet. The toolkit takes time by the square of the last three.
constexpr int deepestElement = 48; // elements within elements
constexpr int mostElements = 8000;
constexpr int mostNamespaces = 128;
constexpr qsizetype mostAttributes = 512; // of one element
constexpr auto ownNamespace = "https://seedbook.org/ns/1.0/";
constexpr auto ownPrefix = "seedbook";
constexpr auto aiMade = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

// Exiv2's parser stands on global state: one at a time. Every packet that is read adds its
// namespaces to that state, and one that calls its own by a name of others would take it from them,
// in all that is read and written later; so each begins with a clean table.
class Toolkit final
{
public:
    Toolkit()
        : m_lock(&mutex())
    {
        static const bool ready = [] {
            Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
            return Exiv2::XmpParser::initialize();
        }();
        Q_UNUSED(ready)
        Exiv2::XmpProperties::unregisterNs();
        Exiv2::XmpProperties::registerNs(ownNamespace, ownPrefix);
    }

private:
    static QMutex& mutex()
    {
        static QMutex mutex;
        return mutex;
    }

    QMutexLocker<QMutex> m_lock;
};

// The names by which properties are set and found here. A packet that means something else by one
// of them is not understood.
bool isUsurper(const QXmlStreamNamespaceDeclaration& declaration)
{
    static const QHash<QString, QString> meanings{
        {u"xmp"_s, u"http://ns.adobe.com/xap/1.0/"_s},
        {u"dc"_s, u"http://purl.org/dc/elements/1.1/"_s},
        {u"exif"_s, u"http://ns.adobe.com/exif/1.0/"_s},
        {u"iptcExt"_s, u"http://iptc.org/std/Iptc4xmpExt/2008-02-29/"_s},
        {QLatin1StringView(ownPrefix), QLatin1StringView(ownNamespace)},
    };
    const auto meant = meanings.constFind(declaration.prefix().toString());
    return meant != meanings.cend() && *meant != declaration.namespaceUri();
}

// The toolkit recurses as deep as the packet goes and would believe entities.
bool isHarmless(const QByteArray& packet)
{
    if (packet.size() > largestXmp)
        return false;
    QXmlStreamReader reader(packet);
    int depth = 0;
    int elements = 0;
    qsizetype namespaces = 0;
    while (!reader.atEnd()) {
        switch (reader.readNext()) {
        case QXmlStreamReader::StartElement:
            namespaces += reader.namespaceDeclarations().size();
            if (++depth > deepestElement || ++elements > mostElements ||
                namespaces > mostNamespaces || reader.attributes().size() > mostAttributes ||
                std::ranges::any_of(reader.namespaceDeclarations(), isUsurper))
                return false;
            break;
        case QXmlStreamReader::EndElement:
            --depth;
            break;
        case QXmlStreamReader::DTD:
        case QXmlStreamReader::EntityReference:
            return false;
        default:
            break;
        }
    }
    return !reader.hasError();
}

// Under the mutex.
std::optional<Exiv2::XmpData> decoded(const QByteArray& packet)
{
    Exiv2::XmpData data;
    if (packet.isEmpty())
        return data;
    if (Exiv2::XmpParser::decode(data, packet.toStdString()) != 0)
        return std::nullopt;
    return data;
}

QString text(const Exiv2::XmpData& data, const char* key)
{
    const auto found = data.findKey(Exiv2::XmpKey(key));
    if (found == data.end() || found->count() == 0)
        return {};
    // An alternative text prints its language first.
    if (const auto* alternatives = dynamic_cast<const Exiv2::LangAltValue*>(&found->value()))
        return QString::fromStdString(
            alternatives->value_.empty() ? std::string() : alternatives->toString(0));
    return QString::fromStdString(found->toString());
}

// Some name the language even where there is one only: lang="x-default" …
QString withoutLanguage(const QString& text)
{
    if (!text.startsWith(u"lang=\""_s))
        return text;
    const qsizetype end = text.indexOf(u"\" "_s);
    return end < 0 ? text : text.sliced(end + 2);
}

XmpTexts textsOf(const Exiv2::XmpData& data)
{
    XmpTexts texts;
    texts.creatorTool = text(data, "Xmp.xmp.CreatorTool");
    texts.createDate = text(data, "Xmp.xmp.CreateDate");
    texts.userComment = withoutLanguage(text(data, "Xmp.exif.UserComment"));
    texts.description = withoutLanguage(text(data, "Xmp.dc.description"));
    texts.ownRecord = text(data, "Xmp.seedbook.GenerationParameters");
    bool isNumber = false;
    // Some write 5.0.
    const double rating = text(data, "Xmp.xmp.Rating").toDouble(&isNumber);
    if (isNumber && rating >= -1 && rating <= 5)
        texts.rating = static_cast<int>(rating);
    const auto subject = data.findKey(Exiv2::XmpKey("Xmp.dc.subject"));
    if (subject != data.end()) {
        for (long i = 0; i < subject->count(); ++i)
            texts.tags.append(QString::fromStdString(subject->toString(i)));
    }
    return texts;
}

// XML has no place for most control characters and for two that are none; the toolkit has none for
// U+007F.
QString allowed(QString text)
{
    text.removeIf([](QChar c) {
        return (c.unicode() < 0x20 && c != u'\n' && c != u'\t') || c.unicode() == 0x7F ||
               c.unicode() >= 0xFFFE;
    });
    // What reads it takes such a text apart, and then none of the packet is read.
    if (text.startsWith("type="_L1))
        text.prepend(u' ');
    return text;
}

void set(Exiv2::XmpData& data, const char* key, const QString& text)
{
    if (text.isNull())
        return;
    // As it stands: assigning a string reads it, and takes a text that begins with "type=" apart.
    Exiv2::XmpTextValue value;
    value.value_ = text.toStdString();
    const Exiv2::XmpKey name(key);
    if (const auto old = data.findKey(name); old != data.end())
        data.erase(old);
    data.add(name, &value);
}

void apply(Exiv2::XmpData& data, const XmpChanges& changes)
{
    set(data, "Xmp.xmp.CreatorTool", changes.creatorTool);
    set(data, "Xmp.xmp.CreateDate", changes.createDate);
    set(data, "Xmp.iptcExt.AISystemUsed", changes.aiSystem);
    set(data, "Xmp.iptcExt.AIPromptInformation",
        changes.aiPrompt.isNull() ? QString() : allowed(changes.aiPrompt));
    set(data, "Xmp.seedbook.GenerationParameters", changes.ownRecord);
    if (changes.isAiMade)
        set(data, "Xmp.iptcExt.DigitalSourceType", QLatin1StringView(aiMade));
    if (changes.rating)
        set(data, "Xmp.xmp.Rating", QString::number(*changes.rating));
    if (changes.tags) {
        const auto old = data.findKey(Exiv2::XmpKey("Xmp.dc.subject"));
        if (old != data.end())
            data.erase(old);
        if (!changes.tags->isEmpty()) {
            Exiv2::XmpArrayValue bag(Exiv2::xmpBag);
            for (const QString& tag : *changes.tags)
                bag.read(allowed(tag).toStdString());
            data.add(Exiv2::XmpKey("Xmp.dc.subject"), &bag);
        }
    }
}

bool cameBack(const XmpTexts& texts, const XmpChanges& changes)
{
    return (changes.ownRecord.isNull() || texts.ownRecord == changes.ownRecord) &&
           (!changes.rating || texts.rating == changes.rating) &&
           (!changes.tags || texts.tags.size() == changes.tags->size());
}

} // namespace

std::optional<XmpTexts> readXmp(const QByteArray& packet)
{
    if (!isHarmless(packet))
        return std::nullopt;
    const Toolkit toolkit;
    try {
        const auto data = decoded(packet);
        if (!data)
            return std::nullopt;
        return textsOf(*data);
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

std::optional<QByteArray> changedXmp(const QByteArray& packet, const XmpChanges& changes)
{
    if (!packet.isEmpty() && !isHarmless(packet))
        return std::nullopt;
    const Toolkit toolkit;
    try {
        auto data = decoded(packet);
        if (!data)
            return std::nullopt;
        apply(*data, changes);
        std::string made;
        if (Exiv2::XmpParser::encode(made, *data, Exiv2::XmpParser::useCompactFormat) != 0)
            return std::nullopt;
        const QByteArray bytes = QByteArray::fromStdString(made);
        const auto again = decoded(bytes);
        if (!again || !cameBack(textsOf(*again), changes))
            return std::nullopt;
        return bytes;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

} // namespace seedbook
