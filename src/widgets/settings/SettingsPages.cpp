// The pages of the dialog that hold a value for a setting each.
#include "core/Endpoint.h"
#include "core/ErrorText.h"
#include "settings/Settings.h"
#include "ui_SettingsDialog.h"
#include "widgets/common/MessageLine.h"
#include "widgets/common/TypedBox.h"
#include "widgets/settings/SettingsDialog.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// A number takes effect as it is typed, as far as it can; what cannot be used is said, and gives
// way to the nearest that can where the box is left.
template <typename Box>
void sayLimit(Box* box, MessageLine* message)
{
    box->setCorrects();
    QObject::connect(box->line(), &QLineEdit::textChanged, message, [box, message] {
        if (const auto wrong = box->wrongSoFar(box->accessibleName()))
            message->say(MessageLine::Kind::Problem, wrong->sentence);
        else
            message->clear();
    });
}

} // namespace

void SettingsDialog::buildServicePage()
{
    sayLimit(m_ui->jobsAtOnce, m_ui->limitsMessage);
    sayLimit(m_ui->requestsPerMinute, m_ui->limitsMessage);
    m_ui->jobsAtOnce->setValue(m_settings.jobsAtOnce());
    connect(m_ui->jobsAtOnce, &QSpinBox::valueChanged, &m_settings, &Settings::setJobsAtOnce);
    m_ui->requestsPerMinute->setValue(m_settings.requestsPerMinute());
    connect(m_ui->requestsPerMinute, &QSpinBox::valueChanged, &m_settings,
        &Settings::setRequestsPerMinute);
    m_ui->recoverable->setChecked(m_settings.isRecoverable());
    connect(m_ui->recoverable, &QCheckBox::toggled, &m_settings, &Settings::setRecoverable);
    m_ui->endpoint->setText(m_settings.endpoint());
    checkEndpoint();
    connect(m_ui->endpoint, &QLineEdit::textEdited, this, &SettingsDialog::checkEndpoint);
    connect(m_ui->endpoint, &QLineEdit::editingFinished, this, &SettingsDialog::applyEndpoint);
    connect(m_ui->endpointReset, &QPushButton::clicked, this, [this] {
        m_ui->endpoint->clear();
        applyEndpoint();
    });
}

// Said while it is typed; taken when it is whole.
bool SettingsDialog::checkEndpoint()
{
    const QString text = m_ui->endpoint->text().trimmed();
    const auto endpoint = Endpoint::parse(text);
    const bool good = text.isEmpty() || endpoint;
    if (!good)
        m_ui->endpointMessage->say(MessageLine::Kind::Problem, sentence(endpoint.error()));
    else if (!text.isEmpty() && endpoint->isPlain())
        m_ui->endpointMessage->say(MessageLine::Kind::Warning,
            tr("Not encrypted: any app that listens there receives your key."));
    else
        m_ui->endpointMessage->clear();
    return good;
}

void SettingsDialog::applyEndpoint()
{
    if (!checkEndpoint())
        return;
    const QString text = m_ui->endpoint->text().trimmed();
    const bool changed = text != m_settings.endpoint();
    m_settings.setEndpoint(text);
    showKeyState(); // of another endpoint, maybe
    if (!changed)
        return;
    const QString note = tr("Takes effect after a restart and needs its own key. Requests already "
                            "sent continue at the old endpoint.");
    const QString risk = m_ui->endpointMessage->text();
    if (risk.isEmpty())
        m_ui->endpointMessage->say(MessageLine::Kind::Note, note);
    else
        m_ui->endpointMessage->say(MessageLine::Kind::Warning, note + u'\n' + risk);
}

void SettingsDialog::buildMoneyPage()
{
    struct Row
    {
        Cap cap;
        QCheckBox* on;
        AmountBox* amount;
        double offered; // when it is switched on first
    };
    for (const Row& row : {Row{Cap::PerSend, m_ui->capPerSendOn, m_ui->capPerSend, 1},
             Row{Cap::PerDay, m_ui->capPerDayOn, m_ui->capPerDay, 5},
             Row{Cap::PerMonth, m_ui->capPerMonthOn, m_ui->capPerMonth, 50}}) {
        sayLimit(row.amount, m_ui->capsMessage);
        const auto cap = m_settings.cap(row.cap);
        row.on->setChecked(cap.has_value());
        row.amount->setEnabled(cap.has_value());
        row.amount->setValue(cap ? cap->usd() : row.offered);
        const auto take = [this, row] {
            row.amount->setEnabled(row.on->isChecked());
            // Whole cents, whatever a double makes of them.
            const Money amount =
                Money::fromMicros(std::llround(row.amount->value() * 100) * 10'000);
            m_settings.setCap(row.cap, row.on->isChecked() ? std::optional(amount) : std::nullopt);
        };
        connect(row.on, &QCheckBox::toggled, this, take);
        connect(row.amount, &QDoubleSpinBox::valueChanged, this, take);
    }
}

void SettingsDialog::buildNetworkPage()
{
    sayLimit(m_ui->proxyPort, m_ui->portMessage);
    const ProxyChoice proxy = m_settings.proxy();
    m_ui->proxyMode->setCurrentIndex(static_cast<int>(proxy.mode));
    m_ui->proxyType->setCurrentIndex(static_cast<int>(proxy.type));
    m_ui->proxyHost->setText(proxy.host);
    m_ui->proxyPort->setValue(proxy.port);
    const auto take = [this] {
        ProxyChoice chosen;
        chosen.mode = static_cast<ProxyChoice::Mode>(m_ui->proxyMode->currentIndex());
        chosen.type = static_cast<ProxyChoice::Type>(m_ui->proxyType->currentIndex());
        chosen.host = m_ui->proxyHost->text().trimmed();
        chosen.port = m_ui->proxyPort->value();
        const bool manual = chosen.mode == ProxyChoice::Mode::Manual;
        for (QWidget* part :
            std::initializer_list<QWidget*>{m_ui->proxyType, m_ui->proxyHost, m_ui->proxyPort})
            part->setEnabled(manual);
        m_settings.setProxy(chosen);
    };
    take();
    connect(m_ui->proxyMode, &QComboBox::currentIndexChanged, this, take);
    connect(m_ui->proxyType, &QComboBox::currentIndexChanged, this, take);
    connect(m_ui->proxyHost, &QLineEdit::editingFinished, this, take);
    connect(m_ui->proxyPort, &QSpinBox::valueChanged, this, take);
}

} // namespace seedbook
