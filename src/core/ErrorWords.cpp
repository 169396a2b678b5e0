#include "core/ErrorWords.h"

#include "core/Words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// The words of one kind. %1 stands for the subject (a field, file, folder, host). Empty: not said.
struct Entry
{
    ErrorKind kind;
    const char* what;
    const char* why;
    const char* todo;
};

constexpr const char* context = "seedbook::ErrorWords";
constexpr const char* notCharged =
    QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Nothing was charged.");
constexpr const char* tryAgain =
    QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Nothing was charged. Try again in a while.");
constexpr const char* charged = QT_TRANSLATE_NOOP("seedbook::ErrorWords",
    "The service charges for an answer like this. Whatever came of it is kept; look at your "
    "balance before you send it again.");
constexpr const char* unknown = QT_TRANSLATE_NOOP("seedbook::ErrorWords",
    "The picture may have been made and charged. Look at your balance before you send it again.");

constexpr Entry entries[] = {
    {ErrorKind::BadRequest,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service did not accept the request (400)"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "A parameter is not valid for it."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was charged. Change what the message names and send again.")},
    {ErrorKind::WrongKey,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The API key was not accepted (401)"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The key is missing, mistyped or withdrawn."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Nothing was charged. Enter the key again under "
                                                  "Settings, API key, and test it there.")},
    {ErrorKind::Forbidden,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The key may not use this model (403)"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Its permissions are not sufficient."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was charged. Look at the key's permissions in your Segmind account.")},
    {ErrorKind::NotFound,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service does not know this model (404)"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The model or the address is not there."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was charged. Check the endpoint, if you set one of your own.")},
    {ErrorKind::MethodNotAllowed,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The address does not take requests (405)"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Something else than the service answers there."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was charged. Check the endpoint, if you set one of your own.")},
    {ErrorKind::InsufficientCredits,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Not enough credits (406)"),
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "Your Segmind balance does not cover this picture."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was charged. Add credits in your Segmind account, then try again.")},
    {ErrorKind::ContentTypeRejected,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service did not accept the form (406)"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "It found the request's Content-Type wrong or missing. This is not about credits: a "
            "proxy on the way may have changed the request."),
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "Nothing was charged. Try again without the proxy.")},
    {ErrorKind::ParameterRejected,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service rejected a value (406)"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "A parameter is not valid for it."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was charged. Change what the message names and send again.")},
    {ErrorKind::SpendLimit,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Your team's spend limit is reached (406)"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The limit is set in the Segmind account."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was charged. Ask whoever keeps the team's account to raise it.")},
    {ErrorKind::NotAcceptable,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service refused the request (406)"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Most often the credits are short; it can also be a rejected value."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was charged. Look at your balance and at the service's message.")},
    {ErrorKind::ModelRetired,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service no longer has this model (410)"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "It has been retired."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Nothing was charged. Choose another model.")},
    {ErrorKind::ValidationFailed,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service could not use the request (422)"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "It found a value that it cannot work with."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was charged. Change what the message names and send again.")},
    {ErrorKind::RateLimited,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Too many requests at once (429)"),
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "The service limits how often your account may ask."),
        tryAgain},
    {ErrorKind::ServerError, QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service failed (500)"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "It reports an internal error; often a parameter is the cause."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was charged. Try again, or change one parameter first.")},
    {ErrorKind::BadGateway,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service is not reachable just now (502)"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Its gateway got no answer from the model."),
        tryAgain},
    {ErrorKind::ServiceUnavailable,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service is not available just now (503)"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "It is overloaded or under maintenance."),
        tryAgain},
    {ErrorKind::GatewayTimeout,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service took too long (504)"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "It gave the request up on its side."), tryAgain},
    {ErrorKind::Redirected,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service points to another address"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "It asked to send the request to “%1”. Your key "
                                                  "is sent nowhere but to its own endpoint."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was charged. If the service has moved, set the new endpoint yourself.")},
    {ErrorKind::UnexpectedStatus,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "An answer that is not understood (%2)"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "The service answered with a status that it does not document."),
        tryAgain},
    {ErrorKind::JobFailed,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service could not make the picture"),
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "It took the request and reports that the work failed."),
        tryAgain},
    {ErrorKind::ErrorInAnswer,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The answer holds an error, not a picture"),
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "The service reported success, with an error in it."),
        charged},
    {ErrorKind::UnreadableAnswer,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The answer is not a picture"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "The service reported success, but what came cannot be read as a picture."),
        charged},
    {ErrorKind::TornAnswer, QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The picture broke off"),
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "The connection ended before the whole picture was here."),
        charged},
    {ErrorKind::AnswerTooLarge,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The answer is too large"),
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "More came than any picture of this model can need."),
        charged},
    {ErrorKind::PictureFetchFailed,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The finished picture could not be fetched"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "The service made it and named the address %1, but nothing usable came from there."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "It has been charged. The answer with the "
                                                  "address is kept; fetch the picture from there "
                                                  "while the service keeps it.")},
    {ErrorKind::HostNotFound,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service was not found"),
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "The name “%1” could not be looked up: you may be offline."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was sent and nothing was charged. Check the connection and try again.")},
    {ErrorKind::ConnectionRefused,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service did not let us in"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "“%1” refused the connection."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was sent and nothing was charged. Check the connection and try again.")},
    {ErrorKind::ProxyFailed, QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The proxy did not help"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The request did not get past the proxy."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was sent and nothing was charged. Check the proxy's settings.")},
    {ErrorKind::TlsFailed,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The connection is not secure"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "“%1” could not prove that it is the service, so the key was not sent."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was sent and nothing was charged. Check this computer's clock and network.")},
    {ErrorKind::NetworkUnreachable,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service was not reached"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The network did not carry the request to “%1”."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was sent and nothing was charged. Check the connection and try again.")},
    {ErrorKind::InsecureEndpoint,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The endpoint is not secure"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Plain http would show your key to everyone on the way to “%1”; only this computer "
            "itself may be reached like that."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Use an address that begins with https.")},
    {ErrorKind::BadEndpoint,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The endpoint is not an address: “%1”"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "It must be https, a host, and perhaps a port and a path, with nothing else."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "For example: https://api.segmind.com")},
    {ErrorKind::UnusableKey,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The API key cannot be sent"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "It holds a character that no key has."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was sent and nothing was charged. Enter the key again under Settings, API "
            "key.")},
    {ErrorKind::MissingKey, QT_TRANSLATE_NOOP("seedbook::ErrorWords", "There is no API key"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The service makes pictures only with a key."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Enter one under Settings, API key, or set SEGMIND_API_KEY; for another endpoint than "
            "Segmind's it counts only beside --endpoint. Without one, --practice draws practice "
            "pictures on this computer.")},
    {ErrorKind::NoSuchService,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "This request was made for another service"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "It belongs to “%1”, which this run does not use, and is sent nowhere else."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Start Seedbook for that service, or use its parameters for a new request.")},
    {ErrorKind::ConnectionLost,
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "The connection was lost; the outcome is not known"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "The request was sent once, and the connection ended before an answer came."),
        unknown},
    {ErrorKind::InterimAnswer,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "The service sent a preliminary answer (103); the outcome is not known"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "The image may have followed it, but this version of Qt ends a request there."),
        unknown},
    {ErrorKind::TimedOut,
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "No answer came in time; the outcome is not known"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "The request was sent once, and the service did not finish its answer."),
        unknown},
    {ErrorKind::ProgramEnded,
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "Seedbook ended meanwhile; the outcome is not known"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "The request was out when the program ended, and was not sent again."),
        unknown},
    {ErrorKind::Stopped,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Waiting was stopped; the outcome is not known"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "The request had been sent, and the service cannot be stopped."),
        unknown},
    {ErrorKind::ResultGone,
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "The service no longer has the result; the outcome is unknown"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "It took the request, and an hour later it knew nothing of it any more."),
        unknown},
    {ErrorKind::EmptyPrompt, QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The prompt is empty"), "",
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Describe the picture you want.")},
    {ErrorKind::InvalidText,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "“%1” cannot be sent as it is"), "",
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Take that character out.")},
    {ErrorKind::TextTooLong, QT_TRANSLATE_NOOP("seedbook::ErrorWords", "“%1” is too long"), "",
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Shorten it.")},
    {ErrorKind::InvalidValue, QT_TRANSLATE_NOOP("seedbook::ErrorWords", "“%1” does not fit"), "",
        ""},
    {ErrorKind::UnknownParameter,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The model has no parameter “%1”"), "", ""},
    {ErrorKind::UnknownModel,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The model “%1” is not known here"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Its model file is not in the models folder."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Put the file back and start again.")},
    {ErrorKind::TargetChanged, QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Nothing was sent"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Where requests go, or what they cost, changed while Seedbook was checking."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was sent or charged. Check the price and generate again.")},
    {ErrorKind::ModelFileInvalid,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The model file %1 cannot be used"), "",
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Mend or remove the file and start again.")},
    {ErrorKind::FileUnreadable,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The file %1 cannot be read"), "",
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Check that it is there and may be read.")},
    {ErrorKind::FolderNotWritable,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The folder %1 cannot be written to"), "",
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Make the folder writable, or choose another one under Settings, Library.")},
    {ErrorKind::DiskFull, QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The disk is full"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "There is no room left for %1."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Free some space, then try again.")},
    {ErrorKind::DiskError, QT_TRANSLATE_NOOP("seedbook::ErrorWords", "%1 could not be written"), "",
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Check the disk, then try again.")},
    {ErrorKind::DatabaseError,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The file %1 could not be used"), "",
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Check that the disk has room and that the file may be written.")},
    {ErrorKind::DatabaseTooNew,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The file %1 was written by a newer Seedbook"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "This version would not understand all of it."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Start the newer version.")},
    {ErrorKind::DatabaseTooOld,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "%1 was written by an older version of Seedbook"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "It has not been updated yet."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Start Seedbook once to update it.")},
    {ErrorKind::LibraryGone,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The library %1 is not there"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Its disk may not be mounted, or the folder was moved or emptied."),
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "Put it back, or choose another folder in the settings.")},
    {ErrorKind::DatabaseGone, QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The file %1 is gone"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "It was removed or replaced while Seedbook was using it. Nothing is sent without it."),
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "Put it back, or close Seedbook and start it again.")},
    {ErrorKind::AlreadyRunning,
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "Seedbook is already running on this data folder"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Only one program at a time may use %1."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Use the one that is running, or end it first.")},
    {ErrorKind::PictureUndecodable,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The picture cannot be shown"), "",
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The file itself is untouched: %1")},
    {ErrorKind::PictureMissing,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The picture's file is not there"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "It was expected at %1."),
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "Put it back, or make it again from its parameters.")},
    {ErrorKind::NoTrash,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The picture could not be moved to the trash"),
        QT_TRANSLATE_NOOP(
            "seedbook::ErrorWords", "There is no trash for its disk, or it cannot be written to."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The file is where it was: %1")},
    {ErrorKind::KeychainUnavailable,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "There is no keychain on this system"),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "No Secret Service answers on this desktop."),
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "A key that you enter is used for this run only. To keep it, "
            "start a keyring (GNOME Keyring, KWallet, "
            "KeePassXC) or set SEGMIND_API_KEY.")},
    {ErrorKind::KeychainLocked, QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The keychain is locked"),
        "", QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Unlock it, then try again.")},
    {ErrorKind::KeychainRefused,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "The keychain did not do it"), "",
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Try again, or set SEGMIND_API_KEY. A key that you entered is used for this run.")},
    {ErrorKind::CapReached, QT_TRANSLATE_NOOP("seedbook::ErrorWords", "This would pass your %1"),
        "",
        QT_TRANSLATE_NOOP("seedbook::ErrorWords",
            "Nothing was sent and nothing was charged. Send fewer, wait, or raise the cap under "
            "Settings, Money.")},
    {ErrorKind::Internal,
        QT_TRANSLATE_NOOP("seedbook::ErrorWords", "Something went wrong in Seedbook itself"), "",
        notCharged},
};

QString fill(const char* text, const Error& error)
{
    if (!*text)
        return {};
    // The subject is inserted by hand: it may itself hold %1.
    QString words = QCoreApplication::translate(context, text);
    words.replace(u"%2"_s, QString::number(error.httpStatus));
    const qsizetype place = words.indexOf(u"%1"_s);
    return place < 0 ? words : words.replace(place, 2, error.subject);
}

bool endsSentence(const QString& text)
{
    static const QString marks = u".!?…。！？"_s;
    const qsizetype last = text.size() - (text.endsWith(u'”') ? 2 : 1);
    return last >= 0 && marks.contains(text.at(last));
}

} // namespace

ErrorWords describe(const Error& error)
{
    const Entry* entry = &entries[std::size(entries) - 1];
    for (const Entry& candidate : entries) {
        if (candidate.kind == error.kind)
            entry = &candidate;
    }
    ErrorWords words{fill(entry->what, error), fill(entry->why, error), fill(entry->todo, error)};
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

QString sentence(const ErrorWords& words)
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
