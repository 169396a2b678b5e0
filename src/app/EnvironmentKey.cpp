#include "app/EnvironmentKey.h"

#include <cstdlib>
#include <cstring>
#include <unistd.h>

namespace seedbook {

ApiKey takeFromEnvironment(const char* name)
{
    const std::size_t length = std::strlen(name);
    QByteArray taken;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        if (std::strncmp(*entry, name, length) != 0 || (*entry)[length] != '=')
            continue;
        char* value = *entry + length + 1;
        if (taken.isEmpty())
            taken = QByteArrayView(value).trimmed().toByteArray();
        ::explicit_bzero(value, std::strlen(value));
    }
    ::unsetenv(name); // all of that name
    return ApiKey(std::move(taken));
}

const ApiKey& environmentKey()
{
    static const ApiKey key = takeFromEnvironment("SEGMIND_API_KEY");
    return key;
}

ApiKey environmentKeyFor(const QString& origin, const std::optional<Endpoint>& given)
{
    const QString owner = given ? given->origin() : Endpoint::segmind().origin();
    return origin == owner ? environmentKey() : ApiKey();
}

} // namespace seedbook
