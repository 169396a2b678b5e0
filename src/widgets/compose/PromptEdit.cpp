#include "widgets/compose/PromptEdit.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QPlainTextDocumentLayout>
#include <QTextBlock>
#include <QtMath>

#include <algorithm>

namespace seedbook {

namespace {

// At most `longest` units, not ending between the halves of a pair.
QString capped(const QString& text, qsizetype longest)
{
    if (text.size() <= longest)
        return text;
    return text.first(text.at(longest).isLowSurrogate() ? longest - 1 : longest);
}

} // namespace

PromptEdit::PromptEdit(int leastLines, int mostLines, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_leastLines(leastLines)
    , m_mostLines(mostLines)
    , m_lines(leastLines)
{
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(6);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
        &PromptEdit::fitHeight);
}

QString PromptEdit::text() const
{
    QString text = document()->toRawText();
    text.replace(QChar::ParagraphSeparator, u'\n');
    return text;
}

bool PromptEdit::replaceText(const QString& text)
{
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(capped(text, longest));
    setTextCursor(cursor);
    return text.size() <= longest;
}

bool PromptEdit::setText(const QString& text)
{
    setPlainText(capped(text, longest));
    return text.size() <= longest;
}

QSize PromptEdit::sizeHint() const
{
    return {240, heightFor(m_lines)};
}

QSize PromptEdit::minimumSizeHint() const
{
    return {120, heightFor(m_lines)};
}

void PromptEdit::keyPressEvent(QKeyEvent* event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (isReturn && modifiers == Qt::ControlModifier) {
        // Holding the keys down is one intent, and each sending costs money.
        if (!event->isAutoRepeat())
            Q_EMIT sendAsked();
        event->accept();
        return;
    }
    // Qt would put U+2028 in, which looks like a new line and is not one.
    if (isReturn && modifiers == Qt::ShiftModifier) {
        textCursor().insertBlock();
        ensureCursorVisible();
        event->accept();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void PromptEdit::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

void PromptEdit::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
}

bool PromptEdit::canInsertFromMimeData(const QMimeData* source) const
{
    return source->hasText();
}

void PromptEdit::insertFromMimeData(const QMimeData* source)
{
    const QString pasted = source->text();
    QTextCursor cursor = textCursor();
    const qsizetype kept =
        document()->characterCount() - 1 - (cursor.selectionEnd() - cursor.selectionStart());
    if (kept + pasted.size() > longest) {
        Q_EMIT pasteRefused(pasted.size());
        return;
    }
    cursor.insertText(pasted);
    setTextCursor(cursor);
    ensureCursorVisible();
}

// Counts lines only as far as they matter: the layout of what is not seen is not forced.
void PromptEdit::fitHeight()
{
    int lines = 0;
    for (QTextBlock block = document()->firstBlock(); block.isValid() && lines < m_mostLines;
         block = block.next()) {
        document()->documentLayout()->blockBoundingRect(block);
        lines += std::max(1, block.layout()->lineCount());
    }
    lines = std::clamp(lines, m_leastLines, m_mostLines);
    if (lines == m_lines)
        return;
    m_lines = lines;
    updateGeometry();
}

int PromptEdit::heightFor(int lines) const
{
    const int text = qCeil(fontMetrics().lineSpacing() * lines);
    return text + qCeil(2 * document()->documentMargin()) + 2 * frameWidth();
}

} // namespace seedbook
