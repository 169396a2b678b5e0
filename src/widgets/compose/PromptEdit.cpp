#include "widgets/compose/PromptEdit.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QPlainTextDocumentLayout>
#include <QTextBlock>
#include <QUrl>
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
{
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(6);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
        &PromptEdit::fitHeight);
    fitHeight();
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
    return {240, m_height};
}

QSize PromptEdit::minimumSizeHint() const
{
    return {120, m_height};
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
        fitHeight();
}

bool PromptEdit::canInsertFromMimeData(const QMimeData* source) const
{
    // A file that is dropped or pasted is the window's affair, not its path as text.
    const QList<QUrl> urls = source->urls();
    return source->hasText() && std::none_of(urls.begin(), urls.end(),
                                    [](const QUrl& url) { return url.isLocalFile(); });
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

// Measures only as far as it matters: the layout of what is not seen is not forced. Lines differ in
// height where scripts are mixed, so pixels are added up.
void PromptEdit::fitHeight()
{
    const qreal margin = document()->documentMargin();
    const qreal most = fontMetrics().lineSpacing() * m_mostLines;
    qreal height = 0;
    for (QTextBlock block = document()->firstBlock(); block.isValid() && height < most;
         block = block.next()) {
        height += document()->documentLayout()->blockBoundingRect(block).height();
        if (!block.next().isValid())
            height -= margin; // the last block's rectangle holds it
    }
    const qreal least = fontMetrics().lineSpacing() * m_leastLines;
    const int fitting = heightFor(std::clamp(height, least, most));
    if (fitting == m_height)
        return;
    m_height = fitting;
    updateGeometry();
}

int PromptEdit::heightFor(qreal text) const
{
    // Two more: QPlainTextEdit shows its scroll bar when the text only just fits.
    return qCeil(text + 2 * document()->documentMargin()) + 2 * frameWidth() + 2;
}

} // namespace seedbook

#include "moc_PromptEdit.cpp"
