#pragma once

#include "core/Request.h"

#include <QHash>

namespace seedbook {

// What a picture will probably cost: the newest price that the service told for the same model,
// steps and aspect ratio, but never less than what the model's file says. A service that tells
// nothing, or too little, must not let requests past a cap.
class PriceBook final
{
public:
    void learn(const Request& request, Money told);
    [[nodiscard]] Money estimate(const Request& request) const;

private:
    QHash<QString, Money> m_told;
};

} // namespace seedbook
