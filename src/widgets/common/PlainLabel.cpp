#include "widgets/common/PlainLabel.h"

namespace seedbook {

PlainLabel::PlainLabel(QWidget* parent)
    : PlainLabel(QString(), parent)
{
}

PlainLabel::PlainLabel(const QString& text, QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setText(text);
}

} // namespace seedbook

#include "moc_PlainLabel.cpp"
