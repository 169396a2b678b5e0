#pragma once

#include <QObject>
#include <QString>

namespace seedbook {
Q_NAMESPACE

// What went wrong, told by kind. Sentences are made from it in one place, core/ErrorText.h.
enum class ErrorKind {
    // The service answered with a status. Only HTTP 200 is charged, so none of these cost money.
    BadRequest,          // 400
    WrongKey,            // 401
    Forbidden,           // 403
    NotFound,            // 404
    MethodNotAllowed,    // 405
    InsufficientCredits, // 406, the message speaks of credits or balance
    ContentTypeRejected, // 406, "Invalid content type"
    ParameterRejected,   // 406, the message names a parameter value
    SpendLimit,          // 406, a team's limit
    NotAcceptable,       // 406, none of the above
    ModelRetired,        // 410
    ValidationFailed,    // 422
    RateLimited,         // 429
    ServerError,         // 500
    BadGateway,          // 502
    ServiceUnavailable,  // 503
    GatewayTimeout,      // 504
    JobFailed,           // v2: the service took the job and reports that it failed
    Redirected,          // 3xx: never followed with the key
    UnexpectedStatus,    // anything else

    // HTTP 200, which counts as paid, but no picture could be taken from it.
    ErrorInAnswer,    // {"error": …}
    UnreadableAnswer, // neither a picture nor JSON that holds one
    TornAnswer,       // the body ended early
    AnswerTooLarge,
    PictureFetchFailed, // the answer named a URL and it could not be fetched

    // The request never left this computer.
    HostNotFound,
    ConnectionRefused,
    ProxyFailed,
    TlsFailed,
    NetworkUnreachable,
    InsecureEndpoint, // plain http to anything but loopback
    BadEndpoint,      // not a URL that can be used as a base
    MissingKey,
    UnusableKey,   // it would break the header it is sent in
    NoSuchService, // the job belongs to an endpoint that this run does not serve

    // The request left and no answer came: the outcome is not known.
    ConnectionLost,
    InterimAnswer, // 103: Qt ends the call there, and what follows is lost; the subject is the host
    TimedOut,
    ResultGone,   // v2: accepted, and the service no longer knows of it
    ProgramEnded, // the program ended while the request was out
    Stopped,      // the call was given up on purpose

    // What the person gave.
    EmptyPrompt,
    InvalidText, // NUL or half a surrogate pair
    TextTooLong,
    InvalidValue,
    UnknownParameter,
    UnknownModel,
    TargetChanged, // where requests are sent to was changed while the answer was on its way

    // This computer.
    ModelFileInvalid,
    FileUnreadable,
    FolderNotWritable,
    LibraryGone, // its folder is not there, or an empty place where its disk was
    DiskFull,
    DiskError,
    DatabaseError,
    DatabaseTooNew,
    DatabaseTooOld, // for who may only read it
    DatabaseGone,   // removed or replaced while it was open
    AlreadyRunning, // another program holds the data folder
    PictureUndecodable,
    PictureMissing,
    NoTrash, // for the disk that the file is on
    KeychainUnavailable,
    KeychainLocked,
    KeychainRefused,
    CapReached, // a limit of the person's own; the subject is which, the detail the sums
    Internal,
};
Q_ENUM_NS(ErrorKind) // the ledger keeps the names

struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    QString subject; // the field, file, folder, host or value it is about
    QString detail;  // what the service or the system said, redacted; may be empty
    int httpStatus = 0;
    // Of a parameter's value: the field's name in the schema. The subject is its title there, which
    // core/ErrorText translates.
    QString parameter = {};

    friend bool operator==(const Error&, const Error&) = default;
};

} // namespace seedbook
