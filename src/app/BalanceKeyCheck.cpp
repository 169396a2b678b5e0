#include "app/BalanceKeyCheck.h"

#include "core/ErrorText.h"
#include "core/Words.h"
#include "service/BalanceCall.h"

namespace seedbook {

namespace {

void testKey(
    const Endpoint& endpoint, const ApiKey& key, QObject* context, const KeyCheckAnswer& answer)
{
    auto* call = new BalanceCall(endpoint, key, context);
    QObject::connect(
        call, &BalanceCall::finished, context, [call, answer](const Result<Balance>& balance) {
            call->deleteLater();
            if (!balance) {
                answer(false, sentence(balance.error()));
                return;
            }
            const Money sum = balance->credits + balance->freeCredits.value_or(Money());
            answer(true, Words::tr("The key works. Balance: %1").arg(sum.text()));
        });
}

} // namespace

KeyCheck balanceKeyTest(const Endpoint& endpoint)
{
    return [endpoint](const ApiKey& key, QObject* context, const KeyCheckAnswer& answer) {
        testKey(endpoint, key, context, answer);
    };
}

} // namespace seedbook
