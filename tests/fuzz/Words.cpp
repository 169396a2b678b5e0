// The words of an error, from its body to what a person sees, a terminal prints and a file keeps.
#include "Demand.h"
#include "core/Text.h"
#include "service/RequestPolicy.h"
#include "service/ServiceMessage.h"
#include "service/StatusTable.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cstdint>

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

const QByteArray key = "SG_0123456789abcdef";

bool hasKey(const QString& text)
{
    return text.contains(QLatin1StringView(key), Qt::CaseInsensitive);
}

bool hasSteering(const QString& text)
{
    for (const QChar c : text) {
        if (c.category() == QChar::Other_Control && c != u'\n' && c != u'\t')
            return true;
    }
    return text.contains(u'\u202e') || text.contains(u'\u2066');
}

} // namespace

// Its forms are made out once, as by the first call.
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/)
{
    rememberSecret(QString::fromLatin1(key));
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 1)
        return 0;
    const QByteArray bytes(
        reinterpret_cast<const char*>(data + 1), static_cast<qsizetype>(size - 1));
    const QString message = serviceMessage(bytes);
    demand(!hasSteering(message) && !message.contains(u'\n'));
    (void)kindOfStatus(406, message);

    const QString shown = presentable(message, ApiKey(key));
    demand(shown.size() <= 500 && !hasKey(shown));

    const QString text = QString::fromUtf8(bytes);
    demand(!hasKey(redacted(text, QString::fromLatin1(key))));
    demand(!withoutSecret(bytes, key).contains(key));

    demand(!hasSteering(printable(text)));
    const QString line = printableLine(text);
    demand(!hasSteering(line) && !line.contains(u'\n'));
    // What is printed as JSON reads back as it was.
    const QByteArray json = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    const QString escaped = escapedJson(QString::fromUtf8(json));
    demand(!hasSteering(escaped));
    demand(QJsonDocument::fromJson(escaped.toUtf8()) == QJsonDocument::fromJson(json));

    const QString cut = elided(text, data[0] + 1);
    demand(cut.size() <= data[0] + 1);
    (void)findUnsendable(text);
    return 0;
}
