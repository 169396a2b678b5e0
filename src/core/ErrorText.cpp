#include "core/ErrorText.h"

#include "core/Words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// The words of one kind: `what` without a full stop, `why` and `todo` whole sentences with one, so
// that the three stand after each other in any language. %1 is the subject (a field, file, folder,
// host), %2 the HTTP status. Empty: not said.
struct Entry
{
    ErrorKind kind;
    const char* what;
    const char* why;
    const char* todo;
};

constexpr const char* notCharged = QT_TRANSLATE_NOOP("seedbook::Words", "Nothing was charged.");
constexpr const char* tryAgain =
    QT_TRANSLATE_NOOP("seedbook::Words", "Nothing was charged. Try again later.");
constexpr const char* charged = QT_TRANSLATE_NOOP("seedbook::Words",
    "The service charges for this. Whatever arrived was saved. "
    "Check your balance before you send it again.");
constexpr const char* unknown = QT_TRANSLATE_NOOP(
    "seedbook::Words", "You may have been charged. Check your balance before you send it again.");

constexpr Entry entries[] = {
    {ErrorKind::BadRequest,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service rejected the request (400)"),
        QT_TRANSLATE_NOOP("seedbook::Words", "A parameter is invalid."),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "Nothing was charged. Correct the parameter and send it again.")},
    {ErrorKind::WrongKey,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service rejected the API key (401)"),
        QT_TRANSLATE_NOOP("seedbook::Words", "The key is missing, mistyped or revoked."),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "Nothing was charged. Enter the key again under Settings > API key and test it.")},
    {ErrorKind::Forbidden,
        QT_TRANSLATE_NOOP("seedbook::Words", "The API key cannot use this model (403)"),
        QT_TRANSLATE_NOOP("seedbook::Words", "It lacks the permission."),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "Nothing was charged. Check the key's permissions in your Segmind account.")},
    {ErrorKind::NotFound,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service does not know this model (404)"),
        QT_TRANSLATE_NOOP("seedbook::Words", "The model or the endpoint does not exist."),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "Nothing was charged. If you set your own endpoint, check it.")},
    {ErrorKind::MethodNotAllowed,
        QT_TRANSLATE_NOOP("seedbook::Words", "The endpoint does not accept requests (405)"),
        QT_TRANSLATE_NOOP("seedbook::Words", "Something other than the image service answered."),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "Nothing was charged. If you set your own endpoint, check it.")},
    {ErrorKind::InsufficientCredits,
        QT_TRANSLATE_NOOP("seedbook::Words", "Not enough credits (%2)"),
        QT_TRANSLATE_NOOP("seedbook::Words", "Your Segmind balance does not cover this image."),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "Nothing was charged. Add credits in your Segmind account, then try again.")},
    {ErrorKind::ContentTypeRejected,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service rejected the request format (406)"),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "The Content-Type was wrong or missing. A proxy may have changed "
            "the request; your credits are not the cause."),
        QT_TRANSLATE_NOOP("seedbook::Words", "Nothing was charged. Try again without the proxy.")},
    {ErrorKind::ParameterRejected,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service rejected a value (406)"),
        QT_TRANSLATE_NOOP("seedbook::Words", "A parameter is invalid."),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "Nothing was charged. Correct the parameter and send it again.")},
    {ErrorKind::SpendLimit,
        QT_TRANSLATE_NOOP("seedbook::Words", "Your team's spending limit is reached (%2)"),
        QT_TRANSLATE_NOOP("seedbook::Words", "The limit is set in your Segmind account."),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "Nothing was charged. Ask your team's account owner to raise it.")},
    {ErrorKind::NotAcceptable,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service refused the request (406)"),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "You are probably out of credits, or a value is invalid."),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "Nothing was charged. Check your balance and the service's message.")},
    {ErrorKind::ModelRetired,
        QT_TRANSLATE_NOOP("seedbook::Words", "This model has been retired (410)"),
        QT_TRANSLATE_NOOP("seedbook::Words", "The service no longer offers it."),
        QT_TRANSLATE_NOOP("seedbook::Words", "Nothing was charged. Choose another model.")},
    {ErrorKind::ValidationFailed,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service could not process the request (422)"),
        QT_TRANSLATE_NOOP("seedbook::Words", "A value is invalid."),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "Nothing was charged. Correct the parameter and send it again.")},
    {ErrorKind::RateLimited,
        QT_TRANSLATE_NOOP("seedbook::Words", "Too many requests at once (429)"),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "The service limits how often your account can send requests."),
        tryAgain},
    {ErrorKind::ServerError,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service reported an error (500)"),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "Something failed on its side, often because of a parameter."),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "Nothing was charged. Try again, or change a parameter first.")},
    {ErrorKind::BadGateway,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service is unreachable right now (502)"),
        QT_TRANSLATE_NOOP("seedbook::Words", "Its gateway got no answer from the model."),
        tryAgain},
    {ErrorKind::ServiceUnavailable,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service is unavailable right now (503)"),
        QT_TRANSLATE_NOOP("seedbook::Words", "It is overloaded or under maintenance."), tryAgain},
    {ErrorKind::GatewayTimeout,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service took too long (504)"),
        QT_TRANSLATE_NOOP("seedbook::Words", "It gave up on the request."), tryAgain},
    {ErrorKind::Redirected,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service redirected the request"),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "It pointed to “%1”. Seedbook sends your key only to the endpoint you set."),
        QT_TRANSLATE_NOOP("seedbook::Words", "Nothing was charged. If the service has moved, "
                                             "change the endpoint under Settings > Service.")},
    {ErrorKind::UnexpectedStatus,
        QT_TRANSLATE_NOOP("seedbook::Words", "Unexpected answer from the service (%2)"),
        QT_TRANSLATE_NOOP("seedbook::Words", "This status is not documented."), tryAgain},
    {ErrorKind::JobFailed,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service could not generate the image"),
        QT_TRANSLATE_NOOP("seedbook::Words", "It accepted the request, then reported a failure."),
        tryAgain},
    {ErrorKind::ErrorInAnswer,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service returned an error instead of an image"),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "It reported success, but the answer contains an error."),
        charged},
    {ErrorKind::UnreadableAnswer,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service did not return an image"),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "It reported success, but the answer cannot be read as an image."),
        charged},
    {ErrorKind::TornAnswer, QT_TRANSLATE_NOOP("seedbook::Words", "The image is incomplete"),
        QT_TRANSLATE_NOOP("seedbook::Words", "The connection was lost during the download."),
        charged},
    {ErrorKind::AnswerTooLarge,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service's answer is too large"),
        QT_TRANSLATE_NOOP("seedbook::Words", "It is larger than any image from this model can be."),
        charged},
    {ErrorKind::PictureFetchFailed,
        QT_TRANSLATE_NOOP("seedbook::Words", "The image could not be downloaded"),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "The service generated it, but the download from %1 failed."),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "You have been charged. The answer with the address is saved; "
            "download the image from there before it expires.")},
    {ErrorKind::HostNotFound,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service could not be found"),
        QT_TRANSLATE_NOOP("seedbook::Words", "“%1” could not be looked up. You may be offline."),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "Nothing was sent or charged. Check your connection and try again.")},
    {ErrorKind::ConnectionRefused,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service refused the connection"),
        QT_TRANSLATE_NOOP("seedbook::Words", "“%1” is not accepting connections."),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "Nothing was sent or charged. Check your connection and try again.")},
    {ErrorKind::ProxyFailed, QT_TRANSLATE_NOOP("seedbook::Words", "The proxy connection failed"),
        QT_TRANSLATE_NOOP("seedbook::Words", "The request did not get past the proxy."),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "Nothing was sent or charged. Check the proxy under Settings > Network.")},
    {ErrorKind::TlsFailed, QT_TRANSLATE_NOOP("seedbook::Words", "The connection is not secure"),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "“%1” could not prove its identity, so your key was not sent."),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "Nothing was sent or charged. Check this computer's clock and network.")},
    {ErrorKind::NetworkUnreachable,
        QT_TRANSLATE_NOOP("seedbook::Words", "The service could not be reached"),
        QT_TRANSLATE_NOOP("seedbook::Words", "There is no network connection to “%1”."),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "Nothing was sent or charged. Check your connection and try again.")},
    {ErrorKind::InsecureEndpoint,
        QT_TRANSLATE_NOOP("seedbook::Words", "The endpoint is not secure"),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "Without https, others on the network could read your key on its "
            "way to “%1”. Plain http is allowed for this computer only."),
        QT_TRANSLATE_NOOP("seedbook::Words", "Use an address that starts with https.")},
    {ErrorKind::BadEndpoint, QT_TRANSLATE_NOOP("seedbook::Words", "“%1” is not a valid endpoint"),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "An endpoint is https, a host and, if needed, a port and a path."),
        QT_TRANSLATE_NOOP("seedbook::Words", "For example: https://api.segmind.com")},
    {ErrorKind::UnusableKey, QT_TRANSLATE_NOOP("seedbook::Words", "The API key is invalid"),
        QT_TRANSLATE_NOOP("seedbook::Words", "It contains a character that keys never have."),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "Nothing was sent or charged. Enter the key again under Settings > API key.")},
    {ErrorKind::MissingKey, QT_TRANSLATE_NOOP("seedbook::Words", "No API key"),
        QT_TRANSLATE_NOOP("seedbook::Words", "The service needs one to generate images."),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "Enter one under Settings > API key, or set SEGMIND_API_KEY. For an endpoint of your "
            "own, SEGMIND_API_KEY counts only together with --endpoint.")},
    {ErrorKind::NoSuchService,
        QT_TRANSLATE_NOOP("seedbook::Words", "This request belongs to another service"),
        QT_TRANSLATE_NOOP("seedbook::Words", "It was made for “%1” and can only be sent there."),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "Start Seedbook with that endpoint, or use the parameters for a new request.")},
    {ErrorKind::ConnectionLost,
        QT_TRANSLATE_NOOP("seedbook::Words", "Connection lost, outcome unknown"),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "The request was sent, but the connection was lost before the answer."),
        unknown},
    {ErrorKind::InterimAnswer,
        QT_TRANSLATE_NOOP("seedbook::Words", "Preliminary answer (103), outcome unknown"),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "The image may have followed it, but this version of Qt ends a request there."),
        unknown},
    {ErrorKind::TimedOut, QT_TRANSLATE_NOOP("seedbook::Words", "Timed out, outcome unknown"),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "The request was sent, but the service did not answer in time."),
        unknown},
    {ErrorKind::ProgramEnded,
        QT_TRANSLATE_NOOP("seedbook::Words", "Seedbook was closed, outcome unknown"),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "The request was running when Seedbook closed. It was not sent again."),
        unknown},
    {ErrorKind::Stopped,
        QT_TRANSLATE_NOOP("seedbook::Words", "You stopped waiting, outcome unknown"),
        QT_TRANSLATE_NOOP("seedbook::Words", "The request had been sent and cannot be recalled."),
        unknown},
    {ErrorKind::ResultGone, QT_TRANSLATE_NOOP("seedbook::Words", "Result gone, outcome unknown"),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "The service accepted the request but no longer has its result."),
        unknown},
    {ErrorKind::EmptyPrompt, QT_TRANSLATE_NOOP("seedbook::Words", "The prompt is empty"), "",
        QT_TRANSLATE_NOOP("seedbook::Words", "Describe the image you want.")},
    {ErrorKind::InvalidText,
        QT_TRANSLATE_NOOP("seedbook::Words", "“%1” contains an invalid character"), "",
        QT_TRANSLATE_NOOP("seedbook::Words", "Remove the character.")},
    {ErrorKind::TextTooLong, QT_TRANSLATE_NOOP("seedbook::Words", "“%1” is too long"), "",
        QT_TRANSLATE_NOOP("seedbook::Words", "Shorten it.")},
    {ErrorKind::InvalidValue, QT_TRANSLATE_NOOP("seedbook::Words", "“%1” is not valid"), "", ""},
    {ErrorKind::UnknownParameter,
        QT_TRANSLATE_NOOP("seedbook::Words", "The model has no parameter “%1”"), "", ""},
    {ErrorKind::UnknownModel, QT_TRANSLATE_NOOP("seedbook::Words", "Model “%1” not found"),
        QT_TRANSLATE_NOOP("seedbook::Words", "Its model file is not in the models folder."),
        QT_TRANSLATE_NOOP("seedbook::Words", "Put the file back and restart Seedbook.")},
    {ErrorKind::TargetChanged, QT_TRANSLATE_NOOP("seedbook::Words", "Nothing was sent"),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "Where requests go, or what they cost, changed while Seedbook was checking."),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "Nothing was sent or charged. Check the price and generate again.")},
    {ErrorKind::ModelFileInvalid,
        QT_TRANSLATE_NOOP("seedbook::Words", "The model file %1 cannot be used"), "",
        QT_TRANSLATE_NOOP("seedbook::Words", "Fix or remove the file, then restart Seedbook.")},
    {ErrorKind::FileUnreadable, QT_TRANSLATE_NOOP("seedbook::Words", "Could not read %1"), "",
        QT_TRANSLATE_NOOP("seedbook::Words", "Check that the file exists and is readable.")},
    {ErrorKind::FolderNotWritable,
        QT_TRANSLATE_NOOP("seedbook::Words", "Could not write to the folder %1"), "",
        QT_TRANSLATE_NOOP("seedbook::Words",
            "Make the folder writable, or choose another under Settings > Library.")},
    {ErrorKind::DiskFull, QT_TRANSLATE_NOOP("seedbook::Words", "The disk is full"),
        QT_TRANSLATE_NOOP("seedbook::Words", "There is no space left for %1."),
        QT_TRANSLATE_NOOP("seedbook::Words", "Free some space, then try again.")},
    {ErrorKind::DiskError, QT_TRANSLATE_NOOP("seedbook::Words", "Could not write %1"), "",
        QT_TRANSLATE_NOOP("seedbook::Words", "Check the disk, then try again.")},
    {ErrorKind::DatabaseError, QT_TRANSLATE_NOOP("seedbook::Words", "Could not use the file %1"),
        "",
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "Check that the disk has space and the file is writable.")},
    {ErrorKind::DatabaseTooNew,
        QT_TRANSLATE_NOOP("seedbook::Words", "%1 was written by a newer version of Seedbook"),
        QT_TRANSLATE_NOOP("seedbook::Words", "This version cannot read all of it."),
        QT_TRANSLATE_NOOP("seedbook::Words", "Use the newer version.")},
    {ErrorKind::DatabaseTooOld,
        QT_TRANSLATE_NOOP("seedbook::Words", "%1 was written by an older version of Seedbook"),
        QT_TRANSLATE_NOOP("seedbook::Words", "It has not been updated yet."),
        QT_TRANSLATE_NOOP("seedbook::Words", "Start Seedbook once to update it.")},
    {ErrorKind::LibraryGone, QT_TRANSLATE_NOOP("seedbook::Words", "The library %1 is not there"),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "Its disk may not be mounted, or the folder was moved or emptied."),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "Put it back, or choose another folder under Settings > Library.")},
    {ErrorKind::DatabaseGone, QT_TRANSLATE_NOOP("seedbook::Words", "The file %1 is gone"),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "It was removed or replaced while Seedbook was using it. Nothing is sent without it."),
        QT_TRANSLATE_NOOP("seedbook::Words", "Put it back, or close Seedbook and start it again.")},
    {ErrorKind::AlreadyRunning,
        QT_TRANSLATE_NOOP("seedbook::Words", "Seedbook is already running with this data folder"),
        QT_TRANSLATE_NOOP("seedbook::Words", "Only one instance at a time can use %1."),
        QT_TRANSLATE_NOOP("seedbook::Words", "Use the running one, or close it first.")},
    {ErrorKind::PictureUndecodable,
        QT_TRANSLATE_NOOP("seedbook::Words", "Could not show the image"), "",
        QT_TRANSLATE_NOOP("seedbook::Words", "The file is unchanged: %1")},
    {ErrorKind::PictureMissing, QT_TRANSLATE_NOOP("seedbook::Words", "The image file is missing"),
        QT_TRANSLATE_NOOP("seedbook::Words", "It was expected at %1."),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "Put it back, or generate it again from its parameters.")},
    {ErrorKind::NoTrash,
        QT_TRANSLATE_NOOP("seedbook::Words", "Could not move the image to the trash"),
        QT_TRANSLATE_NOOP(
            "seedbook::Words", "Its disk has no trash, or the trash is not writable."),
        QT_TRANSLATE_NOOP("seedbook::Words", "The file was not moved: %1")},
    {ErrorKind::KeychainUnavailable, QT_TRANSLATE_NOOP("seedbook::Words", "No keychain found"),
        QT_TRANSLATE_NOOP("seedbook::Words", "No Secret Service is running."),
        QT_TRANSLATE_NOOP("seedbook::Words",
            "Your key works until you close Seedbook. To save it, start a keyring (GNOME Keyring, "
            "KWallet, KeePassXC) or set SEGMIND_API_KEY.")},
    {ErrorKind::KeychainLocked, QT_TRANSLATE_NOOP("seedbook::Words", "The keychain is locked"), "",
        QT_TRANSLATE_NOOP("seedbook::Words", "Unlock it, then try again.")},
    {ErrorKind::KeychainRefused,
        QT_TRANSLATE_NOOP("seedbook::Words", "The keychain reported an error"), "",
        QT_TRANSLATE_NOOP("seedbook::Words", "Try again, or set SEGMIND_API_KEY. A key you entered "
                                             "works until you close Seedbook.")},
    {ErrorKind::CapReached, "%1", "",
        QT_TRANSLATE_NOOP("seedbook::Words", "Nothing was sent or charged. Generate fewer images, "
                                             "or raise the cap under Settings > Spending.")},
    {ErrorKind::Internal,
        QT_TRANSLATE_NOOP("seedbook::Words", "Seedbook ran into an internal error"), "",
        notCharged},
};

QString fill(const char* text, const Error& error)
{
    if (!*text)
        return {};
    // The subject is inserted by hand: it may itself hold %1.
    QString words = Words::tr(text);
    words.replace(u"%2"_s, QString::number(error.httpStatus));
    const qsizetype place = words.indexOf(u"%1"_s);
    const QString subject =
        error.parameter.isEmpty() ? error.subject : Words::ofModel(error.subject);
    return place < 0 ? words : words.replace(place, 2, subject);
}

bool endsSentence(const QString& text)
{
    static const QString marks = u".!?…。！？"_s;
    const qsizetype last = text.size() - (text.endsWith(u'”') ? 2 : 1);
    return last >= 0 && marks.contains(text.at(last));
}

} // namespace

ErrorText describe(const Error& error)
{
    const Entry* entry = &entries[std::size(entries) - 1];
    for (const Entry& candidate : entries) {
        if (candidate.kind == error.kind)
            entry = &candidate;
    }
    ErrorText words{fill(entry->what, error), fill(entry->why, error), fill(entry->todo, error)};
    if (!error.detail.isEmpty()) {
        // A status is the service speaking; anything else is this computer.
        const QString said = error.httpStatus > 0
                                 ? Words::tr("The service says: “%1”").arg(error.detail)
                                 : error.detail;
        words.why = words.why.isEmpty() ? said : words.why + u' ' + said;
    }
    return words;
}

QString sentence(const Error& error)
{
    return sentence(describe(error));
}

QString sentence(const ErrorText& words)
{
    QString line;
    for (const QString& part : {words.what, words.why, words.todo}) {
        if (part.isEmpty())
            continue;
        if (!line.isEmpty())
            line += endsSentence(line) ? u" "_s : u". "_s;
        line += part;
    }
    return line;
}

} // namespace seedbook
